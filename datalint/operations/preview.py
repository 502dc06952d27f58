"""One row as a model reads it: the text of its chat template, the tokens, and which of them carry loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.models.conversation import Conversation, conversations
from datalint.models.flaws import places_of
from datalint.models.model import Model
from datalint.models.tokenizer import Piece
from datalint.privacy.display import FileName, Shown, excerpt, file_name, printable, printable_lines
from datalint.privacy.redaction import Redacted
from datalint.records.rendering import Rendering
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.formats import pretokenized
from datalint.sources.base import has_numbers
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: The role of what the template writes itself, tools included. What it writes within an answer is the assistant's.
TEMPLATE: Final = "template"
#: Characters of a role that are shown.
_ROLE: Final = 40
_FLAWS: Final = {
    "text": "not in the rendering",
    "thinking": "its reasoning is not in the rendering",
    "tools": "declared, but not in the rendering: {}",
    "call": "the call is not in the rendering: {}",
    "forged": "its text has the control token {}",
    "encoded-twice": "arguments come out as JSON within JSON",
}


class PreviewPart(NamedTuple):
    """A part of a rendering in which all has one role, and carries loss or not.

    ``pieces`` are the texts of its tokens; of a part with secrets or personal data, and without a tokenizer, there is
    one piece. ``tokens`` is the number of tokens that begin in it. ``cut`` parts are beyond the maximum length.
    """

    role: Shown
    loss: bool
    cut: bool
    pieces: tuple[Shown, ...]
    tokens: int
    start: int
    stop: int


@frozen
class PreviewSide:
    """A conversation of the row; ``name`` is ``chosen`` or ``rejected`` of a preference, else empty.

    ``refused`` says why there is no rendering. ``tokens`` and ``trained`` are None without a tokenizer. ``roles`` has
    the tokens by role, and how many of them carry loss. ``remarks`` say what was lost.
    """

    name: str
    path: Shown
    refused: Shown | None
    parts: tuple[PreviewPart, ...]
    tokens: int | None
    trained: int | None
    limit: int | None
    lost: Shown | None
    roles: Mapping[Shown, tuple[int, int]]
    remarks: tuple[Shown, ...]


@frozen
class Preview:
    """A row as a model reads it."""

    file: FileName
    row: int
    model: Shown
    origin: Shown
    shape: Shown
    sides: tuple[PreviewSide, ...]
    note: Shown | None


def preview_row(
    source: Source, row: int, model: Model, columns: Mapping[str, str], guesses: Sequence[Guess] = ()
) -> Preview:
    """Return row number ``row`` (1-based, in a sheet as Excel counts) of a source as a model reads it.

    Raises:
        DatalintError: when the source has no such row, or no shape fits it.
    """
    row, value = _row(source, row)
    flat = flatten([value], Detector(columns, guesses), hashes=False)
    given = conversations(value, flat.words(0))
    if not given:
        place = f"row {row} of {printable(source.path)}"
        if flat.shapes[0].name == pretokenized.SHAPE.name:
            raise DatalintError(f"{place} has token ids instead of text, which no template renders")
        raise DatalintError(f"{place} has no turns that could be read; map its --columns")
    (renderings,) = model.render([given])
    return Preview(
        file=file_name(source.path),
        row=row,
        model=printable(model.spec.name),
        origin=printable(model.spec.origin),
        shape=printable(flat.shapes[0].name),
        sides=tuple(_side(model, *each) for each in zip(given, renderings, strict=True)),
        note=None if model.tokenizer is not None else printable(f"no tokens: {model.spec.lacks}"),
    )


def _row(source: Source, row: int) -> tuple[int, dict[str, Any]]:
    """Return a row and its number; of a sheet, the first row for its header."""
    before = above = last = 0
    numbered = has_numbers(source.container)
    for chunk in source.chunks(0):
        found = chunk.load()
        if numbered:
            for line, record in zip(found.lines, found.records, strict=True):
                last = above + line
                if last == row or row == 1:
                    return last, record
            above += found.facts.lines
        elif row <= before + len(found.records):
            return row, found.records[row - before - 1]
        before += len(found.records)
    if numbered:
        raise DatalintError(
            f"row {row:,} of {printable(source.path)} is no row of its table, which ends in row {last:,}"
        )
    raise DatalintError(f"{printable(source.path)} has {before:,} rows; there is no row {row:,}")


def _side(model: Model, conversation: Conversation, rendering: Rendering) -> PreviewSide:
    parts = () if rendering.failure else tuple(_parts(model, conversation, rendering))
    roles: dict[Shown, tuple[int, int]] = {}
    for part in parts:
        tokens, trained = roles.get(part.role, (0, 0))
        roles[part.role] = tokens + part.tokens, trained + (part.tokens if part.loss else 0)
    lost = None
    if rendering.cut:
        beyond = (rendering.tokens or 0) - (rendering.limit or 0)
        trained = sum(part.tokens for part in parts if part.cut and part.loss)
        learned = f", {trained:,} of them with loss" if rendering.masked else ""
        lost = printable(f"{counted(beyond, 'token')} beyond {rendering.limit:,}{learned}")
    return PreviewSide(
        name=rendering.side,
        path=printable(rendering.path),
        refused=_failure(rendering) if rendering.failure else None,
        parts=parts,
        tokens=rendering.tokens,
        trained=rendering.trained,
        limit=rendering.limit,
        lost=lost,
        roles=roles,
        remarks=tuple(_remarks(rendering)),
    )


def _failure(rendering: Rendering) -> Shown:
    verb = "refuses" if rendering.failure == "refusal" else "fails on"
    where = f", in line {rendering.line}: {excerpt(rendering.code, 120)}" if rendering.line else ""
    return printable(f"the template {verb} the row ({excerpt(rendering.message, 200)}){where}")


def _remarks(rendering: Rendering) -> Iterator[Shown]:
    if not rendering.masked:
        yield printable("the template does not show which part is the answer, so it is not known what carries loss")
    for flaw in rendering.flaws:
        yield printable(f"{flaw.path}: {_FLAWS[flaw.kind].format(excerpt(flaw.what, 80))}")
    if not rendering.failure and not rendering.ends:
        yield printable("no end-of-turn token after the answer")
    if rendering.doubled:
        yield printable("the beginning-of-text token is there twice")


def _parts(model: Model, conversation: Conversation, rendering: Rendering) -> Iterator[PreviewPart]:
    """Yield the rendering in parts, cut where role, loss or the maximum length change."""
    text = rendering.text
    pieces = model.tokenizer.pieces(text) if model.tokenizer is not None else []
    beyond = len(text)
    if rendering.limit is not None and rendering.cut:
        beyond = pieces[rendering.limit].start
    regions = list(places_of(text, conversation))
    if not rendering.templated:
        regions = [(0, len(text), "text")]
    redacted = Redacted(text, 0, len(text))
    edges = sorted(
        {0, len(text), beyond, *(e for s in rendering.spans for e in s), *(e for r in regions for e in r[:2])}
    )
    at = 0
    for start, stop in pairwise(edges):
        mine: list[Piece] = []
        while at < len(pieces) and pieces[at].start < stop:
            mine.append(pieces[at])
            at += 1
        loss = any(begin <= start < end for begin, end in rendering.spans)
        other = "assistant" if loss else TEMPLATE
        role = next((excerpt(role, _ROLE) for begin, end, role in regions if begin <= start < end), printable(other))
        shown = _shown(redacted, text, start, stop, mine)
        yield PreviewPart(role, loss, start >= beyond, shown, len(mine), start, stop)


def _shown(redacted: Redacted, text: str, start: int, stop: int, pieces: Sequence[Piece]) -> tuple[Shown, ...]:
    whole = redacted.part(start, stop)
    if whole != text[start:stop] or not pieces:
        return (printable_lines(whole),)
    edges = [start, *(piece.start for piece in pieces if start < piece.start < stop), stop]
    return tuple(printable_lines(text[begin:end]) for begin, end in pairwise(edges) if begin < end)
