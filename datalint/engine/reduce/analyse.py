"""The analyses of the merged dataset that the rules and gates of the run need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.kind import EVALUATION, SFT, TEXT, Kind
from datalint.core.needs import EVALUATED, NEEDS
from datalint.core.registry import quoted
from datalint.engine.reduce.categories import NO_CATEGORY, find_category, why_no_category
from datalint.engine.reduce.category_candidates import category_candidates
from datalint.engine.reduce.conflicts import find_conflicts, find_repeated_prompts
from datalint.engine.reduce.duplicates import repeats as analyses
from datalint.engine.reduce.duplicates.families import find_families
from datalint.engine.reduce.leaks.in_texts import find_in_texts
from datalint.engine.reduce.leaks.row_leaks import DividedLeaks, RowLeaks, Sides, divided_leaks, row_leaks
from datalint.engine.reduce.response_labels import find_classes, named_by_responses
from datalint.engine.reduce.reviews import find_review
from datalint.records.analyses import Analyses, Family, FileFinder, Group, Review
from datalint.records.category import Category
from datalint.records.effective import more_examples
from datalint.shapes.detect import UNKNOWN
from datalint.shapes.formats import SHAPES, inference_pair
from datalint.shapes.formats import text as plain_text
from datalint.shapes.guess import keys_of
from datalint.support.garbage import paused_gc
from datalint.support.named_tuple import NamedTuple
from datalint.support.prefetch import in_background
from datalint.verdict.kind_signs import why_unclear

if TYPE_CHECKING:
    from collections.abc import Set

    from datalint.core.targets import TargetResult
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged

#: Rows from which on a thread is worth its start.
_MANY: Final = 1_000
#: Rows in which other keys than that of a text are looked for.
_FIRST: Final = 20
#: Shapes each of whose responses is an example.
_INDEPENDENT: Final = frozenset(shape.name for shape in SHAPES if shape.independent)


class _Unsearched(NamedTuple):
    """The results when near-duplicates are not searched."""

    families: list[Family]
    repeated_prompts: list[Group]
    conflicts: list[Group]
    category: Category | None
    review: Review | None


@paused_gc()
def analyse(
    training: Merged,
    held: Merged | None,
    readers: tuple[Reader, Reader | None],
    plan: Plan,
    kind: Kind,
    benchmarks: tuple[Merged, Reader] | None = None,
    nearby: FileFinder | None = None,
) -> tuple[Analyses, dict[str, str]]:
    """Return the results of the analyses in ``plan.needs``, and the reason for each need that the data does not
    provide.

    ``kind`` is what the data is for: an evaluation set has none of its own. ``nearby`` looks for files next to it.
    """
    examples = training.examples
    reader, evaluation = readers
    needs_near = "near" in plan.needs and _may_repeat(training, held)
    is_long = examples.height >= _MANY
    others = in_background(lambda: _without_search(training, reader, plan, kind), is_long=is_long)
    repeats = analyses.find_repeats(training, reader, plan.near, nearby, needs_near=needs_near)
    families, repeated, conflicts, category, review = others.result()
    # Without an evaluation set, or rules and gates about leaks, these are not looked for.
    sides = None
    if held is not None and evaluation is not None and "leaks" in plan.needs:
        sides = Sides(training, held, reader, evaluation)
    leaks = RowLeaks([], []) if sides is None else row_leaks(sides, plan.near, repeats, nearby, needs_near=needs_near)
    shared = []
    if held is not None and "groups" in plan.needs:
        from datalint.engine.reduce.leaks.shared_groups import find_shared_groups

        shared = find_shared_groups(examples, held.examples, plan.group_keys)
    texts = find_in_texts(training, held, readers, plan, [*leaks.leaks, *leaks.accents], benchmarks)
    divided = DividedLeaks([], []) if sides is None else divided_leaks(sides, leaks, texts, plan.group_keys)
    group_key = ""
    if held is None and kind != EVALUATION and "held-out-evaluation" in plan.needs and not plan.group_keys:
        from datalint.engine.reduce.leaks.shared_keys import group_key_of

        group_key = next((each.pairs for each in repeats.in_place if each.pairs), "")
        group_key = group_key or group_key_of(reader, examples.height)
    reader.words.clear()
    for merged in (training, held):
        if merged is not None and not merged.keep_sketches:
            merged.sketches = None
    found = Analyses(
        exact=repeats.exact,
        normalized=repeats.normalized,
        anchor=repeats.anchor,
        near=repeats.near,
        in_place=repeats.in_place,
        other_values=repeats.other_values,
        continued=repeats.continued,
        near_search=repeats.search,
        leak_search=leaks.search,
        families=families,
        conflicts=conflicts,
        repeated_prompts=repeated,
        leaks=divided.leaks,
        brief_leaks=divided.brief,
        other_answers=leaks.other_answers,
        category=category,
        evaluation_category=find_category(held.examples, category.key) if held and category else None,
        review=review,
        shared_groups=shared,
        shared_part=divided.part,
        group_key=group_key,
        shared_responses=divided.responses,
        near_prompts=texts.near_prompts,
        paraphrases=texts.paraphrases,
        contamination=texts.contamination,
        provenance=plan.provenance or (),
        evaluation_nearby=plan.evaluation_nearby,
        maybe_evaluation="" if held is not None else _may_be_evaluation(training, reader, plan, kind),
        files_alike=plan.files_alike,
        files_of_classes=plan.files_of_classes,
        targets=_targets(training, held, plan),
        training=plan.training,
        more_examples=(
            more_examples(examples, _INDEPENDENT),
            0 if held is None else more_examples(held.examples, _INDEPENDENT),
        ),
        independent_shapes=_INDEPENDENT,
    )
    return found, _missing(found, examples, plan, kind, held, reader)


def _has_known(examples: pl.DataFrame) -> bool:
    return bool((examples["shape"] != UNKNOWN.name).any())


def _may_repeat(training: Merged, held: Merged | None) -> bool:
    """Return whether near-duplicates of rows count: of rows that are not read, only those in other files do.

    The search takes half the time of a table of short values, whose rows are alike.
    """
    return held is not None or len(training.files) > 1 or _has_known(training.examples)


def _may_be_evaluation(training: Merged, reader: Reader, plan: Plan, kind: Kind) -> str:
    """Return words on a weak sign of an evaluation set in the data, if the user names no kind; empty for none.

    A reward function compares answers with a key of the rows too, so that only names say it of prompts. Data that seems
    to be for something else, such as passages to retrieve, is judged alike. Rows of unknown shape are for nothing yet.
    """
    if plan.kind is not None or kind == EVALUATION or not _has_known(training.examples):
        return ""
    keys = [str(key) for key in reader.records([0])[0]] if kind in (SFT, TEXT) else []
    paths = [file.path for file in training.files]
    return why_unclear(kind, training.examples, paths, keys, card=plan.evaluation_card)


def _targets(training: Merged, held: Merged | None, plan: Plan) -> tuple[TargetResult, ...]:
    if not plan.targets or "target" not in plan.needs:
        return ()
    from datalint.targets.rows import results

    return results(
        plan.targets,
        training.examples,
        training.files,
        None if held is None else held.files,
        max_length=plan.max_length,
        has_tokens="model_tokens" in training.examples.columns and "tokens" not in plan.missing,
    )


def _without_search(training: Merged, reader: Reader, plan: Plan, kind: Kind) -> _Unsearched:
    needs, examples = plan.needs, training.examples
    repeated = find_repeated_prompts(examples) if "prompts" in needs else []
    category = None
    if "category" in needs:
        paths = [each.path for each in training.files]
        labels = None
        if plan.category_key is None and (examples["shape"] == inference_pair.SHAPE.name).all():
            labels = find_classes(examples, reader)  # the learned label comes first, whatever else sorts the rows
        category = labels or find_category(
            examples, plan.category_key, plan.expected, paths, kind, learned=plan.learned_labels
        )
        category = named_by_responses(category, examples, reader) or find_classes(examples, reader)
    return _Unsearched(
        families=find_families(examples, reader) if "families" in needs else [],
        repeated_prompts=repeated,
        conflicts=find_conflicts(repeated, examples, reader) if "conflicts" in needs else [],
        category=category,
        review=find_review(examples, [*plan.mapping.values()]) if "review" in needs else None,
    )


def _has_group(examples: pl.DataFrame, key: str) -> bool:
    name = f"group:{key}"
    return name in examples.columns and examples[name].null_count() < examples.height


def _are_texts_alone(examples: pl.DataFrame, reader: Reader) -> bool:
    """Return whether the first rows have no key but that of a text, as the lines of a text file."""
    if not examples.height or not (examples["shape"] == plain_text.SHAPE.name).all():
        return False
    return all(len(record) == 1 for record in reader.records(list(range(min(examples.height, _FIRST)))))


def _missing(
    found: Analyses, examples: pl.DataFrame, plan: Plan, kind: Kind, held: Merged | None, reader: Reader
) -> dict[str, str]:
    lacking: Set[str] = {
        *(("examples",) if examples.height and not _has_known(examples) else ()),
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
        read = frozenset(key for meaning, value in plan.mapping.items() for key in keys_of(meaning, value))
        missing["category"] = why_no_category(
            examples, plan.category_key, lambda: category_candidates(reader.records, examples.height, read)
        )
        if missing["category"] == NEEDS["category"].remedy and _are_texts_alone(examples, reader):
            missing["category"] = f"{NO_CATEGORY}: the rows are texts without any other key"
    if kind == EVALUATION and held is None:
        missing |= dict.fromkeys(
            ("evaluation", "held-out-evaluation", "leaks", "groups"), "this is an evaluation set itself"
        )
    return missing
