"""Record rules: which of them apply to a row, and their hits."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.engine.map.equal_rows import Copies, KeptHit
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, beginning, internal_error
from datalint.engine.plan import Active
from datalint.privacy.redaction import Fragments
from datalint.records.canonical import as_text, visible_surrogates
from datalint.records.record import Record
from datalint.shapes import usual_keys
from datalint.shapes.base import Shape
from datalint.shapes.detect import MESSAGE_LISTS, UNKNOWN, Detector, described
from datalint.shapes.flatten import Flat
from datalint.shapes.validate import Validator
from datalint.support.call_tags import CALL_TAGS
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.records.chunk import Chunk
    from datalint.records.rendering import Rendering
    from datalint.records.treatment import Treatment
    from datalint.shapes.usual_keys import Layout
    from datalint.sources.base import Located


#: The rules that run on a row, and whether its shape's schema accepts it.
_Pending: TypeAlias = "dict[int, tuple[list[tuple[int, Active]], bool]]"


class Readings(NamedTuple):
    """How models and targets read the rows of a chunk: a tuple for each row, or nothing without a model or target."""

    renderings: Sequence[tuple[Rendering, ...]] = ()
    treatments: Sequence[tuple[Treatment, ...]] = ()

    def of_row(self, row: int) -> dict[str, Any]:
        """Return the readings of a row, by the name of the record's attribute."""
        return {name: rows[row] for name, rows in zip(self._fields, self, strict=True) if rows}


#: Neither a model nor a target.
NO_READINGS: Final = Readings()


class RecordRules:
    """The record rules of a plan with their numbers, and the schemas that rows are checked with.

    ``layouts`` are the keys that nearly all rows of a source have, with which rows of unknown shape are compared.
    """

    def __init__(self, rules: Sequence[tuple[int, Active]], detector: Detector, layouts: Sequence[Layout] = ()) -> None:
        self._rules = rules
        self._detector = detector
        self._layouts = layouts
        self._validators: dict[int, Validator] = {}

    def run(self, raw: Located, flat: Flat, chunk: Chunk, hits: HitTable, readings: Readings = NO_READINGS) -> None:
        """Add to ``hits`` what the rules find in the rows of a chunk."""
        if not self._rules:
            return
        chosen = _Chosen(self._rules)
        pending: _Pending = {}
        more = _more_features(raw, flat, readings)
        for kind in flat.kinds:
            valid = self._validator(kind.shape).is_valid(raw.records[kind.rows[0]])
            features, rules = self._rules_for(kind.rows[0], raw, flat, chosen, valid=valid)
            if rules:
                pending.update((row, (rules, valid)) for row in kind.rows)
            for row in more.keys() & set(kind.rows) if more else ():
                pending[row] = chosen.of(features | more[row]), valid
        for row in flat.rich:
            shape = flat.shapes[row]
            valid = shape is UNKNOWN or self._validator(shape).is_valid(raw.records[row])
            features, rules = self._rules_for(row, raw, flat, chosen, valid=valid)
            if row in more:
                rules = chosen.of(features | more[row])
            if rules:
                pending[row] = rules, valid
        pending = self._narrowed(pending, chunk, more.keys(), hits)
        copies = Copies(raw.records, flat.examples["exact"], raw.noticed) if pending else None
        for row in sorted(pending):
            rules, valid = pending[row]
            content = None if copies is None else copies.content(row)
            if copies is None or content is None:
                self._one_record(row, raw, flat, rules, hits, readings, valid=valid)
            elif not copies.repeat(content, row, hits):
                copies.keep(content, self._one_record(row, raw, flat, rules, hits, readings, valid=valid))

    def _rules_for(
        self, row: int, raw: Located, flat: Flat, chosen: _Chosen, *, valid: bool
    ) -> tuple[frozenset[str], list[tuple[int, Active]]]:
        """Return the features of row ``row`` that rules may require, and the rules that apply to it."""
        features = flat.features[row]
        if not valid:
            features |= {"invalid"}
        if flat.shapes[row] is UNKNOWN:
            features |= {"unknown"}
        elif len(self._detector.fits(raw.records[row])) > 1:
            features |= {"ambiguous"}
        return features, chosen.of(features)

    def _narrowed(self, pending: _Pending, chunk: Chunk, noted: Set[int], hits: HitTable) -> _Pending:
        """Leave out the rules that can find nothing in a row, as their ``rows`` say, and rows without any other."""
        masks: dict[int, npt.NDArray[np.bool_] | None] = {}
        some_of: dict[int, npt.NDArray[np.bool_] | None] = {}
        left: _Pending = {}
        for row, (rules, valid) in pending.items():
            if not valid or row in noted:
                left[row] = rules, valid
                continue
            if id(rules) not in some_of:
                for index, active in rules:
                    if index not in masks:
                        masks[index] = _mask(active, chunk, hits)
                each = [mask for index, _ in rules if (mask := masks[index]) is not None]
                some_of[id(rules)] = np.logical_or.reduce(each) if len(each) == len(rules) else None
            some = some_of[id(rules)]
            if some is None or some[row]:
                left[row] = [rule for rule in rules if (mask := masks[rule[0]]) is None or mask[row]], valid
        return left

    def _one_record(
        self,
        i: int,
        raw: Located,
        flat: Flat,
        rules: list[tuple[int, Active]],
        hits: HitTable,
        readings: Readings,
        *,
        valid: bool,
    ) -> list[KeptHit]:
        """Run rules on a record, and return the hits that were added to ``hits``."""
        record = self.record(i, raw, flat, readings, valid=valid)
        shown: str | None = None
        secrets: Fragments | None = None
        found: list[KeptHit] = []
        for index, active in rules:
            try:
                for hit in active.rule.function(record, active.options):
                    if shown is None or secrets is None:
                        secrets = _secrets_of(record.value)
                        shown = _record_excerpt(record, secrets)
                    hits.add(index, hit, at=i, shown=shown, secrets=secrets)
                    found.append((index, hit, shown, secrets))
            except Exception as error:
                failure, of_row = internal_error(active, error), _secrets_of(record.value)
                hits.add(INTERNAL_ERROR, failure, at=i, secrets=of_row)
                found.append((INTERNAL_ERROR, failure, None, of_row))
        return found

    def record(
        self, i: int, raw: Located, flat: Flat, readings: Readings = NO_READINGS, *, valid: bool = False
    ) -> Record:
        """Return row ``i`` of a chunk as record rules see it; one that is ``valid`` needs no check of its schema."""
        shape = flat.shapes[i]
        value = raw.records[i]
        unknown = self._about_unknown(value) if shape is UNKNOWN else {}
        return Record(
            value=value,
            shape=shape.name,
            turns=flat.words(i),
            violations=() if valid else self._validator(shape).explain(value),
            noticed=tuple(raw.noticed.get(i, ())),
            fits=described(self._detector.fits(value)),
            lists=MESSAGE_LISTS,
            **unknown,
            **readings.of_row(i),
        )

    def _about_unknown(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return the attributes of a record of unknown shape: the proposal, and its differences from other rows."""
        common, others = self._detector.layout(value)
        guess = self._detector.guess_of(value)
        facts = guess is not None and guess.facts
        lack = self._detector.lacking(value) or usual_keys.lacking(self._layouts, value)
        return {
            "proposal": None if facts else self._detector.proposal(value),
            "facts": facts,
            "varied": self._detector.varied(value),
            "versions": 0 if guess is None else guess.versions,
            "slips": usual_keys.slips(self._layouts, value),
            "lacking": None if lack is None else lack.key,
            "instead": "" if lack is None else lack.instead,
            "lacks_cell": lack is not None and lack.is_cell,
            "common": common,
            "others": others,
            "typical": {} if guess is None or not guess.typical else _parsed(guess.typical),
        }

    def _validator(self, shape: Shape) -> Validator:
        validator = self._validators.get(id(shape))
        if validator is None:
            validator = self._validators[id(shape)] = Validator(shape)
        return validator


@lru_cache(maxsize=16)
def _parsed(row: str) -> dict[str, Any]:
    return json.loads(row)  # type: ignore[no-any-return]


def _more_features(raw: Located, flat: Flat, readings: Readings) -> dict[int, frozenset[str]]:
    """Return the features of rows that rules may require, apart from those of their shapes."""
    more = {row: frozenset(("json",)) for row in raw.noticed}
    has_call = pl.any_horizontal(pl.col("response").str.contains_any([tag]) for tag in CALL_TAGS)
    for row in np.flatnonzero(flat.examples.select(has_call).to_series().to_numpy()).tolist():
        more[row] = more.get(row, frozenset()) | {"written_calls"}
    if readings.renderings:
        from datalint.models.rows import is_flawed

        for row in (row for row, each in enumerate(readings.renderings) if is_flawed(each)):
            more[row] = more.get(row, frozenset()) | {"rendering"}
    if readings.treatments:
        from datalint.targets.rows import is_notable

        for row in (row for row, each in enumerate(readings.treatments) if is_notable(each)):
            more[row] = more.get(row, frozenset()) | {"target"}
    return more


def _mask(active: Active, chunk: Chunk, hits: HitTable) -> npt.NDArray[np.bool_] | None:
    """Return the rows of a chunk in which a rule may find something, None for all."""
    if active.rule.rows_function is None:
        return None
    try:
        mask = active.rule.rows_function(chunk, active.options)
        if mask.dtype != pl.Boolean or len(mask) != chunk.examples.height:
            raise TypeError(f"its rows are {len(mask)} values of {mask.dtype}, not true or false for each row")
    except Exception as error:
        hits.add(INTERNAL_ERROR, internal_error(active, error))
        return None
    rows: npt.NDArray[np.bool_] = mask.fill_null(True).to_numpy()
    return rows


class _Chosen:
    """Cache of the record rules that apply to a row, by the features that it has."""

    def __init__(self, rules: Sequence[tuple[int, Active]]) -> None:
        self._rules = rules
        self._known: dict[frozenset[str], list[tuple[int, Active]]] = {}

    def of(self, features: frozenset[str]) -> list[tuple[int, Active]]:
        """Return the rules that require nothing or a feature that the row has, in the order of the plan."""
        rules = self._known.get(features)
        if rules is None:
            rules = [(i, each) for i, each in self._rules if not each.rule.requires or each.rule.requires & features]
            self._known[features] = rules
        return rules


def _record_excerpt(record: Record, secrets: Fragments) -> str:
    for _, text, _, _ in record.turns:
        if text:
            return beginning(text)
    # JSON's escapes may separate a secret from the name by which it is recognised.
    return secrets.hide(beginning(visible_surrogates(as_text(record.value))))


def _secrets_of(value: Any) -> Fragments:
    """Return the secrets in the keys and texts of a parsed row."""
    return Fragments(texts_in(value))


def texts_in(value: Any) -> list[str]:
    """Return the keys and texts of a parsed row."""
    texts: list[str] = []
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict):
            left += (*item, *item.values())
        elif isinstance(item, list):
            left += item
    return texts
