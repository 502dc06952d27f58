"""Columns that are left out before any is chosen: copies of others, and the names of writers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, filled
from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.inference.marked_copies import without_marked_copies
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of the names of texts with their markup, and of texts without.
_MARKUP: Final = frozenset(("html", "xhtml", "xml"))
#: Last word of keys of statements in first-order logic, next to the same statements in words.
_FORMAL: Final = ("fol",)
#: The end of the names of texts before they were changed.
_ORIGINAL: Final = re.compile(r"(?i)[ _.-]orig(?:inal)?$")
#: First words of the names of copies with placeholders.
_DELEXICALIZED: Final = (("delex",), ("delexicalized",), ("delexicalised",))
_PLAIN: Final = ("text", "str", "string", "plain", "txt", "plaintext", "raw")
#: How a platform for crowds marks its own columns, such as ``_golden`` and ``_trust``, and how many it has.
_OWN: Final = "_"
_LEAST_OWN: Final = 4
#: Share of the rows with one class that have another one as well, if these are given together.
_ABOUT: Final = 0.75
#: Rows that are compared, and the share of them whose texts are copies.
COMPARED: Final = 50
NEARLY_ALL: Final = 0.9
#: Meanings of the names of prompts.
_ASKED: Final = ("prompt", "text", "context")
#: First words of keys of seeds, from which other texts were made, and of the texts made from them.
_SEEDS: Final = frozenset("seed initial original base raw unrefined".split())
_EVOLVED: Final = frozenset("evolved rewritten refined improved final augmented enhanced revised".split())


def without_own(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return columns without those that a platform for crowds adds to the answers of people."""
    rest = [each for each in columns if not each.key.startswith(_OWN)]
    return rest if len(columns) - len(rest) >= _LEAST_OWN else [*columns]


def without_seeds(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return columns without seeds of other prompts, such as a ``seed_instruction``, if there is a response."""
    names = [fold_name(each.key) for each in columns]
    if not any(strength(each.key, "response") >= Strength.HEAD for each in columns):
        return [*columns]
    evolved = {words[1:] for words in names if words[:1] and words[0] in _EVOLVED}
    evolved = {rest for rest in evolved if rest and strength("_".join(rest), "prompt") is Strength.WHOLE}
    pairs = zip(columns, names, strict=True)
    return [each for each, words in pairs if not (words[:1] and words[0] in _SEEDS and words[1:] in evolved)]


def without_markup(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without texts with markup, such as ``body_html``, next to the same text without it.

    Left out too are copies of a text in which placeholders stand for values, such as ``delex_text``, or entities are
    marked, and next to a class those in first-order logic, such as ``conclusion-FOL``, and texts before they were
    changed, such as ``sentence_original``.
    """
    columns = without_marked_copies(columns, rows)
    names = {fold_name(each.key) for each in columns}
    if any(is_class(each) for each in columns):
        columns = [e for e in columns if not (fold_name(e.key)[-1:] == _FORMAL and fold_name(e.key)[:-1] in names)]
        columns = [each for each in columns if not _is_original(each, columns)]
    columns = [each for each in columns if not (_is_delexicalized(each) and fold_name(each.key)[1:] in names)]
    plain = {_stem(each) for each in columns if each.holds is Holds.TEXT and _MARKUP.isdisjoint(fold_name(each.key))}
    return [each for each in columns if _MARKUP.isdisjoint(fold_name(each.key)) or _stem(each) not in plain]


def _is_original(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column holds a text as it was before it was made the one that is classified, by its name."""
    plain = _ORIGINAL.sub("", column.key) if column.holds is Holds.TEXT else column.key
    return plain != column.key and any(each.key == plain and each.holds is Holds.TEXT for each in columns)


def _is_delexicalized(column: SampledColumn) -> bool:
    return fold_name(column.key)[:1] in _DELEXICALIZED


def _stem(column: SampledColumn) -> tuple[str, ...]:
    """Return the words of a name without the last one, if that names a format of texts."""
    words = fold_name(column.key)
    return words[:-1] if len(words) > 1 and words[-1] in (*_MARKUP, *_PLAIN) else words


def without_pieces(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without lists of objects whose texts, put together, are a text of nearly all rows."""
    texts = [each.key for each in columns if each.holds is Holds.TEXT]
    lists = [each for each in columns if each.holds is Holds.OBJECT]
    copies = [each for each in lists if len(rows) >= LEAST_ROWS and any(_are_pieces(rows, each.key, k) for k in texts)]
    return [each for each in columns if each not in copies]


def _are_pieces(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    values = ((row.get(key), row.get(text)) for row in rows[:COMPARED])
    pairs = [(items, whole) for items, whole in values if isinstance(items, list) and items]
    alike = sum("".join(_text_of(item) for item in items) == whole for items, whole in pairs)
    return bool(pairs) and alike >= NEARLY_ALL * len(pairs)


def _text_of(item: object) -> str:
    return str(item.get("text", "")) if isinstance(item, dict) else str(item)


def is_missing(column: SampledColumn) -> bool:
    """Return whether a column holds too little to be a prompt or a response, and is not plainly named so."""
    named = strength(column.key, "prompt") is Strength.WHOLE or strength(column.key, "response") >= Strength.HEAD
    return column.sparse and not (named or (is_right(column.key) and column.holds is Holds.LABEL))


def without_missing(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without those that hold too little, but for a class in about as many rows as another one."""
    classes = [filled(rows, each.key) for each in columns if not each.sparse and is_class(each)]
    most = min(classes, default=0)
    return [
        each
        for each in columns
        if not is_missing(each) or (most and is_class(each) and filled(rows, each.key) >= _ABOUT * most)
    ]


def _is_plain_log(column: SampledColumn) -> bool:
    """Whether a column holds logs by its name, such as ``log``, ``logs`` or ``raw_log``."""
    return {*fold_name(column.key)} <= {"raw", "log", "logs"} and fold_name(column.key) != ("raw",)


def is_rival(logged: SampledColumn, guess: Guess, columns: Sequence[SampledColumn]) -> bool:
    """Return whether a ``raw`` or ``log`` may be the prompt: nothing else is named one, or only labels are learned."""
    found = dict(guess.columns)
    prompt = next((each for each in columns if each.key == found.get("prompt")), None)
    answers = [each for each in columns if each.key in keys_of("response", found.get("response", ""))]
    if prompt is None and "text" in found:
        return _is_plain_log(logged) and logged.holds is Holds.TEXT and logged.length > LONG
    if fold_name(logged.key)[-1:] not in (("raw",), ("log",), ("logs",)) or prompt is None or not answers:
        return False
    if _is_plain_log(logged) and all(strength(prompt.key, each) < Strength.HEAD for each in _ASKED):
        return logged.holds is Holds.TEXT and logged.length > prompt.length / 2
    if fold_name(logged.key) not in (("raw",), ("log",)):
        return False
    alike = prompt.length / 2 < logged.length < 2 * prompt.length
    return alike and logged.holds is Holds.TEXT and all(each.holds is Holds.LABEL for each in answers)
