r"""All responses or prompts of a dataset are in quotation marks, or some follow a speaker's name or are printed as a list.

## What it does
Counts responses of 20 characters or more that begin and end with a quotation mark and have none in between, also as a
line of a list or dict of a program (`36: "…",`). If nearly all responses are like this, one finding says so. Another
one says how many responses are quoted after the name of a role (`Agent: "…"`), if at least `min-labelled` and
`min-share` of all are and the others are not. A third one does so for responses and texts that are a list of sentences
as Python writes it (`['One sentence.', 'Another one.']`), if less than half of all are such, unless their prompts speak
of lists, sentences or code. A fourth one says that nearly all prompts begin and end with `"`, if marks in ten of these
rows and `min-share` of all are doubled (`a 47"" screen`), as CSV writes them; or, as a note, if most have no mark in
between; then half of the prompts, and 100, are enough for a note. A finding says how many responses are a list of one
text as Python writes it (`['Paris']`), or a dict (`{'city': 'Paris'}`), if nearly all are (a note for dicts), or some
of them and less than half, unless other lists hold several texts or their prompts speak of lists, data or code. One
says how many prompts or responses are quoted, if they are the ones with a comma and no others are: a table was quoted
twice. One says how many prompts or responses are `bytes` as Python prints them (`b'Come in.'`), if ten and 1 % are, and
no prompt of these speaks of code or data. Another note says how many rows have `**` around prompt and response, if
`min-labelled` and `min-share` of all have, and no other `**` in them. One says how many prompts, responses or texts of
one line begin or end with `"` and have no other mark that closes it, if 50 and a fifth of all do: a table was read line
by line. So it was if words stand between doubled marks (`the ""Old Crane"" of`) in ten and 1 % of the prompts or
responses, which have no signs of code. A last note says how many responses are in a block of Markdown as a whole (a fence with `markdown` before and
after them), if three are and their prompts ask for none.

## Why it matters
The model learns to write every answer in quotation marks, or to expect every question in them. They come from an export
that wrote them twice, or from a model that was asked for a text and quoted it. A list of sentences comes from a script
that did not join them.

## Bad
```jsonl vary=20
{"prompt": "Summarize film {n}.", "completion": "\"{w} is lost at sea, and nobody but a guard at gate {n} looks for it.\""}
```

## Good
```jsonl
{"prompt": "Summarize the film.", "completion": "A boat is lost at sea, and nobody but a guard looks for it."}
```

## What to do
Remove the quotation marks, the fences or the speaker's name, write doubled marks once, and join the sentences of a
list. Decode bytes (`text.decode()`) where the file is written, instead of printing them (`str(data)`).

## Known limits
Where only a part of the responses are quoted, without a role before them or a comma in each, nothing is reported: some
may be what somebody says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, frozen, option, passing, rule
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.lone_marks import LoneMarks, find_lone_marks, lone_marks
from datalint.rules.common.responses.markdown_blocks import find_blocks, markdown_blocks
from datalint.rules.common.responses.nearly_all import Found, joined, joined_sides, nearly_all
from datalint.rules.common.responses.printed_bytes import Literals, find_bytes, printed_bytes
from datalint.rules.common.responses.printed_values import ASKED, Printed, find_printed, printed_values
from datalint.rules.common.responses.quoted_fields import Fields, find_fields, joined_fields, quoted_fields
from datalint.rules.common.texts.turns import learned_texts, may_end_blank, opens_with

#: What opens and closes a quotation.
_MARKS: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"))
#: Characters of a response from which it may be a sentence, and responses from which a share says something.
_LONG: Final = 20
_LEAST: Final = 20
#: Characters of a prompt that are read.
_READ: Final = 2_000
#: Share of the prompts from which quoted ones are noted though others are not, and such prompts at least.
_MOST_PROMPTS: Final = 0.5
_MANY: Final = 100
#: Rows with doubled marks that show a step that writes CSV.
_DOUBLINGS: Final = 10
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
#: Share of the responses from which on a list is what they are meant to be.
_MOST_LISTS: Final = 0.5
_LISTED: Final = "lists of sentences as Python writes them (['…', '…'])"

#: A quotation mark that CSV doubled.
_DOUBLED: Final = lazy_pattern(r'\w""(?!")')

#: What is around bold text in Markdown.
_BOLD: Final = "**"

#: The responses that are quoted, those of them that are lines of code, those that are quoted after a role, those that
#: are a list of Python's, the prompts that are quoted, those of them in rows with doubled marks, and those without marks
#: in between; the rows with both sides in bold; what Python printed; fields as CSV quotes them; bytes; texts with a
#: mark that nothing closes, or with doubled ones; and responses that are a block of Markdown.
Quoted = tuple[Found, Found, Found, Found, Found, Found, Found, Found, Printed, Fields, Literals, LoneMarks, Found]


@frozen
class QuotedOptions(Options):
    """When the responses of a dataset are quoted."""

    share: float = option(
        0.9,
        "share of quoted responses from which they are reported",
        source="of 326 summaries in a public set, all are",
    )
    min_share: float = option(
        0.01,
        "share of responses quoted after a role from which they are reported",
        source="fewer are what somebody says",
    )
    min_labelled: int = option(10, "responses quoted after a role", source="fewer are what somebody says")


@rule("QUA041", "quoted-response", severity=Severity.WARNING, since="0.1")
def quoted_response(data: Dataset, options: QuotedOptions) -> Iterator[Hit]:
    """Yield one hit, at the first quoted response, if nearly all are."""
    if data.measured is None:
        return
    every, lines, labelled, listed, asked, doubled, bare, bold, printed, fields, literals, lone, blocks = data.measured
    said = "texts" if data.kind == "text" else "responses"
    quoted = nearly_all(every, options.share, _LEAST, said[:-1])
    if quoted is not None:
        share, first = quoted
        what = 'lines of a list or dict (7: "…",)' if 2 * lines[2] > every[2] else "written in quotation marks"
        yield Hit(f"{share} are {what}; remove these", at=first, key="all")
    _, prompts, count, first = asked
    twice = list(quoted_fields(fields, said))
    by_comma = any(key.startswith("prompts") for _, _, key in twice)
    by_csv = doubled[2] >= max(_DOUBLINGS, options.min_share * prompts)
    if count >= options.share * max(prompts, _LEAST) and (by_csv or 2 * bare[2] > count):
        message = f"{count:,} of {prompts:,} prompts are written in quotation marks; remove these"
        yield Hit(message, at=first, key="prompts", severity=None if by_csv else Severity.INFO)
    elif count >= max(_MANY, _MOST_PROMPTS * prompts) and 2 * bare[2] > count and not by_comma:
        message = (
            f"{count:,} of {prompts:,} prompts are written in quotation marks, the others are not; remove these if they "
            "are no part of the text"
        )
        yield Hit(message, at=first, key="most prompts", severity=Severity.INFO)
    rows, _, count, first = bold
    if count >= max(options.min_labelled, options.min_share * rows):
        message = f"{count:,} of {rows:,} rows have ** around prompt and response; remove these"
        yield Hit(message, at=first, key="bold", severity=Severity.INFO)
    some = (
        (labelled, 'quoted after a role (Agent: "…")', "some", options.share),
        (listed, _LISTED, "lists", _MOST_LISTS),
    )
    for found, what, key, most in some:
        _, responses, count, first = found
        if options.min_labelled <= count < most * responses and count >= options.min_share * responses:
            yield Hit(f"{count:,} of {responses:,} {said} are {what}, the others are not", at=first, key=key)
    yield from printed_values(printed)
    for message, first, key in (*twice, *printed_bytes(literals, said), *lone_marks(lone, said)):
        yield Hit(message, at=first, key=key)
    for message, first, key in markdown_blocks(blocks, said):
        yield Hit(message, at=first, key=key, severity=Severity.INFO)


@quoted_response.measure
def count_quoted(chunk: Chunk, options: QuotedOptions) -> Quoted:
    """Count the responses of a chunk that are of some length, and those in quotation marks."""
    turns, text = chunk.turns, pl.col("text")
    written = find_printed(chunk), find_fields(chunk), find_bytes(chunk), find_lone_marks(chunk), find_blocks(chunk)
    asked = (*_quoted_prompts(chunk), _bold_sides(chunk), *written)
    # Few texts end like this, and only these are searched for marks. Blanks alone may stand before more of them.
    may = text.str.tail(1).is_in((*_LAST, *_AFTER)) | may_end_blank(text)
    long = picked(turns, learned_texts(chunk) & (turns["chars"] >= _LONG), "example", "text")
    ends = long.with_columns(ends=passing(may, text, _end_with_mark))
    size = chunk.examples.height, ends.height
    parts = _parts(ends) if ends["ends"].any() else None
    if parts is None or parts.is_empty():
        none = *size, 0, None
        return none, none, none, none, *asked
    each = (parts["quoted"], parts["quoted"] & parts["line"], parts["said"], _are_sentences(chunk, parts))
    every, lines, labelled, listed = ((*size, int(found.sum()), _first(parts["example"], found)) for found in each)
    return every, lines, labelled, listed, *asked


def _quoted_prompts(chunk: Chunk) -> tuple[Found, Found, Found]:
    """Count the prompts that begin and end with a quotation mark, those with doubled ones and those without others."""
    turns = chunk.turns
    of_users = turns["is_prompt"] & (turns["role"] == "user") & (turns["chars"] >= _LONG)
    prompts = picked(turns, of_users, "example", "text")
    opened = prompts.select(opens_with(pl.col("text"), '"')).to_series()
    rows = doubled = bare = 0
    first = None
    if opened.any():
        for row, text in picked(prompts, opened, "example", "text").iter_rows():
            if not text.rstrip().endswith('"'):
                continue
            first = row if first is None else first
            rows += 1
            bare += text.count('"') == len('""')
            both = "\n".join(chunk.examples["prompt", "response"][row].row(0))
            doubled += '""' in both and _DOUBLED.search(both) is not None
    every, written, alone = ((chunk.examples.height, prompts.height, count, first) for count in (rows, doubled, bare))
    return every, written, alone


def _bold_sides(chunk: Chunk) -> Found:
    """Count the rows whose prompt and response begin and end with ``**``, and have no other in between."""
    starts = passing(opens_with(pl.col("prompt"), _BOLD), pl.col("response"), lambda text: opens_with(text, _BOLD))
    rows = chunk.examples.select(starts.arg_true()).to_series()
    found = (
        [at for at in rows if all(map(_is_bold, chunk.examples["prompt", "response"][at].row(0)))] if len(rows) else []
    )
    return chunk.examples.height, chunk.examples.height, len(found), found[0] if found else None


def _is_bold(text: str) -> bool:
    text = text.strip()
    inner = text.removeprefix(_BOLD).removesuffix(_BOLD)
    return text == f"{_BOLD}{inner}{_BOLD}" and inner != "" and _BOLD not in inner


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
        said=said & pl.col("bare").str.ends_with('"'),
        texts=passing(listed, pl.col("bare"), lambda text: text.str.contains_any([*_PARTED])),
    )


def _first(examples: pl.Series, found: pl.Series) -> int | None:
    return int(examples[at]) if (at := found.arg_max()) is not None and found[at] else None


def _are_sentences(chunk: Chunk, parts: pl.DataFrame) -> pl.Series:
    """Return which texts that look like a list of Python's are sentences that the prompt asks no list of."""
    found = parts["texts"].to_list()
    examples = chunk.examples
    for at in parts["texts"].arg_true():
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


@quoted_response.merge
def merge(one: Quoted, other: Quoted) -> Quoted:
    """Add up; rows of ``other`` come after those of ``one``."""
    counts = [joined(mine, theirs) for mine, theirs in zip(one[:-5], other[:-5], strict=True)]
    singles, lists, dicts = (joined(mine, theirs) for mine, theirs in zip(one[-5], other[-5], strict=True))
    every, lines, labelled, listed, asked, doubled, bare, bold = counts
    printed, fields = (singles, lists, dicts), joined_fields(one[-4], other[-4])
    literals, lone = joined_sides(one[-3], other[-3]), joined_sides(one[-2], other[-2])
    rest = printed, fields, literals, lone, joined(one[-1], other[-1])
    return every, lines, labelled, listed, asked, doubled, bare, bold, *rest
