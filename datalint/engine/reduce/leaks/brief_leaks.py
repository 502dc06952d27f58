"""Leaks of labelled texts and formulas of so few words that any two samples of one source have them in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.duplicates.brief_rows import brief_sentences, most_are_long
from datalint.engine.reduce.leaks.plain_headings import plain_headings
from datalint.engine.reduce.leaks.tag_lines import without_tag_lines
from datalint.engine.reduce.leaks.terms import without_other_terms
from datalint.engine.reduce.leaks.textless_leaks import without_textless
from datalint.languages.brief import is_brief_line
from datalint.shapes.formats import text_label
from datalint.shapes.formats.token_labels import TOKEN_LABELS
from datalint.shapes.mapped import NAME
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import FORMULA_CHARS, is_formula

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Text
    from datalint.records.leaks import Leak

_LABELLED: Final = (text_label.SHAPE.name, NAME, "prompt-completion")
#: Kinds of leaks of whole rows, and those that replies and headings do not have.
_SAME: Final = ("exact", "normalized")
_SERIOUS: Final = (*_SAME, "near")
#: Characters of a brief text at most, and of one whose words are compared one by one; rows that are read.
_CHARS: Final = 40
_NEAR_CHARS: Final = 80
_MOST: Final = 50_000
#: Words of a reply, of a brief text, and of a short one, and their letters in a script without spaces.
_REPLY: Final = (2, 4)
_BRIEF: Final = (3, 5)
_SHORT: Final = (5, 8)
#: Shares of the texts that have up to 40 characters, and of those of up to three words among some of them, from which
#: on a dataset is of terms, names or commands; and how many texts are read for the second one.
_SHARE: Final = 0.5
_SHARE_OF_BRIEF: Final = 1 / 3
_SAMPLE: Final = 200
#: How many times more often than longer texts brief ones leak at least where that is by nature.
_TIMES: Final = 5
#: Rows for each different answer of labelled texts at least.
_ROWS_PER_LABEL: Final = 20
#: Share of the evaluation rows, and number of them, up to which brief texts that leak decide no score. The share alone
#: is the limit of formulas.
_DECIDING: Final = 0.03
_FEW: Final = 5
#: Share of the evaluation rows with brief leaks from which on these are a note, as in
#: :mod:`datalint.rules.readiness.leaked_example`.
_NOTED: Final = 0.01


class Divided(NamedTuple):
    """Leaks, and those of brief labelled texts and formulas, which people write again and again."""

    leaks: list[Leak]
    brief: list[Leak]


def divide_leaks(
    leaks: Sequence[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], readers: tuple[Reader, Reader]
) -> Divided:
    """Return leaks in two parts, without headings and replies in tagged texts, and lines that are tags alone.

    Brief are labelled and plain texts of up to three words, and tagged sentences of up to six words, or of up to ten of
    which no tag names anything.
    """
    leaks = without_textless(leaks, splits[0], readers[0])
    if not leaks:
        return Divided([], [])
    headings = brief_sentences(splits[0], readers[0])
    leaks = [leak for leak in leaks if not headings[leak.training]]
    leaks = without_tag_lines(leaks, splits, readers[0])
    formulas = _formulas(leaks, splits, readers[0]) | plain_headings(leaks, splits, readers[0])
    rest, brief = _divide_labelled([leak for leak in leaks if leak not in formulas], splits, readers)
    return Divided(rest, sorted([*formulas, *brief]))


def _formulas(leaks: Sequence[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], reader: Reader) -> frozenset[Leak]:
    """Return the leaks of formulas in tagged texts; none if many evaluation rows are some."""
    chars, tagged = splits[0]["prompt_chars"], splits[0]["shape"] == TOKEN_LABELS
    serious = [leak for leak in leaks if leak.kind in _SERIOUS and tagged[leak.training]]
    rows = sorted({leak.training for leak in serious if chars[leak.training] <= FORMULA_CHARS})[:_MOST]
    if not rows or not most_are_long(splits[0]):
        return frozenset()
    found = {row for row, record in zip(rows, reader.records(rows), strict=True) if is_formula(record)}
    formulas = frozenset(leak for leak in serious if leak.training in found)
    return formulas if len({leak.evaluation for leak in formulas}) <= _DECIDING * splits[1].height else frozenset()


def _divide_labelled(
    leaks: list[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], readers: tuple[Reader, Reader]
) -> Divided:
    """Return leaks in two parts, the second of brief labelled texts.

    If so many evaluation rows leak because of them that it matters for a score, those of three words are among the
    others, and so are replies with another label, unless longer texts have hardly any leaks. Near leaks of texts of up
    to five words, brief or not, are left out first if one has a word with content that the other one lacks: these are
    other texts. Where many rows are as brief, or the answers mark words of the texts, only near
    leaks are, and where most are short, not the few whole rows.
    """
    are_few = splits[0]["answer"].n_unique() * _ROWS_PER_LABEL <= splits[0].height
    share = _share_of_short(splits[0]) if are_few or _mark_words(splits[0], readers[0]) else 0.0
    texts = _short_texts({leak.training for leak in leaks}, splits[0], readers[0]) if share else {}
    if not texts:
        return Divided(without_other_terms(leaks, splits[0], readers), [])
    brief_share = _share_of_brief(splits[0], readers[0])
    brief = frozenset(row for row, text in texts.items() if len(text) <= _CHARS and _has_up_to(_BRIEF, text))
    are_terms = share > _SHARE and brief_share > _SHARE_OF_BRIEF
    every = are_few and not are_terms
    others: frozenset[Leak] = frozenset() if are_terms else _of_other_words(leaks, texts, readers[1])
    leaks = [leak for leak in leaks if leak not in others]
    found = [leak for leak in leaks if leak.training in brief and (leak.kind == "near" or every)]
    same = {leak.evaluation for leak in found if leak.kind in _SAME}
    if share > _SHARE and len(same) < _NOTED * splits[1].height:
        # Too few for a note, and a row of short texts is not the same by chance: each is reported.
        found = [leak for leak in found if leak.kind not in _SAME]
    longer = {leak.evaluation for leak in leaks if leak.training not in brief}
    many = {leak.evaluation for leak in found}
    by_nature = _TIMES * len(longer) * brief_share <= len(many) * (1 - brief_share)
    replies = [leak for leak in found if _has_up_to(_REPLY, texts[leak.training])]
    if not by_nature:
        replies = [leak for leak in replies if leak.kind in _SERIOUS]
    if len(many - {leak.evaluation for leak in replies}) > max(_DECIDING * splits[1].height, _FEW):
        found = replies
    known = frozenset(found)
    return Divided([leak for leak in leaks if leak not in known], found)


def _share_of_short(examples: pl.DataFrame) -> float:
    """Return the share of the labelled texts that have few characters."""
    labelled = _labelled(examples)
    return int((labelled & (examples["prompt_chars"] <= _CHARS)).sum()) / max(1, int(labelled.sum()))


def _share_of_brief(examples: pl.DataFrame, reader: Reader) -> float:
    """Return the share of some labelled texts, evenly spaced, that have up to three words."""
    texts = _some_texts(examples, reader)
    return sum(_has_up_to(_BRIEF, text.prompt) for text in texts) / len(texts)


def _mark_words(examples: pl.DataFrame, reader: Reader) -> bool:
    """Return whether the answers mark words of their texts, such as aspects with their sentiments."""
    from datalint.records.marked_words import mark_words  # few datasets need it

    return mark_words(_some_texts(examples, reader))


def _some_texts(examples: pl.DataFrame, reader: Reader) -> list[Text]:
    """Return some labelled texts, evenly spaced."""
    rows = _labelled(examples).arg_true()
    return reader.texts(rows.gather_every(max(1, len(rows) // _SAMPLE)).head(_SAMPLE).to_list())


def _labelled(examples: pl.DataFrame) -> pl.Series:
    return examples["shape"].is_in(_LABELLED) & (examples["prompt_chars"] > 0) & (examples["response_chars"] > 0)


def _short_texts(rows: set[int], examples: pl.DataFrame, reader: Reader) -> dict[int, str]:
    """Return the prompts of those of some rows that are labelled and short."""
    short = _labelled(examples) & (examples["prompt_chars"] <= _NEAR_CHARS)
    ordered = sorted(rows)
    wanted = [row for row, is_short in zip(ordered, short.gather(ordered), strict=True) if is_short][:_MOST]
    return {row: text.prompt for row, text in zip(wanted, reader.texts(wanted), strict=True)}


def _of_other_words(leaks: Sequence[Leak], texts: dict[int, str], held: Reader) -> frozenset[Leak]:
    """Return the near leaks of short texts of which one has a word with content that the other one lacks."""
    near = [leak for leak in leaks if leak.kind == "near" and _has_up_to(_SHORT, texts.get(leak.training))]
    theirs = held.texts([leak.evaluation for leak in near]) if near else []
    return frozenset(
        leak
        for leak, other in zip(near, theirs, strict=True)
        if any(Difference(Words(texts[leak.training], ""), Words(other.prompt, "")).own)
    )


def _has_up_to(most: tuple[int, int], text: str | None) -> bool:
    """Return whether there is a text of one line with up to so many words, or letters of a script without spaces."""
    words, letters = most
    return text is not None and is_brief_line(text, words=words, spaceless=letters)
