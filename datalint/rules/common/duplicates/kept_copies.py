"""Copies that differ in something that is not read, which may be a reason to keep them: one hit for each reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Dataset, Hit, Severity, excerpt, listed, others
from datalint.rules.common.keys.typed_keys import columns_option, typed_key

#: Differing keys that a message names.
MOST_KEYS: Final = 3
_VARIED: Final = "each prompt has one row for each value, as results of an experiment do"
#: What it means that a key differs: the number of a run, and a label.
_RUN: Final = "each text was judged several times, so that one row of each is enough to train on"
_LABEL: Final = "one text has several labels, or was judged in two ways; if the model should predict it, name it with"
_PART: Final = (
    "it is a part of the text, or its place, so that they are no copies; if the model should see it, name it with"
)


def of_kept(elsewhere: list[int], asked: list[int], tried: list[int], varied: Sequence[str]) -> Iterator[Hit]:
    """Yield a hit for each reason to keep copies, at the first of them."""
    yield from kept_together(
        elsewhere,
        "the texts of another one, and only the position of the words differs: keep them if the model sees the position",
        "places",
    )
    yield from kept_together(
        asked,
        "the prompt of another one, and only the id differs: keep them if answers in another file name it",
        "asked",
    )
    names = listed((f"'{excerpt(name, 30)}'" for name in varied), len(varied), MOST_KEYS)
    yield from kept_together(
        tried,
        f"the texts of another one, but {names} {'differs' if len(varied) == 1 else 'differ'}: {_VARIED}",
        "varied",
    )


def of_conflicting_keys(by_key: dict[str, list[int]]) -> Iterator[Hit]:
    """Yield a hit for each key that differs in copies, and in rows with one prompt and other answers."""
    for key, (first, *more) in by_key.items():
        rows, name = _repeating(len(more) + 1), excerpt(key, 30)
        yield Hit(
            f"{rows} the texts of another one, but '{name}' differs: if the answer depends on it, name it with "
            + columns_option(f"prompt=KEY,context={typed_key(key)},response=KEY"),
            at=first,
            related=tuple((row, None) for row in more),
            fixable=False,
        )


def of_other_values(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for each key that nearly all copies differ in."""
    for values in data.other_values:
        name = excerpt(values.key, 30)
        key = typed_key(values.key)
        means = _RUN if values.is_run else f"{_LABEL} {columns_option(f'prompt=KEY,response={key}')}"
        if values.is_part:
            means = f"{_PART} {columns_option(f'prompt=KEY,context={key},response=KEY')}"
        yield from kept_together(
            values.rows, f"the texts of another one, but '{name}' differs: {means}", f"values {name}"
        )


def kept_together(rows: Sequence[int], what: str, key: str) -> Iterator[Hit]:
    """Yield a note on rows that repeat others and are kept by a fix."""
    if rows:
        first, *more = sorted(rows)
        yield Hit(
            f"{_repeating(len(rows))} {what}",
            at=first,
            related=others(more),
            severity=Severity.INFO,
            key=key,
            fixable=False,
        )


def _repeating(count: int) -> str:
    return f"{count:,} {'row repeats' if count == 1 else 'rows repeat'}"
