"""Places in a text that its row states in characters, which an edit before them would move."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from datalint.records.spans import span_of
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import is_whole

#: Levels of lists and objects in which places are looked for.
_DEEPEST: Final = 6
#: Characters of a text that may hold a list of places.
_LONGEST: Final = 1 << 18
#: SQuAD's place of an answer, and the answer.
_START: Final = "answer_start"
_TEXT: Final = "text"
#: Names of numbers that say where something begins or ends: ``start``, ``char_end``, ``spanStart``, ``from``.
_PLACE: Final = lazy_pattern(
    r"(?:(?:^|[\W_])(?i:start|begin|end|stop|offset|from|to)|(?:Start|Begin|End|Stop|Offset|From|To))"
    r"(?i:s|[\W_]?(?:char|idx|index|offset|pos|position)s?)?$"
)
#: Names of a place next to the words that are there.
_POSITIONS: Final = frozenset(("pos", "position", "positions", "span", "offsets", "range", "indices"))
#: A text that is a list of numbers, as JSON, Python or NumPy write it, or of pairs: "[14, 15]", "['14 20']".
_NUMBERS: Final = lazy_pattern(r"""[\[(][\d\s,;:()\[\]'"]*[\])]""")
#: Places in a list or object that no parser reads, such as one with arrays of NumPy.
_NAMED: Final = lazy_pattern(r"""(?i)(?:start|begin|end|stop|offset)s?['"]?\s*[:=]\s*(?:array\()?[\[(]*([\d\s,]+)""")
#: The largest number of a list of flags, whose numbers are no places.
_FLAG: Final = 1
#: What a message says of a text that no fix repairs.
MOVES: Final = "; a repair would move the offsets of the labels after it"
_QUOTED: Final = "; a repair would leave what another key quotes of it"
#: Digits of a number that can be a place in a text.
_DIGITS: Final = 9


class StatedPlaces(NamedTuple):
    """The last character that the labelled spans and answers of a row reach, and those that numbers may mean.

    ``answers`` are the texts that stand at places of the row.
    """

    sure: int
    possible: frozenset[int]
    answers: frozenset[str] = frozenset()

    def last(self, text: str, *, answer: bool = False) -> int:
        """Return the last character of a text that the row states; 0 if it states none.

        Numbers beyond the text are no places in it. An answer has only such places: most are in the text before it.
        """
        stated = {*self.possible, self.sure} if answer else self.possible
        possible = max((each for each in stated if each <= len(text)), default=0)
        return possible if answer else max(self.sure, possible)


#: The record that was looked at last, and its places.
_latest: Final[list[tuple[Any, StatedPlaces]]] = [(None, StatedPlaces(0, frozenset()))]


def places_of(record: Any) -> StatedPlaces:
    """Return the places that a row states: in lists and objects, and in texts that hold one, as cells of tables do."""
    # A row may have thousands of turns, each of which asks.
    known, stated = _latest[0]
    if known is not record:
        answers: set[str] = set()
        found = list(_places(record, 0, answers))
        surely = max((at for at, sure in found if sure), default=0)
        stated = StatedPlaces(surely, frozenset(at for at, sure in found if not sure), frozenset(answers))
        _latest[0] = (record, stated)
    return stated


def moves_places(row: Mapping[str, Any], repaired: str | None) -> bool:
    """Return whether a repair changes a turn's text before a place that the row states, or an answer that stands there.

    Such an answer is a part of its passage, which would not have the new one.
    """
    text: str = row["text"]
    if repaired is None or repaired == text:
        return False
    stated = places_of(row["record"])
    last = stated.last(text, answer=is_answer(row))
    return repaired[:last] != text[:last] or (is_answer(row) and text in stated.answers)


def why_kept(row: Mapping[str, Any], repaired: str | None) -> str:
    """Return why a repair that is to keep the meaning does not change a turn's text; empty if it may."""
    return MOVES if moves_places(row, repaired) else _QUOTED if is_quoted(row, repaired) else ""


def is_quoted(row: Mapping[str, Any], repaired: str | None) -> bool:
    """Return whether a key that is not read quotes what a repair changes of a turn's text, as labelled spans do."""
    text: str = row["text"]
    if repaired is None or repaired == text:
        return False
    parts = (each for each in row["record"].values() if isinstance(each, str) and len(each) < len(text))
    quoted = [each for each in parts if each in text and each not in repaired]
    return bool(quoted) and not row["texts"].issuperset(quoted)


def are_other_places(one: object, other: object) -> bool:
    """Return whether two objects have the same words and differ in numbers that say where these are."""
    if not isinstance(one, dict) or not isinstance(other, dict) or one.keys() != other.keys():
        return False
    differing = [key for key in one if one[key] != other[key]]
    named = any(isinstance(item, str) and item for key, item in one.items() if key not in differing)
    return named and bool(differing) and all(names_place(str(key)) and _are_numbers(one[key]) for key in differing)


def names_place(key: str) -> bool:
    """Return whether a key is named as where something begins or ends in a text."""
    return key.lower() in _POSITIONS or _PLACE.search(key) is not None


def _are_numbers(value: object) -> bool:
    return is_whole(value) or (isinstance(value, list) and bool(value) and all(map(is_whole, value)))


def is_answer(row: Mapping[str, Any]) -> bool:
    """Return whether a turn is learned as an answer to a prompt, and not as a text."""
    return bool(row["is_response"]) and row["role"] != "text"


def _places(value: Any, depth: int, answers: set[str]) -> Iterator[tuple[int, bool]]:
    """Yield the places of a value, and whether they are surely such; add the ``answers`` that stand there."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from _in_text(value, depth, answers)
    elif isinstance(value, list | tuple):
        if value and all(map(is_whole, value)):
            yield from _numbered(value)
            return
        for item in value:
            span = span_of(list(item) if isinstance(item, tuple) else item)
            if span is not None:
                yield max(span.start, span.end), True
            yield from _places(item, depth + 1, answers)
    elif isinstance(value, dict):
        yield from _in_object(value, answers)
        for item in value.values():
            yield from _places(item, depth + 1, answers)


def _in_object(value: dict[Any, Any], answers: set[str]) -> Iterator[tuple[int, bool]]:
    starts, texts = value.get(_START), value.get(_TEXT)
    starts = starts if isinstance(starts, list) else [starts]
    texts = texts if isinstance(texts, list) else [texts]
    for at, text in zip(starts, texts, strict=False):
        if is_whole(at) and isinstance(text, str):
            answers.add(text)
            yield at + len(text), True
    numbers = [number for key, item in value.items() if _PLACE.search(str(key)) and (number := _number(item))]
    yield from ((number, False) for number in numbers)
    length = _number(value.get("length"))
    if length and numbers:
        yield max(numbers) + length, False


def _in_text(text: str, depth: int, answers: set[str]) -> Iterator[tuple[int, bool]]:
    text = text.strip() if len(text) <= _LONGEST else ""
    if text[:1] not in ("[", "(", "{") or text[-1:] not in ("]", ")", "}"):
        return
    if _NUMBERS.fullmatch(text):
        yield from _numbered(int(each) for each in re.findall(r"\d+", text) if len(each) <= _DIGITS)
        return
    value = _parsed(text)
    if value is not None:
        yield from _places(value, depth + 1, answers)
        return
    for found in _NAMED.finditer(text):
        yield from _numbered(int(each) for each in re.findall(r"\d+", found[1]) if len(each) <= _DIGITS)


def _parsed(text: str) -> Any:
    """Return the list or object that a text holds as JSON or as Python writes it; None if it holds none."""
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _numbered(numbers: Any) -> Iterator[tuple[int, bool]]:
    last = max(numbers, default=0)
    if last > _FLAG:
        yield last, False


def _number(value: object) -> int:
    """Return a number, which a cell may hold as digits; 0 for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DIGITS:
        return int(value)
    return value if is_whole(value) else 0
