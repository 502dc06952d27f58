"""A note on a yes or no next to answers that is not learned, such as ``is_hate``: it may judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.named_labels import is_label_name
from datalint.engine.reduce.rating_note import YES_OR_NO, is_noted, mapped_keys, may_be_flag, some_records
from datalint.privacy.display import excerpt
from datalint.shapes.detect import Detector
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.side_keys import use_of
from datalint.support.columns_option import columns_option

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.records.dataset import Dataset

#: Words of the names of judgements of an answer, and first words of the names of flags of any kind.
_JUDGED: Final = frozenset(
    """good bad quality ok okay helpful unhelpful harmful harmless safe unsafe hallucination hallucinated refusal
    refused rejected correct incorrect wrong right valid invalid useful useless relevant irrelevant faithful unfaithful
    grounded factual accurate inaccurate supported truncated broken flag flagged liked disliked upvoted preferred
    satisfied resolved escalated cheating plagiarized biased rude profane inappropriate misleading violation
    violates""".split()
)
_FIRST: Final = frozenset("is was has contains should must".split())
#: Words of the names of facts about a row.
_FACTS: Final = frozenset(
    """verified reviewed approved checked synthetic generated translated augmented edited deleted train training test
    valid validation public active duplicate english code image images html markdown has turn turns multi single
    multiturn tool tools system masked used use include included gender age male female adult day month week hour long
    short private premium mobile weekend member new returning answerable impossible""".split()
)
#: Flags that a note names, and the share of the rows that must have a value.
_MOST: Final = 3
_MOSTLY: Final = 0.9
#: Characters of a name that is shown.
_NAME: Final = 40


def flag_note(dataset: Dataset, plan: Plan, first: dict[str, Any]) -> str | None:
    """Return a note on the flags of a prompt and its response that are not learned; None if there are none.

    Next to a name that says nothing, only a single flag counts: several are facts about a row. Only a few rows are
    looked at, of which ``first`` is the first one.
    """
    fields = fields_of(Detector(plan.columns, plan.guesses).shape(first), first)
    read = mapped_keys(plan).union(key for key, _ in fields)
    keys = [key for key, value in first.items() if key not in read and may_be_flag(value)]
    prompts, responses = keys_of(fields, "prompt"), keys_of(fields, "response")
    if not keys or len(prompts) != 1 or len(responses) != 1:
        return None
    records = some_records(dataset)
    keys = [key for key in keys if _is_flag([row.get(key) for row in records])]
    flags = [key for key in keys if _is_judgement(key)] or [key for key in keys if len(keys) == 1 and _may_judge(key)]
    if not flags or is_noted(dataset, first, plan):
        return None
    context = "+".join([*keys_of(fields, "context"), responses[0]])
    return _note(flags, f"prompt={prompts[0]},context={context},response={flags[0]}")


def _note(flags: Sequence[str], pairs: str) -> str:
    """Return the note on flags; ``pairs`` are the columns that learn the first one."""
    shown = ", ".join(f'"{excerpt(key, _NAME)}"' for key in flags[:_MOST])
    more = f" and {len(flags) - _MOST} more" if len(flags) > _MOST else ""
    if len(flags) > 1:
        return (
            f"{shown}{more} (yes and no) are not learned: if they rate the answers, bad ones are learned like good ones"
        )
    return (
        f"{shown} (yes and no) is not learned: if it rates the answers, bad ones are learned like good ones; to "
        f"learn it instead: {columns_option(pairs)}"
    )


def _is_flag(values: Sequence[object]) -> bool:
    """Whether nearly all values are yes or no, and there are both."""
    if not all(map(may_be_flag, values)):
        return False
    said = [str(value).lower() for value in values if value not in (None, "")]
    return len(said) >= _MOSTLY * len(values) and frozenset(said) in YES_OR_NO


def _is_judgement(key: str) -> bool:
    """Whether a name is that of a label, or of a judgement of an answer."""
    from datalint.support.names.column_names import fold_name

    return not _JUDGED.isdisjoint(fold_name(key)) or is_label_name(key)


def _may_judge(key: str) -> bool:
    """Whether nothing in a name says that it is of a fact about a row."""
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    return _FIRST.isdisjoint(words[:1]) and _FACTS.isdisjoint(words) and use_of(key) == "unknown"
