"""The map half: one chunk in, one small partial result out. No text is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.core.columns import Examples, Turns
from datalint.core.rule import Scope
from datalint.engine.map.acceptances import taken
from datalint.engine.map.expressions import Expressions
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, internal_error
from datalint.engine.map.index import Normal, key_frame
from datalint.engine.map.named_columns import group_columns, named_columns
from datalint.engine.map.record_rules import Readings, RecordRules
from datalint.engine.map.row_keys import RowKeys, names_keys, row_keys
from datalint.engine.map.schema_types import schema_types
from datalint.engine.map.token_ids import with_counted_ids
from datalint.engine.map.turns_in_texts import add_spoken
from datalint.engine.map.views import context_parts, view_parts
from datalint.engine.plan import Plan
from datalint.neardup import Parts, Shingling
from datalint.neardup.compiled.dispatch import Sketcher
from datalint.records.chunk import Chunk
from datalint.records.record import FileFacts, Record
from datalint.records.structure import Structure
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import Flat, flatten
from datalint.shapes.series import MOST_TEXT
from datalint.sources.readers.json_lines.reader import JsonLinesChunk
from datalint.support import compiler
from datalint.support.classes import mutable
from datalint.support.garbage import paused_gc
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.models.rows import RowModel
    from datalint.neardup import NearRows, Sketches
    from datalint.neardup.compiled.written import Kernels
    from datalint.records.rendering import Rendering
    from datalint.sources.base import Located
    from datalint.sources.base import SourceChunk as Unread
    from datalint.targets.rows import RowTargets


#: The units of turn and example rules: one of each, so that expressions over them are built once.
_TURNS, _EXAMPLES = Turns(), Examples()


class Part(NamedTuple):
    """The part of a chunk that is of one file: its number of rows, the reader's facts, and the keys of the settings."""

    rows: int
    facts: FileFacts
    keys: RowKeys | None = None


@mutable
class Partial:
    """The partial result of a chunk, whose rows are those of ``files`` one after the other.

    ``examples`` are the index columns of :func:`~datalint.engine.map.index.key_frame`; ``hits`` a frame of
    :class:`~datalint.engine.map.hits.HitTable`; ``at`` is relative to the chunk, and lines to what it has of their
    file. ``sketches`` are the near-duplicate sketches, or the texts to make them of, ``measured`` the partials of
    dataset rules by rule index, ``accepted`` the findings that rows accept, a frame of
    :mod:`~datalint.engine.map.acceptances`; None for none. ``prompts`` are the sketches of
    the prompts if the plan has them.
    """

    files: Sequence[Part]
    examples: pl.DataFrame
    hits: pl.DataFrame
    sketches: NearRows | None
    measured: dict[int, Any] = field(default_factory=dict)
    accepted: pl.DataFrame | None = None
    prompts: Sketches | None = None

    @property
    def size(self) -> int:
        """The bytes that were read."""
        return sum(part.facts.size for part in self.files)


class Mapper:
    """Runs the map half of a plan, and owns everything that is compiled once per process.

    ``expected`` is the number of bytes that this process will map; None if it is unknown.
    """

    def __init__(self, plan: Plan, expected: int | None = None) -> None:
        self.plan = plan
        self.expected = expected
        self.detector = Detector(plan.columns, plan.guesses, held=plan.held, idle=plan.idle_keys)
        self._sketch_texts = Sketcher(expected)
        self._turn_rules = Expressions(plan.of(Scope.TURN), _TURNS, ("text",))
        self._example_rules = Expressions(plan.of(Scope.EXAMPLE), _EXAMPLES, ("prompt", "response", "system"))
        self._record_rules = RecordRules(plan.of(Scope.RECORD), self.detector, plan.layouts)
        self._measuring = [(i, a) for i, a in plan.of(Scope.DATASET) if a.rule.measure_function is not None]
        self._row_model: RowModel | None = None
        self._row_targets: RowTargets | None = None

    def without_rules(self) -> Mapper:
        """Return a mapper that gives only keys and sketches, as of an evaluation set; it shares compiled code."""
        other = Mapper(replace(self.plan, rules=(), model=None, targets=(), held=True), self.expected)
        other._sketch_texts = self._sketch_texts
        return other

    @property
    def kernels(self) -> Kernels | None:
        """The compiled code that the sketches use."""
        return self._sketch_texts.kernels

    def load(self, chunk: Unread) -> Located:
        """Return the argument of :meth:`__call__`. JSON Lines are read by compiled code if it is available and there is
        enough to read."""
        if not isinstance(chunk, JsonLinesChunk) or (self.expected or 0) < compiler.WORTH:
            return chunk.load()
        from datalint.sources.scanner.scanning import load_scanner

        scanner = load_scanner()
        return chunk.load() if scanner is None else chunk.load(lambda data: scanner(data, self._is_plain))

    def _is_plain(self, row: dict[str, Any]) -> bool:
        return self.detector.plain_shape(row) is not None

    def __call__(self, raw: Located, *, keep_texts: bool = False) -> Partial:
        """Map one chunk; ``keep_texts`` returns the texts that near-duplicates compare instead of their sketches."""
        with paused_gc():
            return self._map(raw, keep_texts=keep_texts)

    def _map(self, raw: Located, *, keep_texts: bool) -> Partial:
        structure = raw.structure or Structure(raw.records)
        raw, accepted = taken(raw, structure, self.plan.codes)
        records = raw.records
        structure = structure if accepted is None else Structure(records)
        flat = flatten(records, self.detector, self.plan.category_key, structure)
        files = raw.files or ((len(records), raw.facts),)
        if self.plan.turn_marks is not None:
            add_spoken(flat, self.plan.turn_marks)
        _note_long_texts(files, flat.cut, raw.lines)
        normal = Normal.of(flat.examples, self.kernels)
        hits = HitTable(len(records))
        self._turn_rules.run(flat.turns, hits, records)
        self._example_rules.run(flat.examples, hits, records)
        renderings = self._render(records, flat) if self._has_model else []
        treatments = self._targets.treat(records, flat, renderings) if self._has_targets else []
        chunk = Chunk(
            flat.examples,
            flat.turns,
            records,
            structure,
            _side_keys=self.detector.side_keys,
            _uncertain_keys=self.detector.uncertain_keys,
            _schema_types=lambda: schema_types(flat.shapes),
        )
        self._record_rules.run(raw, flat, chunk, hits, Readings(renderings, treatments))
        measured = self._measure(chunk, hits)
        named = named_columns(structure.groups, len(records), self.plan.category_key, self.plan.guessed_categories)
        named += group_columns(structure.groups, len(records), self.plan.group_keys)
        examples = with_counted_ids(key_frame(flat, normal), records).hstack(named)
        if renderings:
            from datalint.models.rows import token_columns

            counted = token_columns(renderings)
            # Exact numbers replace the estimate.
            tokens = counted["model_tokens"].cast(pl.Int64).fill_null(examples["tokens"]).alias("tokens")
            examples = examples.with_columns(tokens).hstack(counted)
        if treatments:
            from datalint.targets.rows import target_columns as reasons

            examples = examples.hstack(reasons(treatments, len(self.plan.targets)))
        if self._has_roles:
            from datalint.engine.map.role_columns import role_columns

            examples = examples.hstack(role_columns(flat.turns, len(records), renderings))
        return Partial(
            files=self._parts(files, structure, records, examples),
            examples=examples.hstack(
                [pl.Series("line", raw.lines, dtype=pl.UInt32), pl.Series("offset", raw.offsets, dtype=pl.Int64)]
            ),
            hits=hits.frame(),
            sketches=self._sketch(flat.examples, records, normal.texts, keep_texts=keep_texts),
            measured=measured,
            accepted=accepted,
            prompts=self._sketch_prompts(flat.examples, normal.texts[0]) if self.plan.sketches_prompts else None,
        )

    def _parts(
        self,
        files: Sequence[tuple[int, FileFacts]],
        structure: Structure,
        records: Sequence[dict[str, Any]],
        examples: pl.DataFrame,
    ) -> list[Part]:
        if len(files) == 1:
            [(rows, facts)] = files
            return [Part(rows, facts, row_keys(self.plan, structure, examples))]
        parts = []
        start = 0
        for rows, facts in files:
            keys = None
            if names_keys(self.plan):
                keys = row_keys(self.plan, Structure(records[start : start + rows]), examples.slice(start, rows))
            parts.append(Part(rows, facts, keys))
            start += rows
        return parts

    def empty(self) -> pl.DataFrame:
        """Return the merged frame of no records, with all columns."""
        flat = flatten([], self.detector)
        frame = key_frame(flat, Normal.of(flat.examples))
        if self._has_model:
            from datalint.models.rows import token_columns

            frame = frame.hstack(token_columns([]))
        if self._has_targets:
            from datalint.targets.rows import target_columns as reasons

            frame = frame.hstack(reasons([], len(self.plan.targets)))
        if self._has_roles:
            from datalint.engine.map.role_columns import role_columns

            frame = frame.hstack(role_columns(flat.turns, 0, []))
        schema = {"line": pl.Int64, "offset": pl.Int64, "file": pl.UInt32, "row": pl.UInt32, "i": pl.Int64}
        return frame.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items())

    @property
    def _has_model(self) -> bool:
        # Targets judge lengths by what a model counts.
        return self.plan.model is not None and ("model" in self.plan.needs or self._has_targets)

    @property
    def _has_roles(self) -> bool:
        return "roles" in self.plan.needs

    @property
    def _has_targets(self) -> bool:
        return bool(self.plan.targets) and "target" in self.plan.needs

    @property
    def _targets(self) -> RowTargets:
        """The targets, compiled with the first chunk."""
        if self._row_targets is None:
            from datalint.targets.rows import RowTargets

            self._row_targets = RowTargets(self.plan.targets, self.plan.max_length)
        return self._row_targets

    def _render(self, records: Sequence[dict[str, Any]], flat: Flat) -> list[tuple[Rendering, ...]]:
        """Return the model's renderings of each row; loads the model with the first chunk."""
        if self._row_model is None:
            from datalint.models.rows import RowModel

            assert self.plan.model is not None
            self._row_model = RowModel(self.plan.model, self.plan.max_length, by_role=self._has_roles)
        return self._row_model.render(records, flat)

    def _sketch(
        self, examples: pl.DataFrame, records: Sequence[dict[str, Any]], normal: list[pl.Series], *, keep_texts: bool
    ) -> NearRows | None:
        if "near" not in self.plan.needs:
            return None
        near = self.plan.near
        parts = view_parts(examples, records, near.view, self.kernels, normal)
        shingling = Shingling.parse(near.shingle)
        return Parts(parts, shingling) if keep_texts else self._sketch_texts(parts, shingling)

    def _sketch_prompts(self, examples: pl.DataFrame, prompts: pl.Series) -> Sketches:
        return self._sketch_texts(
            context_parts(examples, self.kernels, prompts), Shingling.parse(self.plan.near.shingle)
        )

    def record(self, row: int, raw: Located, flat: Flat) -> Record:
        """Return a row of a chunk as record rules see it, but without renderings."""
        record = self._record_rules.record(row, raw, flat)
        if self._has_targets:
            record.treatments = self._targets.of_row(raw.records[row], flat, row)
        return record

    def _measure(self, chunk: Chunk, hits: HitTable) -> dict[int, Any]:
        out: dict[int, Any] = {}
        for index, active in self._measuring:
            try:
                measure = active.rule.measure_function
                if measure is None or active.rule.merge_function is None:
                    raise TypeError("it measures but has no merge function")
                out[index] = measure(chunk, active.options)
            except Exception as error:
                hits.add(INTERNAL_ERROR, internal_error(active, error))
        return out


def _note_long_texts(files: Sequence[tuple[int, FileFacts]], cut: Sequence[int], lines: Sequence[int]) -> None:
    """Add rows with a text that was cut, by their number in the chunk, to the facts of their file."""
    start = 0
    for rows, facts in files:
        facts.long_texts = [(lines[row], MOST_TEXT) for row in cut if start <= row < start + rows] if cut else []
        start += rows
