"""Questions and answers with what is said of the answer: a critic learns that, and reads the answer, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import present_keys
from datalint.support.feedback_keys import is_feedback

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of a prompt and its response.
SHAPES: Final = frozenset(
    ("question-answer", "prompt-completion", "alpaca", "problem-solution", "prompt-answer", "request-response")
)
#: Share of the rows that have a text that is said of the answer, and share of the texts that judge it.
_NEARLY_ALL: Final = 0.9
_JUDGING: Final = 0.4
#: What texts say of an answer.
_SAYS: Final = re.compile(
    r"(?i)\b(?:answers?|responses?|solutions?|outputs?|repl(?:y|ies)|correct|incorrect|wrong|mistakes?|errors?|accurate"
    r"|inaccurate|should (?:be|have|not)|misses|lacks|fails)\b|答案|回答|错误|正确|回复|ответ|réponse|respuesta|antwort"
)
#: Characters of a text that are looked at.
_LOOKED_AT: Final = 1_000
#: Words of the names of options, and of an answer that was written again.
_OTHERS: Final = frozenset(
    """choices choice options option chosen rejected revised revision refined improved corrected correction rewritten
    final gold golden reference""".split()
)


def may_criticize(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a known shape may have what is said of its answer under another key."""
    return known.name in SHAPES and known.fields is not None and any(map(is_feedback, row))


def criticized(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that the answer is read, and what is said of it is learned; None if that is not sure.

    Nearly all rows have such a text, which many judge by the words that they use. None if there are options to answer
    with, of which the right one may be explained, or an answer that was written again.
    """
    from datalint.shapes.guess import JOIN, Guess, can_be_typed
    from datalint.shapes.sampled import LEAST_ROWS, LONG, Holds, columns_of
    from datalint.support.column_names import fold_name

    if len(rows) < LEAST_ROWS or known.fields is None:
        return None
    fields = known.fields(present_keys(rows[0]))
    sides = {part: [field.key for field in fields if field.part == part] for part in ("system", "prompt", "context")}
    answers = [field.key for field in fields if field.part == "response"]
    columns = columns_of(rows)
    said = [each for each in columns if is_feedback(each.key) and each.key not in {field.key for field in fields}]
    said = [each for each in said if each.holds is Holds.TEXT and each.length > LONG and each.distinct > 1 / 2]
    left = {each.key for each in columns} - {field.key for field in fields}
    if len(said) != 1 or len(answers) != 1 or len(sides["prompt"]) != 1:
        return None
    if any(not _OTHERS.isdisjoint(fold_name(key)) for key in (*left, *sides["context"])):
        return None
    texts = [text for row in rows if isinstance(text := row.get(said[0].key), str) and text.strip()]
    judging = sum(_SAYS.search(text[:_LOOKED_AT]) is not None for text in texts)
    if len(texts) < _NEARLY_ALL * len(rows) or judging < _JUDGING * len(texts):
        return None
    read = [*sides["context"], *answers]
    if not all(map(can_be_typed, (*read, *sides["prompt"], said[0].key))):
        return None
    system = {"system": sides["system"][0]} if len(sides["system"]) == 1 else {}
    found = system | {"prompt": sides["prompt"][0], "context": JOIN.join(read), "response": said[0].key}
    guess = Guess.of(found, clear=True, basis="names")
    return guess._replace(keys=frozenset(key for row in rows for key in row), over=frozenset((known.name,)))
