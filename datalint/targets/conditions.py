"""The conditions of a target's checks, as functions that yield where a row does not meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.privacy.json_paths import json_path
from datalint.records.places import listed
from datalint.support.named_tuple import NamedTuple
from datalint.targets.load import compiled_schema
from datalint.targets.spec import END, START, Check, Format, Target

Turn = tuple[str, str, str, str]
#: A place in a row, and what is there.
Place = tuple[str | None, str]
Condition = Callable[["CheckedRow"], Iterator[Place]]

#: Places that one check reports of a row.
_MOST: Final = 3
_LONGEST: Final = 40


class CheckedRow(NamedTuple):
    """A row as conditions see it: the record, its turns as ``(role, text, path, side)``, and its format."""

    value: dict[str, Any]
    turns: Sequence[Turn]
    format: Format | None


def condition(check: Check, target: Target) -> Condition:
    """Return the function of a check."""
    if check.row:
        return _of_row(check.row)
    if check.message:
        return _of_messages(check)
    if check.order:
        return _of_order(check, target)
    if check.words:
        return _of_words(check.words, check.roles)
    if check.whole:
        return _of_numbers(check.whole)
    if check.parts:
        return _of_parts(check.parts)
    return _of_tags(check.tags) if check.tags else _of_results(target.role)


def find(value: Any, path: str) -> Any:
    """Return the value at a dotted path of keys, None where there is none."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def messages(row: CheckedRow) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``(JSON path, message)`` for each object in the lists of turns of a row's format."""
    for path in () if row.format is None else row.format.messages:
        turns = find(row.value, path)
        for index, turn in enumerate(turns if isinstance(turns, list) else ()):
            if isinstance(turn, dict):
                yield f"$.{path}[{index}]", turn


def _of_row(text: str) -> Condition:
    validator = compiled_schema(text)

    def places(row: CheckedRow) -> Iterator[Place]:
        yield from _violations(validator, row.value, "$")

    return places


def _of_messages(check: Check) -> Condition:
    validator = compiled_schema(check.message)
    wanted = {"all": slice(None), "last": slice(-1, None), "others": slice(-1)}[check.turns]

    def places(row: CheckedRow) -> Iterator[Place]:
        for path, message in list(messages(row))[wanted]:
            yield from _violations(validator, message, path)

    return places


def _of_numbers(keys: Sequence[str]) -> Condition:
    def places(row: CheckedRow) -> Iterator[Place]:
        for path, message in messages(row):
            for key in keys:
                if isinstance(message.get(key), float):
                    yield json_path((key,), path), f"it is {message[key]!r}"

    return places


def _violations(validator: Any, value: Any, path: str) -> Iterator[Place]:
    try:
        if validator.is_valid(value):
            return
        error = next(iter(validator.iter_errors(value)))
        place: Sequence[Any] = error.instance_path
        found = error.instance
    except (ValueError, RecursionError, StopIteration):
        # Half surrogates and numbers of very many digits, which no JSON of a target has.
        yield path, ""
        return
    yield json_path(place, path), f"it is {excerpt(repr(found), _LONGEST)}" if isinstance(found, str) else ""


def _of_order(check: Check, target: Target) -> Condition:
    known = {role for role in check.order if role != START}

    def places(row: CheckedRow) -> Iterator[Place]:
        path = "" if row.format is None else row.format.conversation
        turns = find(row.value, path) if path else None
        if not isinstance(turns, list) or not turns:
            return
        given = [turn.get(target.role) if isinstance(turn, dict) else None for turn in turns]
        roles = [target.aliases.get(role, role) for role in given if isinstance(role, str)]
        if len(roles) < len(given) or not known.issuperset(roles):
            return  # what roles there are is for another check to say
        yield from islice(_misplaced(check.order, roles, f"$.{path}"), 1)

    return places


def _misplaced(order: Mapping[str, Sequence[str]], roles: Sequence[str], path: str) -> Iterator[Place]:
    for index, (before, after) in enumerate(pairwise((START, *roles, END))):
        if after in order.get(before, ()):
            continue
        if before == START:
            yield f"{path}[0]", f"it begins with {_turn(after)}"
        elif after == END:
            yield f"{path}[{index - 1}]", f"it ends with {_turn(before)}"
        else:
            yield f"{path}[{index}]", f"{_turn(after)} follows {_turn(before)}"


def _turn(role: str) -> str:
    return f"{'an' if role[:1] in 'aeio' else 'a'} {role} turn"


def _of_words(words: Sequence[str], roles: Sequence[str]) -> Condition:
    def places(row: CheckedRow) -> Iterator[Place]:
        for role, text, path, _ in row.turns:
            if roles and role not in roles:
                continue
            if found := [word.strip() for word in words if word in text]:
                yield path, listed(found, len(found), _MOST)

    return places


def _of_tags(tags: Mapping[str, str]) -> Condition:
    def places(row: CheckedRow) -> Iterator[Place]:
        if all(row.value.get(key) is None for key in tags.values()):
            return  # rows without media are for models that read the marks as text
        for tag, key in tags.items():
            files = row.value.get(key)
            # Trainers take the length of a path for the number of files.
            count = len(files) if isinstance(files, list) else 0 if files is None else 1
            marks = sum(text.count(tag) for _, text, _, _ in row.turns)
            if marks != count:
                yield f"$.{key}" if key in row.value else None, f"{marks:,} of {tag} and {count:,} of {key}"

    return places


def _of_parts(most: Mapping[str, int]) -> Condition:
    def places(row: CheckedRow) -> Iterator[Place]:
        for kind, limit in most.items():
            count, last = 0, None
            for path, message in messages(row):
                parts = message.get("content")
                mine = sum(
                    isinstance(part, dict) and (part.get("type") == kind or kind in part)
                    for part in (parts if isinstance(parts, list) else ())
                )
                count, last = count + mine, path if mine else last
            if count > limit:
                yield last, f"it has {count:,}"

    return places


def _of_results(role: str) -> Condition:
    def places(row: CheckedRow) -> Iterator[Place]:
        path = "" if row.format is None else row.format.conversation
        turns = find(row.value, path) if path else None
        yield from islice(_uncounted(turns if isinstance(turns, list) else (), role, f"$.{path}"), 1)

    return places


def _uncounted(turns: Iterable[Any], role: str, path: str) -> Iterator[Place]:
    calls = results = 0
    for index, turn in enumerate(turns):
        if not isinstance(turn, dict):
            continue
        if turn.get(role) == "tool":
            results += 1
        elif turn.get(role) == "assistant":
            if calls != results:
                yield f"{path}[{index}]", f"{calls:,} calls have {results:,} results"
            given = turn.get("tool_calls")
            calls, results = len(given) if isinstance(given, list) else 0, 0
