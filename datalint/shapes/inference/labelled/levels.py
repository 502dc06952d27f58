"""Inference of a text and a level of it, such as its severity, or of its classes on several levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_few
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name
from datalint.support.names.decided_names import names_level

#: Last words of the names of what may be learned of a text, or be said of a row.
_LEVELS: Final = (("complexity",), ("difficulty",), ("level",), ("rating",), ("score",), ("rank",))
#: The name of what an essay is graded by, in numbers.
_SCORE: Final = ("score",)
#: The name of the class of a text on one of several levels.
_NUMBERED: Final = re.compile(
    r"(?i)(?:(?:label|class|category|topic|intent)[ _-]?)?(?:level|lvl)[ _-]?\d|(?:label|category)[ _-]?l\d"
    r"|level[ _-]?\d[ _-]?(?:label|class|category|topic)"
)
_SEVERAL: Final = 2


def on_levels(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a text and its classes on several levels (``Level 1``, ``label_l2``).

    The last one may be meant alone.
    """
    classes = [each for each in columns if each.holds is Holds.LABEL and _NUMBERED.fullmatch(each.key.strip())]
    texts = [each for each in free if each not in classes]
    if len(classes) < _SEVERAL or len(texts) != 1 or rows < LEAST_ROWS:
        return None
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(each.key for each in classes)})


def with_level(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and a level of it, with nothing else but facts about the row.

    A level says what it is of: ``risk_level`` is learned, ``difficulty_level`` may sort the rows.
    """
    levels = [each for each in columns if each.holds is Holds.LABEL and fold_name(each.key)[-1:] in _LEVELS]
    levels = levels or [each for each in columns if fold_name(each.key) == _SCORE and is_few(each)]
    texts = [each for each in free if each not in levels]
    others = [each for each in columns if each not in (*levels, *texts) and each.holds not in FACTS]
    if not len(levels) == len(texts) == 1 or any(not is_about(each) for each in others) or rows < LEAST_ROWS:
        return None
    level = levels[0]
    words = fold_name(level.key)
    clear = names_level(words) and texts[0].distinct >= VARIED and texts[0].length > LONG
    if not clear and len(columns) > 2 and words != _SCORE:
        return None
    found = {"prompt": texts[0].key, "response": level.key, "category": level.key}
    return Guess.of(found, clear=clear, basis="names")
