"""Notes on keys that the prompts list as parts of the answer, next to the one key that is learned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import present_keys
from datalint.shapes.sink import RESPONSE, Sink
from datalint.support.lazy_pattern import lazy_pattern

#: A key that a prompt can name, and characters of a prompt that are looked at.
_NAME: Final = lazy_pattern(r"[^\W\d]\w{2,40}")
_LOOKED_AT: Final = 20_000
#: What stands between two names of a list: signs, and a word such as "and".
_BETWEEN: Final = lazy_pattern(r"\W{0,12}(?:\w{1,3}\W{1,12})?")
#: Share of the rows whose prompt lists a key.
_NEARLY_ALL: Final = 0.9
#: Keys that a note names.
_NAMED: Final = 3


def requested_keys(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on unread keys that nearly all prompts list together with the key of the answer; else empty.

    An answer that names a key itself has the parts already.
    """
    if shape.name not in ANSWERED or len(first) > MOST_KEYS or not _listed(first, shape):
        return ""
    some = list(islice(rows, ROWS))
    counts = Counter(key for row in some for key in _listed(row, shape))
    found = [key for key, count in counts.items() if count >= max(LEAST, _NEARLY_ALL * len(some))]
    if not found:
        return ""
    *others, last = (f'"{excerpt(key, 40)}"' for key in found[:_NAMED])
    named = f"{', '.join(others)} and {last}" if others else last
    return f"the prompts ask for {named} with the answer, and these are not learned: write them into the response"


def _listed(row: Mapping[str, Any], shape: Shape) -> list[str]:
    """Return the unread keys of a row that its prompt lists together with the only key that is learned."""
    read = shape.turn_keys(present_keys(dict(row)))
    others = [key for key in row if key not in read and _NAME.fullmatch(key)]
    if not others:
        return []
    sink = Sink()
    sink.begin(0)
    shape.read(dict(row), sink)
    learned = {path.removeprefix("$.") for *_, path, flags, _ in sink.turns if flags & RESPONSE}
    answer = "".join(text for _, _, _, text, _, flags, _ in sink.turns if flags & RESPONSE)
    others = [key for key in others if key not in answer]
    if len(learned) != 1 or not learned <= row.keys() or not others:
        return []
    asked = "\n".join(text for _, _, _, text, _, flags, _ in sink.turns if not flags & RESPONSE)
    return _together(asked[:_LOOKED_AT], next(iter(learned)), others)


def _together(text: str, learned: str, others: Sequence[str]) -> list[str]:
    """Return those of some names that a text lists with the one that is learned, in the order of the text."""
    names = "|".join(map(re.escape, sorted((learned, *others), key=len, reverse=True)))
    runs: list[list[str]] = []
    end = -1
    for found in re.finditer(rf"(?<![A-Za-z0-9_])(?:{names})(?![A-Za-z0-9_])", text):
        if end >= 0 and _BETWEEN.fullmatch(text, end, found.start()) is not None:
            runs[-1].append(found[0])
        else:
            runs.append([found[0]])
        end = found.end()
    listed = (key for run in runs if learned in run for key in run if key != learned)
    return list(dict.fromkeys(listed))
