"""Several short clues under numbered names, and the solution that they have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import CLASS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.choices.series import series_of
from datalint.support.names.column_names import Strength, strength

#: Clues at least and at most.
_CLUES: Final = range(3, 11)
#: Share of the rows whose solution is one of the clues, so that these are options.
_SOME: Final = 0.2
#: Meanings whose names are not those of clues.
_OTHERS: Final = ("response", "written", "category", "group", "about", "test", "remark")


def clues(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about short texts of one name but for a number, and their solution; None for other rows.

    It is clear if no other text is left.
    """
    if len(rows) < LEAST_ROWS:
        return None
    series = [named for name, named in series_of(columns, (Holds.TEXT,), least=_CLUES.start) if _may_be_clues(name)]
    solutions = [each for each in columns if strength(each.key, "response") is Strength.WHOLE and _is_solution(each)]
    if len(series) != 1 or len(solutions) != 1 or len(series[0]) not in _CLUES:
        return None
    given, solution = [*series[0].values()], solutions[0]
    if not all(each.short and each.distinct >= VARIED and can_be_typed(each.key) for each in given):
        return None
    chosen = sum(any(row.get(each.key) == row.get(solution.key) for each in given) for row in rows)
    if chosen > _SOME * len(rows):
        return None
    rest = [each for each in columns if each not in given and each is not solution and not is_about(each)]
    clear = not any(each.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.CHAT) for each in rest)
    found = {"prompt": JOIN.join(each.key for each in given), "response": solution.key}
    return Guess.of(found, clear=clear, basis="names")


def _may_be_clues(name: str) -> bool:
    sorts = any(strength(name, each) >= Strength.HEAD for each in _OTHERS) or has_word(name, CLASS)
    return not sorts and not names_people(name)


def _is_solution(column: SampledColumn) -> bool:
    return column.holds is Holds.TEXT and column.short and column.distinct >= VARIED
