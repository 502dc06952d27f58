"""The operation behind ``datalint convert``: sources in, rows of one shape out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datalint.engine.guesses.columns import with_guesses
from datalint.fixes.decisions import Lost
from datalint.fixes.json_spans import on_one_line
from datalint.fixes.repair import as_utf8
from datalint.fixes.tables import refuse_binary_columns
from datalint.fixes.unread import unread_lines
from datalint.privacy.display import printable
from datalint.report.inert import to_json_document
from datalint.setup.plan import make_plan
from datalint.shapes.conversion.model import UnfitError
from datalint.shapes.conversion.reading import read_conversation
from datalint.shapes.conversion.writing import WRITERS, write_row
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import Flat, flatten
from datalint.sources.base import NO_PLACES, has_lines, has_numbers
from datalint.sources.merge import merge_facts
from datalint.sources.python_values import to_line
from datalint.sources.readers.json_lines.reader import JsonLines

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.records.record import FileFacts
    from datalint.sources import Source
    from datalint.sources.base import Located
    from datalint.targets.spec import Target

#: The shapes that rows can be converted to.
TARGETS: Final = tuple(WRITERS)


@dataclass(slots=True)
class Converted:
    """Counts of a conversion.

    ``rows`` were written; ``unchanged`` of them had the shape already. ``refused`` are rows, and lines without a row,
    that were not written, by reason; ``droppable`` of them would be with ``drop``. ``dropped`` is what rows were
    written without.
    """

    rows: int = 0
    unchanged: int = 0
    droppable: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)


def convert(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    to: str,
    *,
    drop: bool,
    counts: Converted,
    target: Target | None = None,
) -> Iterator[bytes | Lost]:
    """Yield the rows of opened sources as lines of JSON with the shape ``to``, and those that it cannot represent.

    Lines that no row can be read from are yielded as lost, after the rows of their source.

    For a ``target``, tool arguments get the form that it reads, keys that it refuses are lost, and so are rows that it
    rejects. With ``drop``, rows are written without what the shape cannot represent; otherwise they are refused. Rows
    that have the shape keep their bytes. ``counts`` is filled as rows are yielded.

    Raises:
        DatalintError: for a table with binary columns, which lines of JSON cannot hold.
    """
    for source in sources:
        refuse_binary_columns(source)
    reader = None if target is None else _Reader(target)
    plan, _ = with_guesses(make_plan(settings, registry), sources)
    detector = Detector(plan.columns, plan.guesses)
    for source in sources:
        row = 0
        lines = 0 if has_lines(source.container) or has_numbers(source.container) else None
        facts: list[FileFacts] = []
        offsets = [NO_PLACES]
        for chunk in source.chunks(0):
            raw = chunk.load()
            yield from _converted(source, raw, (row, lines), detector, to, drop=drop, counts=counts, reader=reader)
            row += len(raw.records)
            lines = None if lines is None else lines + raw.facts.lines
            facts.append(raw.facts)
            offsets.append(raw.offsets)
        if any(each.rows_refused for each in facts):
            for lost in unread_lines(plan, source, merge_facts(facts), np.concatenate(offsets)):
                counts.refused[lost.reason] += 1
                yield lost


def _written(
    record: dict[str, Any], flat: Flat, index: int, to: str, reader: _Reader | None
) -> tuple[dict[str, Any], set[str]]:
    """Return a row as it is written, the record itself if nothing changes, and what is lost of it.

    Raises:
        UnfitError: for a row that cannot be written.
    """
    written: dict[str, Any] = record
    losses: set[str] = set()
    if flat.shapes[index].name != to:
        found = read_conversation(record, flat.shapes[index], flat.words(index), flat.features[index])
        written, losses = write_row(found, to)
    if reader is not None:
        written, refused = reader.for_target(written)
        losses |= refused
    return written, losses


def _converted(
    source: Source,
    raw: Located,
    before: tuple[int, int | None],
    detector: Detector,
    to: str,
    *,
    drop: bool,
    counts: Converted,
    reader: _Reader | None,
) -> Iterator[bytes | Lost]:
    """Yield the rows of a chunk; ``before`` are the rows, and the lines or numbers, of the chunks before it."""
    flat = flatten(raw.records, detector, hashes=False)
    texts = _texts(source, raw)
    for index, record in enumerate(raw.records):
        line = next(texts) if texts is not None else None
        try:
            written, losses = _written(record, flat, index, to, reader)
            if losses and not drop:
                counts.droppable += 1
                wanted = to if reader is None else f"{to} for {reader.target.name}"
                raise UnfitError(f"{_listed(losses)} cannot be written as {wanted}")
        except UnfitError as error:
            counts.refused[str(error)] += 1
            data = to_line(record) if line is None else line.rstrip(b"\n")
            place = None if before[1] is None else before[1] + raw.lines[index]
            number = before[0] + index + 1
            if has_numbers(source.container):
                place, number = None, place or number
            yield Lost(source.path, place, number, None, str(error), data)
            continue
        counts.rows += 1
        counts.dropped.update(losses)
        if written is record:
            counts.unchanged += 1
            yield line if line is not None else to_line(record) + b"\n"
        else:
            yield to_line(written) + b"\n"


class _Reader:
    """What reads the rows that are written: rows as it wants them, without those that it rejects."""

    def __init__(self, target: Target) -> None:
        from datalint.targets.converting import for_target
        from datalint.targets.judge import Judge

        self.target = target
        self._for_target = for_target
        self._judge = Judge(target)

    def for_target(self, row: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
        """Return a row as the target reads it, the same object where nothing changes, and what it lost.

        Raises:
            UnfitError: for a row that the target rejects all the same.
        """
        made, losses = self._for_target(row, self.target)
        worst = self._judge.treat(made).worst
        if worst is not None and worst.outcome == "rejects":
            raise UnfitError(f"{self.target.name} rejects the row: {worst.says}")
        return made, losses


def _texts(source: Source, raw: Located) -> Iterator[bytes] | None:
    """Return the lines of the rows of a chunk as they are stored; None for other sources than JSON Lines."""
    if not isinstance(source, JsonLines):
        return None
    from datalint.fixes.rows import line_texts

    return (on_one_line(as_utf8(text)) + b"\n" for text in line_texts(source, raw.offsets.tolist()))


def _listed(losses: set[str]) -> str:
    return ", ".join(sorted(losses))


def document(counts: Converted) -> dict[str, Any]:
    """Return the counts as plain data."""
    return {
        "rows": counts.rows,
        "unchanged": counts.unchanged,
        "refused": {printable(reason): count for reason, count in counts.refused.most_common()},
        "dropped": {printable(what): count for what, count in counts.dropped.most_common()},
    }


def encoded(counts: Converted) -> bytes:
    """Return the counts as JSON."""
    return to_json_document(document(counts))
