"""Tables and lists with one token a row, and its tag: each sentence becomes a row ``{"tokens": […], "tags": […]}``.

Such are exports of tagged text to CSV: a column of tokens, one of tags, and one with the sentence of each token, which
may be filled on the first token alone. A sentence is a run of rows; blank lines and rows may end it too, and so may
rows without a token (``,O``). Rows of ``-DOCSTART-`` begin a text, and are no tokens. Where the rows of a sentence are
scattered over the table, no sentence is read: nothing says in which order its tokens are. Nor is one where nothing says
where the sentences end.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.base import TOKEN_LINES, TOKEN_ROWS, Source, has_lines, has_numbers
from datalint.sources.content import Content, spooled
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.tagged.token_layouts import NO_NAME, Layout, layout_of, text_of

#: Bytes and rows that a layout is recognised by.
_PEEKED: Final = 1 << 16
_ROWS: Final = 4000
#: The text in the place of a token at the beginning of a text.
_BEGINS: Final = "-DOCSTART-"
_BLOCK: Final = 1 << 20


def by_sentence(source: Source) -> Source:
    """Return a source with a row for each sentence if the rows of another are one token each, else that one.

    The other one has what :func:`datalint.sources.token_marks.may_have_tokens` looks for.
    """
    sample = _sample(source)
    layout = layout_of([row for _, row in sample], [line for line, _ in sample]) if sample else None
    if layout is None:
        return source
    if layout.scattered is not None:
        return _without_rows(
            source,
            f'the rows with one "{excerpt(layout.scattered, 40)}" do not follow one another: sort the rows by it, and '
            "those with the same by their order in the sentence",
        )
    if layout.endless:
        ends = "add a column with the number of the sentence, or an empty line after each one"
        return _without_rows(source, f"nothing says where a sentence ends: {ends}")
    lines = [line for line, _ in sample]
    counts = has_lines(source.container) and all(map(int.__lt__, lines, lines[1:]))
    sentences = _Sentences(source, layout, counts=counts)
    content = spooled(sentences.blocks())
    return _of(source, content, TOKEN_LINES if counts else TOKEN_ROWS, sentences.problems, sentences.refused)


def _of(source: Source, content: Content, container: str, problems: Sequence[Problem], refused: int) -> JsonLines:
    """Return a source with other content in place of that of one, and with more problems and refused rows."""
    problems = tuple(bounded([*getattr(source, "problems", ()), *problems]))
    refused += getattr(source, "refused", 0)
    if isinstance(source, JsonLines):
        return dataclasses.replace(
            source, content=content, start=0, container=container, problems=problems, refused=refused, _facts=None
        )
    original = getattr(source, "original", None) or next(iter(getattr(source, "originals", ())), None)
    of = (source.path, content, original, 0, container, problems)
    return JsonLines(*of, getattr(source, "chunk_bytes", JsonLines.chunk_bytes), refused)


def _without_rows(source: Source, why: str) -> Source:
    """Return a source without rows that says why no sentences are read."""
    message = f"each row is a token with its tag, but {why}"
    refused = sum(len(chunk.load().records) for chunk in source.chunks(0))
    return _of(source, Content(), source.container, [Problem("invalid-row", message, 1, fixable=False)], refused)


def _sample(source: Source) -> list[tuple[int, dict[str, Any]]]:
    """Return the first rows with their lines."""
    try:
        peeked = dataclasses.replace(source, chunk_bytes=_PEEKED) if hasattr(source, "chunk_bytes") else source  # type: ignore[type-var]
        chunk = next(peeked.chunks(0), None)
        found = None if chunk is None else chunk.load()
    except DatalintError:
        return []
    return [] if found is None else list(zip(found.lines[:_ROWS], found.records[:_ROWS], strict=True))


class _Sentences:
    """The sentences of a source as JSON Lines, each on the line of its first token, with blank lines between."""

    def __init__(self, source: Source, layout: Layout, *, counts: bool) -> None:
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
            token, tag = text_of(row.get(layout.token)), text_of(row.get(layout.tag))
            new = starts(row)
            ends = token == _BEGINS or not (token or tag) or (layout.outside and not token and tag == NO_NAME)
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


def _starts(layout: Layout) -> Callable[[Mapping[str, Any]], bool]:
    """Return a function that says whether a row begins a sentence, by the rows before it."""
    if layout.first_only is not None:
        name = layout.first_only
        return lambda row: bool(text_of(row.get(name)))
    before: list[Any] = [None] * len(layout.common)

    def begins(row: Mapping[str, Any]) -> bool:
        nonlocal before
        now = [text_of(row.get(name)) for name in layout.common]
        now = [value or old for value, old in zip(now, before, strict=True)]
        changed, before = now != before, now
        return changed

    return begins
