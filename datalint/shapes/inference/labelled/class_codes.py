"""Labels in two columns, a code and its name (``tech_id``, ``tech_name``), next to where the text stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import fold_name, last_word

#: Last words of the names of the code, and of the name, of one thing.
_CODES: Final = frozenset("id code number no num nr".split())
_NAMES: Final = frozenset("name title label".split())
#: Last words of the names of where a text stands, which is learned only where nothing else is.
_PLACES: Final = frozenset("section source part chapter page split subset".split())
#: What codes and their names hold, and the share of different ones that are of one row each, nearly all.
_SHORT: Final = (Holds.LABEL, Holds.TEXT, Holds.REFERENCE)
_REPEATED: Final = 0.9
#: Words of the names of what texts are by, or taken from.
_ORIGINS: Final = frozenset(
    """author user speaker writer customer client person company organisation organization file doc document article
    page book chapter section source site channel project repo paper report case law act bill statute regulation
    standard manual course series episode""".split()
)


def with_coded_name(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal to learn a name that has a code of its own instead of where a text stands; else ``guess``."""
    found = {} if guess is None else dict(guess.columns)
    label = found.get("response", "")
    if len(rows) < LEAST_ROWS or "prompt" not in found or last_word(label) not in _PLACES:
        return guess
    short = [each for each in columns if each.short and each.holds in _SHORT and each.distinct < _REPEATED]
    short = [each for each in short if each.key != label and not each.sparse]
    codes = {fold_name(each.key)[:-1]: each.key for each in short if last_word(each.key) in _CODES}
    names = {fold_name(each.key)[:-1]: each.key for each in short if last_word(each.key) in _NAMES}
    pairs = [(codes[stem], names[stem]) for stem in codes.keys() & names.keys() if _is_thing(stem)]
    pairs = [(code, name) for code, name in pairs if _are_one(rows, code, name)]
    if len(pairs) != 1:
        return guess
    return Guess.of({"prompt": found["prompt"], "response": pairs[0][1]})


def _is_thing(stem: tuple[str, ...]) -> bool:
    """Whether the words of a name are those of what may be said of a text, and of nothing that it is by or from."""
    key = "_".join(stem)
    said = not is_about(SampledColumn(key, Holds.LABEL)) and use_of(key) != "metadata"
    return bool(stem) and said and _ORIGINS.isdisjoint(stem)


def _are_one(rows: Sequence[Mapping[str, Any]], code: str, name: str) -> bool:
    """Whether each code has one name, and each name one code, and there are several."""
    pairs = {(str(row.get(code)), str(row.get(name))) for row in rows}
    return 1 < len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})
