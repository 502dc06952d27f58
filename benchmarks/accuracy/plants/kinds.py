"""What a planted defect is: a rule, how plain the defect is, and the change that makes it in a real row.

*Obvious* defects are those that anybody would name, *subtle* ones are easily overlooked, and *near misses* look like
the defect and are none. A near miss that a rule reports is a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Preference, Row, Talk

Settings = Mapping[str, Any]


class Level(StrEnum):
    """How plain a defect is."""

    OBVIOUS = "obvious"
    SUBTLE = "subtle"
    NEAR = "near-miss"


@dataclass(frozen=True, slots=True)
class Given:
    """A dataset with or without a defect: what :func:`datalint.testing.run_rule` takes."""

    rows: Sequence[Row | str] = ()
    data: bytes | None = None
    name: str = "train.jsonl"
    files: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    evaluation: Sequence[Row] | None = None
    benchmark: Sequence[Row] | None = None
    config: Settings = field(default_factory=dict)
    options: Settings = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Plant:
    """One variant of a defect: where it is planted, and the change, which is None where the real row does not fit.

    Changed rows stand among real ones, and the rule is to report exactly these. Of a changed dataset, any finding
    counts.
    """

    rule: str
    level: Level
    name: str
    place: Callable[[Carriers, int, Callable[..., Any]], Any]
    change: Callable[..., Any]
    config: Settings = field(default_factory=dict)
    options: Settings = field(default_factory=dict)

    def make(self, rows: Carriers, number: int) -> Row | str | Given | None:
        """Return the row or dataset of this number with the defect."""
        made: Row | str | Given | None = self.place(rows, number, self.change)
        return made

    def before(self, rows: Carriers, number: int) -> Any:
        """Return what the defect is planted in."""
        return self.place(rows, number, lambda same: same)


#: Variants by name.
Changes = Mapping[str, Callable[..., Any]]
#: Puts a change into a real row: the rows, the number of the row, the change.
Place = Callable[[Carriers, int, Callable[..., Any]], Row | str | Given | None]


def plants(
    rule: str,
    place: Place,
    *,
    obvious: Changes,
    subtle: Changes,
    near: Changes,
    config: Settings | None = None,
    options: Settings | None = None,
) -> Iterator[Plant]:
    """Yield the variants of a rule whose changes are made in one place."""
    for level, changes in ((Level.OBVIOUS, obvious), (Level.SUBTLE, subtle), (Level.NEAR, near)):
        for name, change in changes.items():
            yield Plant(rule, level, name, place, change, config or {}, options or {})


def talk_of(rows: Carriers, number: int) -> Talk:
    """Return the conversation with this number."""
    return rows.talks[number % len(rows.talks)]


def answer(rows: Carriers, number: int, change: Callable[[str], str | None]) -> Row | None:
    """Change the text of the answer, in one shape after the other."""
    talk = talk_of(rows, number)
    text = change(talk.answer)
    return None if text is None else talk.with_answer(text).shaped(number)


def prompt(rows: Carriers, number: int, change: Callable[[str], str | None]) -> Row | None:
    """Change the text of the last prompt."""
    talk = talk_of(rows, number)
    text = change(talk.prompt)
    return None if text is None else talk.with_prompt(text).shaped(number)


def exchange(rows: Carriers, number: int, change: Callable[[Talk], Talk | None]) -> Row | None:
    """Change the conversation."""
    talk = change(talk_of(rows, number))
    return None if talk is None else talk.shaped(number)


def chat(rows: Carriers, number: int, change: Callable[[Row], Row | str | None]) -> Row | str | None:
    """Change the row as OpenAI writes it."""
    return change(talk_of(rows, number).chat())


def talk(rows: Carriers, number: int, change: Callable[[Talk], Row | str | None]) -> Row | str | None:
    """Make a row of a conversation."""
    return change(talk_of(rows, number))


def text(rows: Carriers, number: int, change: Callable[[str], str | None]) -> Row | None:
    """Change a plain text."""
    changed = change(rows.texts[number % len(rows.texts)][0])
    return None if changed is None else {"text": changed}


def call(rows: Carriers, number: int, change: Callable[[Row], Row | None]) -> Row | None:
    """Change a row with tool calls as OpenAI writes it."""
    return change(rows.call(number))


def preference(rows: Carriers, number: int, change: Callable[[Preference], Row | None]) -> Row | None:
    """Make a row of a preference."""
    return change(rows.preferences[number % len(rows.preferences)])


#: Rows of a dataset in which a defect of the whole is planted.
SIZE: Final = 120


def dataset(rows: Carriers, number: int, change: Callable[[list[Talk]], Given | None]) -> Given | None:
    """Make a dataset of real conversations without system prompts, each time of others."""
    start = number * SIZE
    return change([_unsystematic(talk_of(rows, start + each)) for each in range(SIZE)])


def english(rows: Carriers, number: int, change: Callable[[list[Talk]], Given | None]) -> Given | None:
    """Make a dataset of real exchanges in English prose."""
    fitting = [each for each in rows.talks if _is_english(each)]
    return change([_unsystematic(fitting[(number * SIZE + each) % len(fitting)]) for each in range(SIZE)])


def _unsystematic(given: Talk) -> Talk:
    return replace(given, turns=tuple(turn for turn in given.turns if turn[0] != "system"))


def _is_english(given: Talk) -> bool:
    words = given.prompt + given.answer
    return words.isascii() and " the " in given.answer and len(given.answer) > 120 and not set("`{}<>") & set(words)
