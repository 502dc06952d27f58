"""A target at work: what it does with each row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.core.targets import RowOutcome
from datalint.privacy.display import excerpt
from datalint.privacy.json_paths import json_path
from datalint.records.treatment import Fault, Ignored, Treatment
from datalint.support.named_tuple import NamedTuple
from datalint.targets.conditions import CheckedRow, Condition, Turn, condition, messages
from datalint.targets.spec import Format, Target

if TYPE_CHECKING:
    from datalint.records.rendering import Rendering

#: Places of one check in a row that are reported.
_MOST: Final = 3
#: Words for outcomes that have a reason of their own, apart from checks; their numbers are their places, from 1.
_UNKNOWN, _OTHER_KEY, _LONG, _UNANSWERED, _ARGUMENTS = range(1, 6)


class _Compiled(NamedTuple):
    number: int
    outcome: RowOutcome
    says: str
    rule: str
    formats: tuple[str, ...]
    places: Condition


class Judge:
    """A target with its checks compiled; ``max_length`` is the length that the user trains with, in tokens.

    ``agreed`` says that no other target wants tool arguments in another form, so that theirs may be changed.
    """

    def __init__(self, target: Target, max_length: int | None = None, *, agreed: bool = True) -> None:
        self.target = target
        self._form = target.arguments if agreed else ""
        self.limit = _limit(target, max_length)
        self.reasons = reasons_of(target, max_length)
        first = len(self.reasons) - len(target.checks) + 1
        self._checks = [
            _Compiled(first + index, check.outcome, check.says, check.rule, check.formats, condition(check, target))
            for index, check in enumerate(target.checks)
        ]
        self.needs_texts = any(check.words or check.tags for check in target.checks)

    def treat(
        self, value: dict[str, Any], turns: Sequence[Turn] = (), renderings: Sequence[Rendering] = ()
    ) -> Treatment:
        """Return what the target does with a row; ``turns`` are its ``(role, text, path, side)``.

        ``renderings`` are what a model makes of it, empty without a model: then nothing is said of its length.
        """
        row = CheckedRow(value, turns, format_of(self.target, value))
        faults = [*self._of_keys(row), *self._of_checks(row)]
        if row.format is not None:
            faults += self._of_arguments(row)
        faults += self._of_length(renderings)
        ignored = tuple(self._ignored(row))
        return Treatment(self.target.name, tuple(faults), ignored)

    def _fault(self, number: int, path: str | None, what: str = "") -> Fault:
        outcome, says = self.reasons[number - 1]
        return Fault(outcome, number, says, path, what)

    def _of_keys(self, row: CheckedRow) -> Iterator[Fault]:
        if row.format is None:
            if self.target.unknown != "accepts":
                yield self._fault(_UNKNOWN, None)
        elif self.target.other_keys != "ignores":
            known = {*row.format.keys, *row.format.optional}
            for key in islice((key for key in row.value if key not in known), _MOST):
                yield self._fault(_OTHER_KEY, json_path((key,)), f'"{excerpt(key, 40)}"')

    def _of_checks(self, row: CheckedRow) -> Iterator[Fault]:
        name = "" if row.format is None else row.format.name
        seen: set[str | None] = set()
        for check in self._checks:
            if check.formats and name not in check.formats:
                continue
            for path, what in islice(check.places(row), _MOST):
                # What is wrong with one value is said once: a value of a wrong type breaks many conditions.
                if check.rule or path not in seen:
                    seen |= set() if check.rule else {path}
                    yield Fault(check.outcome, check.number, check.says, path, what, check.rule)

    def _of_arguments(self, row: CheckedRow) -> Iterator[Fault]:
        wanted = self.target.arguments
        if wanted not in ("string", "object"):
            return
        for path, message in messages(row):
            calls = message.get("tool_calls")
            for index, call in enumerate(calls if isinstance(calls, list) else ()):
                function = call.get("function") if isinstance(call, dict) else None
                if isinstance(function, dict) and _has_other_form(function.get("arguments"), wanted):
                    fault = self._fault(_ARGUMENTS, f"{path}.tool_calls[{index}].function.arguments")
                    yield fault._replace(form=self._form)

    def _of_length(self, renderings: Sequence[Rendering]) -> Iterator[Fault]:
        for rendering in renderings:
            cut = rendering.cut_at(self.limit)
            if cut:
                number = _UNANSWERED if cut == "prompt" else _LONG
                yield self._fault(number, rendering.path, f"{rendering.tokens:,}")

    def _ignored(self, row: CheckedRow) -> Iterator[Ignored]:
        name = "" if row.format is None else row.format.name
        for each in self.target.ignores if row.format is not None else ():
            if each.formats and name not in each.formats:
                continue
            owners = [("$", row.value)] if each.within == "row" else messages(row)
            for path, owner in owners:
                if each.key in owner and not _is_one_of(owner[each.key], each.unless):
                    yield Ignored(each.key, json_path((each.key,), path), each.says)
                    break


def format_of(target: Target, value: Mapping[str, Any]) -> Format | None:
    """Return the format of a row: the first whose keys are all there with a value; None for none."""
    for each in target.formats:
        if all(value.get(key) is not None for key in each.keys) and not any(key in value for key in each.without):
            return each
    return None


def reasons_of(target: Target, max_length: int | None = None) -> tuple[tuple[RowOutcome, str], ...]:
    """Return every reason that a target has, with the outcome; the number of a reason is its place, from 1."""
    names = ", ".join(dict.fromkeys(each.name for each in target.formats))
    limit = _limit(target, max_length)
    longer = "too long" if limit is None else f"longer than {limit:,} tokens"
    form = "text" if target.arguments == "string" else "an object"
    # A target that accepts has no such rows, and the reason keeps its number.
    unknown: RowOutcome = "alters" if target.unknown == "accepts" else target.unknown
    other: RowOutcome = "alters" if target.other_keys == "ignores" else target.other_keys
    return (
        (unknown, f"it has none of the formats {names}"),
        (other, "a key that it does not know"),
        (target.length.outcome, longer),
        (target.length.unanswered, f"{longer}, with no answer left"),
        (target.arguments_outcome, f"tool arguments that are not {form}"),
        *((check.outcome, check.says) for check in target.checks),
    )


def _limit(target: Target, max_length: int | None) -> int | None:
    """Return the tokens that a target reads: its own limit, or the length that the user sets where it can be set."""
    own = target.length.tokens
    if max_length is None or own is None:
        return own or max_length
    return max_length if target.length.option else min(own, max_length)


def _has_other_form(arguments: Any, wanted: str) -> bool:
    """Return whether arguments have a form that can be changed into the wanted one, and is not that."""
    if wanted == "string":
        return isinstance(arguments, dict)
    if not isinstance(arguments, str):
        return False
    try:
        return isinstance(json.loads(arguments), dict)
    except (ValueError, RecursionError):
        return False  # what is no JSON is another rule's to report


def _is_one_of(value: Any, values: Sequence[Any]) -> bool:
    return value is None or any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in values)
