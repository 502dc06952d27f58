"""Evaluation sets with a prompt and what is expected of its answer: labels to learn, or checks, which nobody learns.

Rows of such a file often differ in their keys, since each has the expectations that matter for it. All rows together
decide what the keys mean, and a key that few rows have changes the reading of none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import ROWS
from datalint.shapes.detect import Detector
from datalint.shapes.fields import fields_of
from datalint.shapes.side_keys import use_of
from datalint.support.text_lists import are_texts

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shapes of rows without an answer, that of rows with the calls of tools that are expected, if only some rows of a
#: file have any, and the meanings of what is read of them.
_SHAPES: Final = frozenset(("prompt-only", "text", "unknown"))
_CALLING: Final = "prompt-answer"
_READ: Final = ("system", "prompt", "context")
#: Parts of the names of keys with an expectation, so that few rows are looked at twice.
_PARTS: Final = (
    "expect", "must", "should", "gold", "true", "truth", "reject", "forbid", "assert", "check", "verif", "relevan",
    "evidence",
)  # fmt: skip
#: First words of the names of what is looked for in an answer: ``expect_grep``, ``reject_phrases``.
_SEARCHED: Final = (("expect",), ("reject",), ("rejects",))
#: The first word of the names of a label that is expected and of what is looked for, and the share of different labels.
_EXPECT: Final = ("expect",)
_SORTED: Final = 0.5
#: Names of what a grader goes by.
_GRADED: Final = (("judge",), ("grader",), ("contain",), ("contains",))
#: The least number of rows, the share of them that nearly all are, and that up to which a key is one of few rows.
_LEAST: Final = 2
_NEARLY_ALL: Final = 0.8
_FEW: Final = 0.2
#: Share of the rows up to which a label that they expect is one of so few that it changes nothing.
_RARE: Final = 0.1
#: Letters in which a misspelled key differs from the right one, and those of a key of which they make another one.
_SLIPS: Final = 2
_SHORT: Final = 5
#: Most keys of all rows, and characters of a key.
_MOST: Final = 64
_LONGEST: Final = 60
#: Mean characters from which on a text may be more than a label of the row.
_LONG: Final = 30


def by_expectations(rows: Iterator[dict[str, Any]], guess: Guess | None, detector: Detector) -> Guess | None:
    """Return the guess about prompts with expectations; None if an answer is read already, or the rows are others."""
    some = [row for row in islice(rows, ROWS) if row]
    keys = list(dict.fromkeys(key for row in some for key in row))
    if len(some) < _LEAST or len(keys) > _MOST or not any(map(may_expect, keys)):
        return None
    shapes = [detector.shape(row) for row in some]
    names = {shape.name for shape in shapes}
    asking = [shape for shape in shapes if shape.name in _SHAPES or (shape.name == _CALLING and "unknown" in names)]
    called = any(shape.name == _CALLING for shape in asking)
    if len(asking) < _NEARLY_ALL * len(some) or (guess is not None and guess.clear and not called):
        return None
    read = _read(some, shapes)
    answers = None if _are_slips(some, keys) else _answers(some, [key for key in keys if key not in read.values()])
    known = sum(shape.name not in ("unknown", _CALLING) for shape in shapes)
    if answers is None or "prompt" not in read or _says_nothing(some, guess, read, answers, known):
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    if not all(map(can_be_typed, (*read.values(), *answers))):
        return None
    found = read | ({"response": JOIN.join(answers)} if answers else {})
    return Guess.of(found, clear=True, basis="names").about(some, *(shape.name for shape in asking))


def _says_nothing(
    rows: Sequence[Mapping[str, Any]],
    guess: Guess | None,
    read: Mapping[str, str],
    answers: Sequence[str],
    known: int,
) -> bool:
    """Whether expectations add nothing to what ``known`` rows say, or other keys may be meant instead.

    ``guess`` is an unclear one about the rows, ``read`` has the keys that are read, and ``answers`` are those that are
    learned.
    """
    if not answers and known == len(rows):
        return True
    others = [key for key in dict.fromkeys(key for row in rows for key in row) if key not in read.values()]
    alone = guess is not None and {meaning: key for meaning, key in guess.columns if meaning != "category"} == read
    if 2 * known < len(rows) and not alone and any(_blocks(rows, key, answers) for key in others):
        return True
    return not (answers or known or any(_share(rows, key) >= _NEARLY_ALL and _is_check(rows, key) for key in others))


def _are_slips(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> bool:
    """Whether a few rows have a key that differs in a letter or two from one that these rows lack: a mistake."""
    from rapidfuzz.distance import OSA

    having = {key: {place for place, row in enumerate(rows) if key in row} for key in keys}
    few = [key for key in keys if len(having[key]) <= _FEW * len(rows) and len(key) > _SHORT]
    return any(
        having[key].isdisjoint(having[other]) and OSA.distance(key, other, score_cutoff=_SLIPS) <= _SLIPS
        for key in few
        for other in keys
        if other != key and len(having[other]) > _FEW * len(rows)
    )


def may_expect(key: str) -> bool:
    """Return whether the name of a key may be that of an expectation."""
    return len(key) <= _LONGEST and any(part in key.lower() for part in _PARTS)


def _read(rows: Sequence[Mapping[str, Any]], shapes: Sequence[Shape]) -> dict[str, str]:
    """Return the keys that are read by their meaning: those of the known shape that most rows have, or of a prompt."""
    from datalint.support.names.column_names import Strength, strength

    both = zip(rows, shapes, strict=True)
    named = [(row, shape) for row, shape in both if shape.fields is not None and shape.name != _CALLING]
    if 2 * len(named) >= len(rows):
        row, shape = named[0]
        found = {field.part: field.key for field in reversed(fields_of(shape, row))}
        # A text that something is expected of is asked, and not continued.
        found = {"prompt" if part == "text" else part: key for part, key in found.items()}
        return {part: key for part, key in found.items() if part in _READ}
    keys = [key for key in rows[0] if strength(key, "prompt") is Strength.WHOLE]
    keys = keys or [key for key in rows[0] if strength(key, "text") is Strength.WHOLE]
    asked = [key for key in keys if _share(rows, key, str) >= _NEARLY_ALL]
    return {"prompt": asked[0]} if len(asked) == 1 else {}


def _answers(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[str] | None:
    """Return the keys of the labels that are expected; none if there are checks alone, None if that is unclear.

    An answer as it is expected goes before labels. Objects other than calls of tools, and their arguments next to the
    name of the tool, are expected by programs.
    """
    from datalint.shapes.evidence.checking import describes
    from datalint.shapes.formats.prompt_answer import CALL_KEYS
    from datalint.support.names.column_names import Strength, strength

    named = [key for key in keys if _is_expected(key) or _is_label(rows, key)]
    if any(describes(key) for key in keys):
        return None  # what is described is judged by people
    written = [key for key in named if key in CALL_KEYS or _is_argument(key, named)]
    plain = [key for key in named if key in written or all(_is_plain(row.get(key)) for row in rows)]
    expected = [key for key in plain if _share(rows, key) > _RARE]
    whole = [key for key in expected if strength(key, "response") >= Strength.HEAD]
    if len(whole) == 1 and _share(rows, whole[0]) >= _NEARLY_ALL:
        return whole
    given = sum(any(_is_filled(row.get(key)) for key in expected) for row in rows)
    if given >= _NEARLY_ALL * len(rows) and len(whole) < 2:
        return expected
    any_expected = sum(any(_is_filled(row.get(key)) for key in named) for row in rows)
    return [] if any_expected <= _FEW * len(rows) else None


def _is_expected(key: str) -> bool:
    from datalint.shapes.evidence.checking import checks, is_right, limits, prescribes
    from datalint.support.names.column_names import fold_name

    if len(key) > _LONGEST or checks(key) or prescribes(key) or limits(key):
        return False
    return is_right(key) or fold_name(key) == ("expected",)


def _is_label(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether a key has a label that is expected, by its name and by values of which rows share most: ``expect_route``.

    Other values under such a name are searched for in the answer.
    """
    from datalint.shapes.evidence.checking import checks, limits
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    if len(key) > _LONGEST or len(words) < _LEAST or words[:1] != _EXPECT or checks(key) or limits(key):
        return False
    values = [value for row in rows if _is_filled(value := row.get(key))]
    labels = [value for value in values if isinstance(value, str) and len(value) < _LONG]
    return len(labels) == len(values) and 0 < len(set(labels)) <= _SORTED * len(values)


def _is_argument(key: str, keys: Sequence[str]) -> bool:
    """Whether a key has the arguments of a call, and another of ``keys`` the name of the tool: ``expected_args``."""
    from datalint.shapes.evidence.names import ARGUMENTS, CALLED, has_word

    return has_word(key, ARGUMENTS) and any(has_word(each, CALLED) for each in keys if each != key)


def _is_check(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    from datalint.shapes.evidence.checking import checks, finds, is_found
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    listed = len(words) > 1 or all(isinstance(row.get(key, []), list) for row in rows)
    if checks(key) or is_found(key, rows[0]) or words in _GRADED or (finds(key) and listed):
        return True
    return len(words) > 1 and words[:1] in _SEARCHED


def _blocks(rows: Sequence[Mapping[str, Any]], key: str, answers: Sequence[str]) -> bool:
    """Whether a key may be read or learned in addition to what is expected of the answer."""
    from datalint.shapes.evidence.names import REASONS, has_word

    if key in answers or _is_expected(key) or _is_check(rows, key) or _share(rows, key) <= _FEW:
        return False
    if answers and has_word(key, REASONS):
        return False
    values = [value for row in rows if _is_filled(value := row.get(key))]
    texts = [value for value in values if isinstance(value, str)]
    long = sum(map(len, texts)) > _LONG * len(texts)
    if use_of(key) == "metadata":
        return bool(texts) and long and not answers
    return long or len(texts) < len(values) or not answers


def _is_plain(value: object) -> bool:
    """Whether a value is a text, a number, a truth value, nothing, or a list of texts."""
    return value is None or isinstance(value, str | int | float) or value == [] or are_texts(value)


def _is_filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _share(rows: Sequence[Mapping[str, Any]], key: str, kind: type = object) -> float:
    return sum(_is_filled(value := row.get(key)) and isinstance(value, kind) for row in rows) / len(rows)
