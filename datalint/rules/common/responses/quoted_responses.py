"""Responses and texts in quotation marks, also after the name of a role, and lists of sentences as Python writes them."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Share
from datalint.rules.common.responses.printed_values import ASKED
from datalint.rules.common.texts.turns import learned_texts, may_end_blank

#: What opens and closes a quotation.
_MARKS: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"))
#: Characters of a response from which it may be a sentence.
_LONG: Final = 20
#: Characters of a prompt that are read.
_READ: Final = 2_000
#: What programs write before and after an element of a list or dict.
_BEFORE: Final = "0123456789: \t"
_AFTER: Final = ", \t"
#: Characters at the end of a text among which its last one is looked for first.
_END: Final = 8
#: The last character of a text that is quoted or a list, without these.
_LAST: Final = (*dict.fromkeys(last for _, last in _MARKS), "]")
#: Who says what is quoted, in English.
_ROLES: Final = (
    "Agent Assistant AI Bot Chatbot Customer User Human Client Caller Support Operator Advisor Representative Expert Doctor"
    " Patient Teacher Student Manager Person Model System"
).split()

#: A list of Python's with a text of some words.
_OPENS: Final = ("['", '["')
_CLOSES: Final = ("']", '"]')
_PARTED: Final = ("', '", "', \"", "\", '")  # JSON has none of these
_SENTENCES: Final = lazy_pattern(r"(?:\[|, )(?:'(?:[^\s']{1,80}\s){3}|\"(?:[^\s\"]{1,80}\s){3})")


class QuotedResponses(NamedTuple):
    """How many responses or texts are in quotation marks."""

    quoted: Share
    #: Those of them that are a line of a list or dict of a program.
    lines: Share
    #: Those that are quoted after the name of a role.
    labelled: Share
    #: Lists of sentences as Python writes them.
    listed: Share


def find_quoted_responses(chunk: Chunk) -> QuotedResponses:
    """Count the responses of some length, and those of them that are quoted."""
    turns, text = chunk.turns, pl.col("text")
    # Few texts end like this, and only these are searched for marks. Blanks alone may stand before more of them.
    may = text.str.tail(1).is_in((*_LAST, *_AFTER)) | may_end_blank(text)
    long = picked(turns, learned_texts(chunk) & (turns["chars"] >= _LONG), "example", "text")
    ends = long.with_columns(ends=passing(may, text, _end_with_mark))
    parts = _parts(ends) if ends["ends"].any() else None
    if parts is None or parts.is_empty():
        none = Share(chunk.examples.height, ends.height, 0, None)
        return QuotedResponses(none, none, none, none)

    def share(has: pl.Series) -> Share:
        first = int(parts["example"][at]) if (at := has.arg_max()) is not None and has[at] else None
        return Share(chunk.examples.height, ends.height, int(has.sum()), first)

    return QuotedResponses(
        quoted=share(parts["quoted"]),
        lines=share(parts["quoted"] & parts["line"]),
        labelled=share(parts["labelled"]),
        listed=share(_are_sentences(chunk, parts)),
    )


def _end_with_mark(text: pl.Expr) -> pl.Expr:
    last = text.str.tail(_END).str.strip_chars_end().str.strip_chars_end(_AFTER).str.tail(1)
    return last.is_in(("", *_LAST))


def _parts(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the texts that end with a mark: whether each is quoted, a line, quoted after a role, or may be a list."""
    bare = pl.col("text").str.strip_chars()
    closed = pl.col("bare").str.strip_chars_end(_AFTER).str.tail(1).is_in(_LAST)
    ended = texts.lazy().filter("ends").with_columns(bare=bare).filter(closed).collect(engine="in-memory")
    inner = pl.col("bare").str.strip_chars_start(_BEFORE).str.strip_chars_end(_AFTER)
    labels = [f'{role}: "' for role in _ROLES]
    said = pl.any_horizontal(pl.col("bare").str.starts_with(label) for label in labels)
    listed = pl.col("bare").str.starts_with("[") & pl.col("bare").str.ends_with("]")
    return ended.select(
        *("example", "text"),
        quoted=passing(_is_enclosed(inner), inner, _are_quoted),
        line=pl.col("bare") != inner,
        labelled=said & pl.col("bare").str.ends_with('"'),
        listed=passing(listed, pl.col("bare"), lambda text: text.str.contains_any([*_PARTED])),
    )


def _are_sentences(chunk: Chunk, parts: pl.DataFrame) -> pl.Series:
    """Return which texts that look like a list of Python's are sentences that the prompt asks no list of."""
    found = parts["listed"].to_list()
    examples = chunk.examples
    for at in parts["listed"].arg_true():
        text, example = parts["text"][at].strip(), parts["example"][at]
        is_list = text.startswith(_OPENS) and text.endswith(_CLOSES) and _SENTENCES.search(text) is not None
        asked = (examples[key][example][:_READ] for key in ("prompt", "system"))
        found[at] = is_list and not any(ASKED.search(each) for each in asked)
    return pl.Series(found, dtype=pl.Boolean)


def _is_enclosed(text: pl.Expr) -> pl.Expr:
    """Return whether a text begins and ends with marks of one kind."""
    return pl.any_horizontal(text.str.starts_with(first) & text.str.ends_with(last) for first, last in _MARKS)


def _are_quoted(text: pl.Expr) -> pl.Expr:
    # In Python, as Polars keeps few patterns, and a mark that is counted is one.
    return text.map_batches(lambda texts: pl.Series(map(_is_quoted, texts), dtype=pl.Boolean))


def _is_quoted(text: str) -> bool:
    """Whether a text begins and ends with marks, and has none of these in between."""
    return any(
        text.startswith(first) and text.endswith(last) and sum(map(text.count, {first, last})) == len((first, last))
        for first, last in _MARKS
    )
