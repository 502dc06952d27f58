"""The analyses of the merged dataset that the rules and gates of the run need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.core.kind import EVALUATION, SFT, TEXT, Kind
from datalint.engine.reduce.categories import find_category
from datalint.engine.reduce.conflicts import find_conflicts, find_repeated_prompts
from datalint.engine.reduce.duplicates import repeats as analyses
from datalint.engine.reduce.duplicates.connected import largest_group
from datalint.engine.reduce.duplicates.families import find_families
from datalint.engine.reduce.leaks.in_texts import find_in_texts
from datalint.engine.reduce.leaks.row_leaks import DividedLeaks, RowLeaks, Sides, divided_leaks, row_leaks
from datalint.engine.reduce.missing_needs import has_known, missing_needs
from datalint.engine.reduce.response_labels import find_classes, named_by_responses
from datalint.engine.reduce.reviews import find_review
from datalint.records.analyses import Analyses, Family, FileFinder, Group, Review
from datalint.records.category import Category
from datalint.records.effective import more_examples
from datalint.shapes.formats import SHAPES, inference_pair
from datalint.support.garbage import paused_gc
from datalint.support.named_tuple import NamedTuple
from datalint.support.prefetch import in_background
from datalint.verdict.kind_signs import why_unclear

if TYPE_CHECKING:
    from datalint.core.targets import TargetResult
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.duplicates.repeats import Repeats
    from datalint.engine.reduce.merge import Merged
    from datalint.records.leaks import SharedGroup

#: Rows from which on a thread is worth its start.
_MANY: Final = 1_000
#: Shapes each of whose responses is an example.
_INDEPENDENT: Final = frozenset(shape.name for shape in SHAPES if shape.independent)


def _sides(
    training: Merged, held: Merged | None, reader: Reader, evaluation: Reader | None, plan: Plan
) -> Sides | None:
    """Return the sides between which leaks are looked for; None without an evaluation set, or a need of them."""
    if held is None or evaluation is None or "leaks" not in plan.needs:
        return None
    return Sides(training, held, reader, evaluation)


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
    unsearched = others.result()
    sides = _sides(training, held, reader, evaluation, plan)
    leaks = RowLeaks([], []) if sides is None else row_leaks(sides, plan.near, repeats, nearby, needs_near=needs_near)
    shared = _shared_groups(training, held, plan)
    texts = find_in_texts(training, held, readers, plan, [*leaks.leaks, *leaks.accents], benchmarks)
    divided = DividedLeaks([], []) if sides is None else divided_leaks(sides, leaks, texts, plan.group_keys)
    group_key = _group_key(training, held, reader, plan, kind, repeats)
    connected = largest_group(examples, repeats.edges, divided.leaks)
    _release(reader, training, held)
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
        families=unsearched.families,
        conflicts=unsearched.conflicts,
        repeated_prompts=unsearched.repeated_prompts,
        leaks=divided.leaks,
        brief_leaks=divided.brief,
        other_answers=leaks.other_answers,
        category=unsearched.category,
        evaluation_category=_evaluation_category(held, unsearched.category),
        review=unsearched.review,
        shared_groups=shared,
        shared_part=divided.part,
        group_key=group_key,
        connected=connected,
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
        more_examples=_more_examples(training, held),
        independent_shapes=_INDEPENDENT,
    )
    return found, missing_needs(found, examples, plan, kind, held, reader)


def _more_examples(training: Merged, held: Merged | None) -> tuple[int, int]:
    """Return how many more examples than rows each split has."""
    return more_examples(training.examples, _INDEPENDENT), (
        0 if held is None else more_examples(held.examples, _INDEPENDENT)
    )


def _shared_groups(training: Merged, held: Merged | None, plan: Plan) -> list[SharedGroup]:
    if held is None or "groups" not in plan.needs:
        return []
    from datalint.engine.reduce.leaks.shared_groups import find_shared_groups

    return find_shared_groups(training.examples, held.examples, plan.group_keys)


def _group_key(training: Merged, held: Merged | None, reader: Reader, plan: Plan, kind: Kind, repeats: Repeats) -> str:
    """Return the key whose values an evaluation set should not share with the training rows; empty for none.

    It is looked for only where no such set is given, and no key is named.
    """
    if held is not None or kind == EVALUATION or "held-out-evaluation" not in plan.needs or plan.group_keys:
        return ""
    from datalint.engine.reduce.leaks.shared_keys import group_key_of

    paired = next((each.pairs for each in repeats.in_place if each.pairs), "")
    return paired or group_key_of(reader, training.examples.height)


def _release(reader: Reader, training: Merged, held: Merged | None) -> None:
    """Release what only the searches need."""
    reader.words.clear()
    for merged in (training, held):
        if merged is not None and not merged.keep_sketches:
            merged.sketches = None


def _evaluation_category(held: Merged | None, category: Category | None) -> Category | None:
    return find_category(held.examples, category.key) if held and category else None


def _may_repeat(training: Merged, held: Merged | None) -> bool:
    """Return whether near-duplicates of rows count: of rows that are not read, only those in other files do.

    The search takes half the time of a table of short values, whose rows are alike.
    """
    return held is not None or len(training.files) > 1 or has_known(training.examples)


def _may_be_evaluation(training: Merged, reader: Reader, plan: Plan, kind: Kind) -> str:
    """Return words on a weak sign of an evaluation set in the data, if the user names no kind; empty for none.

    A reward function compares answers with a key of the rows too, so that only names say it of prompts. Data that seems
    to be for something else, such as passages to retrieve, is judged alike. Rows of unknown shape are for nothing yet.
    """
    if plan.kind is not None or kind == EVALUATION or not has_known(training.examples):
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
            examples,
            plan.category_key,
            plan.expected,
            paths,
            kind,
            learned=plan.learned_labels,
            guessed=plan.guessed_categories,
        )
        category = named_by_responses(category, examples, reader) or find_classes(examples, reader)
    return _Unsearched(
        families=find_families(examples, reader) if "families" in needs else [],
        repeated_prompts=repeated,
        conflicts=find_conflicts(repeated, examples, reader) if "conflicts" in needs else [],
        category=category,
        review=find_review(examples, [*plan.mapping.values()]) if "review" in needs else None,
    )
