"""Tables and lists with one token a row, and its tag: each sentence becomes a row ``{"tokens": […], "tags": […]}``.

Such are exports of tagged text to CSV: a column of tokens, one of tags, and one with the sentence of each token, which
may be filled on the first token alone. A sentence is a run of rows; blank lines and rows may end it too, and so may
rows without a token (``,O``). Rows of ``-DOCSTART-`` begin a text, and are no tokens.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isnan
from typing import Any, Final

import orjson

from datalint.core.errors import DatalintError
from datalint.records.record import Problem
from datalint.sources.base import TOKEN_LINES, TOKEN_ROWS, Source, has_lines, has_numbers
from datalint.sources.content import spooled
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.tagged.word_classes import CLASSES
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import TAG, TAGS, TOKENS

#: Bytes and rows that a layout is recognised by, and the fewest of these.
_PEEKED: Final = 1 << 16
_ROWS: Final = 1000
_LEAST: Final = 20
_MOST_COLUMNS: Final = 50
_FEW_COLUMNS: Final = 4
#: Shares of values that are tags, words, or classes of words; and that are outside of names where tags have no prefix.
_SHARE: Final = 0.95
_NAMED: Final = 0.7
_OUTSIDE: Final = 0.5
_MOST_TAGS: Final = 100
#: Times that each word may come on average in a column that is not named after tokens.
_VARIED: Final = 20
#: Tokens of a sentence on average, and the share of rows with a value in a column that is filled on the first alone.
_LONG: Final = 3
_SPARSE: Final = 0.5
#: Names of columns that number sentences, and of those that say which text they are from.
_SENTENCE: Final = re.compile(r"sent|^sid$", re.IGNORECASE)
_TEXT: Final = re.compile(r"doc|text|article|file|paragraph|essay|report", re.IGNORECASE)
#: The tag of what is outside of names, and what stands for a token where a text begins.
_NO_NAME: Final = "O"
_BEGINS: Final = "-DOCSTART-"
_BLOCK: Final = 1 << 20


class _Layout(NamedTuple):
    """The columns of tokens, of tags, and of what a sentence has in common; ``first_only`` is filled on its first.

    ``outside`` says that a row without a token ends a sentence even if it has the tag of what is outside of names.
    """

    token: str
    tag: str
    common: tuple[str, ...]
    first_only: str | None = None
    outside: bool = False


def by_sentence(source: Source) -> Source:
    """Return a source with a row for each sentence if the rows of another are one token each, else that one.

    The other one has what :func:`datalint.sources.token_marks.may_have_tokens` looks for.
    """
    sample = _sample(source)
    layout = _layout([row for _, row in sample], [line for line, _ in sample]) if sample else None
    if layout is None:
        return source
    lines = [line for line, _ in sample]
    counts = has_lines(source.container) and all(map(int.__lt__, lines, lines[1:]))
    sentences = _Sentences(source, layout, counts=counts)
    content = spooled(sentences.blocks())
    problems = tuple(bounded([*getattr(source, "problems", ()), *sentences.problems]))
    refused = getattr(source, "refused", 0) + sentences.refused
    container = TOKEN_LINES if counts else TOKEN_ROWS
    if isinstance(source, JsonLines):
        found = dataclasses.replace(
            source, content=content, start=0, container=container, problems=problems, refused=refused, _facts=None
        )
    else:
        original = getattr(source, "original", None) or next(iter(getattr(source, "originals", ())), None)
        of = (source.path, content, original, 0, container, problems)
        found = JsonLines(*of, getattr(source, "chunk_bytes", JsonLines.chunk_bytes), refused)
    return found


def _sample(source: Source) -> list[tuple[int, dict[str, Any]]]:
    """Return the first rows with their lines."""
    try:
        peeked = dataclasses.replace(source, chunk_bytes=_PEEKED) if hasattr(source, "chunk_bytes") else source  # type: ignore[type-var]
        chunk = next(peeked.chunks(0), None)
        found = None if chunk is None else chunk.load()
    except DatalintError:
        return []
    return [] if found is None else list(zip(found.lines[:_ROWS], found.records[:_ROWS], strict=True))


def _layout(rows: Sequence[Mapping[str, Any]], lines: Sequence[int]) -> _Layout | None:
    if len(rows) < _LEAST or not all(isinstance(row, dict) for row in rows[:_LEAST]):
        return None
    names = list(rows[0])
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return None
    columns = {name: [_text(row.get(name)) for row in rows] for name in names}
    texts = {name: [each or "" for each in values] for name, values in columns.items() if None not in values}
    filled = {name: [value for value in values if value] for name, values in texts.items()}
    sure = [name for name in texts if _are_tags(filled[name], len(rows))]
    likely = [name for name in texts if name.lower() in TAGS and _are_few(filled[name], len(rows))]
    tag = next(iter((*reversed(sure), *reversed(likely))), None)
    if tag is None:
        return None
    words = [name for name in texts if name not in (*sure, *likely) and _are_words(filled[name], len(rows))]
    named = [name for name in words if name.lower() in TOKENS]
    varied = [name for name in words if _letters(filled[name]) * _VARIED >= len(filled[name])]
    # No words need be varied next to tags of spans.
    marked = not set(filled[tag]) <= {_NO_NAME} and all(map(TAG.fullmatch, filled[tag]))
    varied = varied or (words if marked and len(words) == 1 else [])
    token = next(iter(named), None) or max(varied, key=lambda name: _letters(filled[name]), default=None)
    if token is None or not (sure or named):
        return None
    return _separated(_Layout(token, tag, ()), texts, lines, only_named=not sure)


def _separated(
    layout: _Layout, texts: Mapping[str, Sequence[str]], lines: Sequence[int], *, only_named: bool
) -> _Layout | None:
    """Return a layout with what separates its sentences; None if nothing does."""
    size = len(lines)
    others = {name: values for name, values in texts.items() if name not in (layout.token, layout.tag)}
    for name, values in sorted(others.items(), key=lambda each: not _SENTENCE.search(each[0])):
        given = [value for value in values if value]
        once = len(set(given)) == len(given) or _SENTENCE.search(name)
        if values[0] and 1 < len(given) <= _SPARSE * size and once:
            return layout._replace(first_only=name)
    runs = {name: _changes(values) + 1 for name, values in others.items() if values.count("") < _OUTSIDE * size}
    runs = {name: count for name, count in runs.items() if 1 < count <= size / _LONG}
    numbered = [name for name in runs if _SENTENCE.search(name)]
    found = numbered[:1] or [name for name in runs if runs[name] == len(set(others[name]))]
    if found and (numbered or not only_named):
        finest = max(found, key=lambda name: runs[name])
        common = [name for name in runs if _TEXT.search(name) and name != finest]
        return layout._replace(common=(finest, *common))
    # Without a column of sentences, nothing but the names or a few columns say that rows are tokens.
    tokens, tags = texts[layout.token], texts[layout.tag]
    marked = all(tag == "" or TAG.fullmatch(tag) for tag in tags) or tags.count(_NO_NAME) >= _OUTSIDE * size
    few = len(texts) <= _FEW_COLUMNS and marked
    if not few and not (layout.token.lower() in TOKENS and layout.tag.lower() in TAGS):
        return None
    without = Counter(tag for token, tag in zip(tokens, tags, strict=True) if not token)
    blank = sum(after - before > 1 for before, after in pairwise(lines)) + without[""]
    # Where blank rows end sentences, a row with a tag alone is a token that was lost.
    outside = without[_NO_NAME] > blank
    ends = blank + without[_NO_NAME] * outside
    return layout._replace(outside=outside) if 1 <= ends <= size / _LONG and not only_named else None


def _text(value: object) -> str | None:
    """Return a value of a column as a text, None for a list or an object."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else None


def _are_tags(values: Sequence[str], size: int) -> bool:
    """Whether values are tags of the words in a text: with a prefix, ``O`` for most, or classes of words."""
    if len(values) < _NAMED * size:
        return False
    counts = Counter(values)
    spans = sum(count for value, count in counts.items() if TAG.fullmatch(value))
    if spans >= _SHARE * len(values) and len(counts) > 1:
        return True
    if counts[_NO_NAME] >= _OUTSIDE * len(values) and 1 < len(counts) <= _MOST_TAGS:
        return True
    classes = sum(count for value, count in counts.items() if value in CLASSES)
    # One value in all rows may be the name of a dataset (``CD``).
    return classes >= _NAMED * len(values) and 1 < len(counts) <= _MOST_TAGS


def _are_few(values: Sequence[str], size: int) -> bool:
    return len(values) >= _SHARE * size and 1 < len(set(values)) <= _MOST_TAGS and len(set(values)) * _LONG <= size


def _are_words(values: Sequence[str], size: int) -> bool:
    """Whether values are single words or signs, and not numbers alone."""
    single = sum(len(value.split()) == 1 for value in values)
    return len(values) >= _NAMED * size and single >= _SHARE * len(values) and _letters(values) > 1


def _letters(values: Sequence[str]) -> int:
    """Return how many different values have a letter, or question marks alone in place of letters that were lost."""
    return sum(any(map(str.isalpha, value)) or set(value) == {"?"} for value in set(values))


def _changes(values: Sequence[str]) -> int:
    return sum(map(str.__ne__, values, values[1:]))


class _Sentences:
    """The sentences of a source as JSON Lines, each on the line of its first token, with blank lines between."""

    def __init__(self, source: Source, layout: _Layout, *, counts: bool) -> None:
        self.problems: list[Problem] = []
        self.refused = 0
        self._source = source
        self._layout = layout
        self._counts = counts

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines, many at a time."""
        lines: list[bytes] = []
        size = written = 0
        for number, tokens, tags in self._runs():
            lines.append(b"\n" * max(number - written - 1, 0) + orjson.dumps({"tokens": tokens, "tags": tags}))
            written = max(number, written + 1)
            size += len(lines[-1])
            if size >= _BLOCK:
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"

    def _runs(self) -> Iterator[tuple[int, list[str], list[str]]]:
        """Yield the number of the first row of each sentence, and its tokens and tags."""
        layout = self._layout
        starts = _starts(layout)
        tokens: list[str] = []
        tags: list[str] = []
        first = last = 0
        for number, row in self._rows():
            token, tag = _text(row.get(layout.token)), _text(row.get(layout.tag))
            new = starts(row)
            ends = token == _BEGINS or not (token or tag) or (layout.outside and not token and tag == _NO_NAME)
            if tokens and (new or ends or (self._gaps and number - last > 1)):
                yield first, tokens, tags
                tokens, tags = [], []
            last = number
            if not ends:
                first = first if tokens else number
                tokens.append(token or "")
                tags.append(tag or "")
        if tokens:
            yield first, tokens, tags

    @property
    def _gaps(self) -> bool:
        """Whether a blank line ends a sentence: nothing else does."""
        return self._counts and not self._layout.common and self._layout.first_only is None

    def _rows(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        before = ordinal = 0
        numbered = self._counts or has_numbers(self._source.container)
        for chunk in self._source.chunks(0):
            found = chunk.load()
            problems = [*found.facts.problems, *(each for several in found.noticed.values() for each in several)]
            self.problems += [
                each._replace(line=each.line + before if each.line and numbered else None, record=None)
                for each in problems
            ]
            self.refused += found.facts.rows_refused
            for line, row in zip(found.lines, found.records, strict=True):
                ordinal += 1
                yield before + line if numbered else ordinal, row
            before += found.facts.lines


def _starts(layout: _Layout) -> Callable[[Mapping[str, Any]], bool]:
    """Return a function that says whether a row begins a sentence, by the rows before it."""
    if layout.first_only is not None:
        name = layout.first_only
        return lambda row: bool(_text(row.get(name)))
    before: list[Any] = [None] * len(layout.common)

    def begins(row: Mapping[str, Any]) -> bool:
        nonlocal before
        now = [_text(row.get(name)) for name in layout.common]
        now = [value or old for value, old in zip(now, before, strict=True)]
        changed, before = now != before, now
        return changed

    return begins
