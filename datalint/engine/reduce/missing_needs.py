"""Which needs of rules and gates the data does not provide, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.core.kind import EVALUATION, Kind
from datalint.core.needs import EVALUATED, NEEDS
from datalint.core.registry import quoted
from datalint.engine.reduce.categories import NO_CATEGORY, why_no_category
from datalint.engine.reduce.category_candidates import category_candidates
from datalint.shapes.detect import UNKNOWN
from datalint.shapes.formats import text as plain_text
from datalint.shapes.guess import keys_of

if TYPE_CHECKING:
    from collections.abc import Set

    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.records.analyses import Analyses

#: Rows in which other keys than that of a text are looked for.
_FIRST: Final = 20


def has_known(examples: pl.DataFrame) -> bool:
    """Return whether any row has a known shape."""
    return bool((examples["shape"] != UNKNOWN.name).any())


def _has_group(examples: pl.DataFrame, key: str) -> bool:
    name = f"group:{key}"
    return name in examples.columns and examples[name].null_count() < examples.height


def _are_texts_alone(examples: pl.DataFrame, reader: Reader) -> bool:
    """Return whether the first rows have no key but that of a text, as the lines of a text file."""
    if not examples.height or not (examples["shape"] == plain_text.SHAPE.name).all():
        return False
    return all(len(record) == 1 for record in reader.records(list(range(min(examples.height, _FIRST)))))


def missing_needs(
    found: Analyses, examples: pl.DataFrame, plan: Plan, kind: Kind, held: Merged | None, reader: Reader
) -> dict[str, str]:
    """Return the reason for each need that the data does not provide."""
    lacking: Set[str] = {
        *(("examples",) if examples.height and not has_known(examples) else ()),
        *(("category",) if found.category is None else ()),
        *(("review",) if found.review is None else ()),
        *(EVALUATED if held is None else ()),
        *(("provenance",) if plan.provenance is None else ()),
    }
    missing = {name: NEEDS[name].remedy for name in sorted(lacking)} | dict(plan.missing)
    if held is not None and plan.group_keys and not any(_has_group(held.examples, key) for key in plan.group_keys):
        missing["groups"] = (
            f"no evaluation row has a value under {quoted(plan.group_keys[0])}; name another --group-by KEY"
        )
    if found.contamination is not None and not any(each.compared for each in found.contamination.benchmarks):
        missing["benchmark"] = (
            "no row of the benchmark is long enough, or of a known shape; map its keys with --columns"
        )
    if "category" in lacking:
        missing["category"] = _why_no_category(examples, plan, reader)
    if kind == EVALUATION and held is None:
        missing |= dict.fromkeys(
            ("evaluation", "held-out-evaluation", "leaks", "groups"), "this is an evaluation set itself"
        )
    return missing


def _why_no_category(examples: pl.DataFrame, plan: Plan, reader: Reader) -> str:
    read = frozenset(key for meaning, value in plan.mapping.items() for key in keys_of(meaning, value))
    why = why_no_category(
        examples, plan.category_key, lambda: category_candidates(reader.records, examples.height, read)
    )
    if why == NEEDS["category"].remedy and _are_texts_alone(examples, reader):
        return f"{NO_CATEGORY}: the rows are texts without any other key"
    return why
