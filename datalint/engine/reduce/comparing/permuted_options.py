"""Questions with options: which option an answer names, however the options are ordered and marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.records.analyses import Text
from datalint.shapes.formats import multiple_choice
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Texts = Callable[[Sequence[int]], list[Text]]
#: An option's mark, and an answer that is a mark, perhaps with the option after it.
_MARK: Final = r"(?:^|(?<=\s))[(\[]?([A-Ha-h])[).:\]]\s+"
_ANSWER: Final = r"[(\[]?([A-Ha-h]|\d)[)\].:]*(?:\s+(\S.*))?"
_LETTERS: Final = "ABCDEFGH"
#: Options of a question at least, its characters and those of an answer at most, and its characters at least.
_LEAST: Final = 3
_MOST_CHARS: Final = 4_000
_MOST_ANSWER: Final = 200
_FEWEST: Final = 20
#: Rows that are read, evenly spaced, to see whether a dataset has such questions, the share of them that shows it, and
#: rows that are read at most.
_SAMPLE: Final = 64
_SHARE: Final = 0.5
_MOST_ROWS: Final = 200_000
_AT_A_TIME: Final = 8_192


class Choice(NamedTuple):
    """A question without its options, its options in an order that does not depend on the row, and the right one."""

    question: str
    options: tuple[str, ...]
    chosen: str


class _Marks(NamedTuple):
    """How answers name one of the options that stand in a line each: the first number, and how many options."""

    first: int
    options: int


def choice_in(prompt: str, answer: str) -> Choice | None:
    """Return the question, the options that the prompt marks with letters, and the one that an answer names; or None.

    Options are ``A. …``, ``(a) …`` or an object: ``{"A": …}``, ``{"label": ["A", …], "text": […]}``, or one for each
    option: ``{"label": "A", "text": …}``. Of a long prompt, the end is read.
    """
    prompt = prompt[-_MOST_CHARS:]
    if not 0 < len(answer.strip()) <= _MOST_ANSWER:
        return None
    found = _marked(prompt) or _in_json(prompt)
    if found is None:
        return None
    question, options = found
    mark = re.fullmatch(_ANSWER, answer.strip())
    chosen = options.get(mark[1].upper()) if mark is not None else None
    if chosen is None:
        chosen = next((each for each in options.values() if each == _plain(answer)), None)
    return None if chosen is None else Choice(question, tuple(sorted(options.values())), chosen)


def choose_others(one: Choice | None, other: Choice | None) -> bool:
    """Return whether two answers name different options: one that both questions have, or of options that have nothing
    in common."""
    if one is None or other is None or one.chosen == other.chosen:
        return False
    if one.chosen in other.options or other.chosen in one.options:
        return True
    mine, theirs = (set(re.findall(r"\w+", each.chosen)) for each in (one, other))
    return set(one.options).isdisjoint(other.options) and mine.isdisjoint(theirs)


def choice_keys(examples: pl.DataFrame, keys: NDArray[np.uint64], texts: _Texts) -> NDArray[np.uint64]:
    """Return the keys of rows, the same for questions that differ in the order of their options alone.

    The answers name the same option. Only rows that may be such questions are read, and but for a sample none in
    datasets of which less than half are.
    """
    brief = pl.col("response_chars").is_between(1, _MOST_ANSWER) & ~pl.col("is_preference")
    asked = pl.col("prompt_chars").is_between(_FEWEST, _MOST_CHARS)
    is_listed = (examples["shape"] == multiple_choice.SHAPE.name).to_numpy()
    rows = np.flatnonzero(examples.select(brief & asked).to_series().to_numpy())
    if not 2 <= len(rows) <= _MOST_ROWS or 2 * len(rows) < len(keys):
        return keys
    some = rows[np.unique(np.linspace(0, len(rows) - 1, _SAMPLE).astype(np.int64))]
    marks = _marks_of([text.response for text in texts(some[is_listed[some]].tolist())])
    found = _choices(some, is_listed, marks, texts)
    if len(found) <= _SHARE * len(some):
        return keys
    identity = examples["identity"].to_numpy() ^ examples["system_hash"].to_numpy()
    first: dict[int, int] = {}
    changed = keys.copy()
    for start in range(0, len(rows), _AT_A_TIME):
        for row, choice in _choices(rows[start : start + _AT_A_TIME], is_listed, marks, texts).items():
            changed[row] = keys[first.setdefault(hash((choice, int(identity[row]))), row)]
    return changed


def _choices(
    rows: NDArray[np.int64], is_listed: NDArray[np.bool_], marks: _Marks | None, texts: _Texts
) -> dict[int, Choice]:
    found = {}
    for row, text in zip(rows.tolist(), texts(rows.tolist()), strict=True):
        choice = choice_in(text.prompt, text.response)
        if choice is None and is_listed[row]:
            choice = _listed(text, marks)
        if choice is not None:
            found[row] = choice
    return found


def _marked(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options after their letters, which begin at A and are in their order."""
    found = list(re.finditer(_MARK, prompt))
    begin = next((place for place in range(len(found) - 1, -1, -1) if found[place][1].upper() == "A"), None)
    if begin is None:
        return None
    options, end = {}, 0
    for letter, match, after in zip(_LETTERS, found[begin:], [*found[begin + 1 :], None], strict=False):
        if match[1].upper() != letter:
            break
        until = prompt.find("\n", match.end()) if after is None or after[1].upper() <= letter else after.start()
        end = len(prompt) if until < 0 else until
        options[letter] = _plain(prompt[match.end() : end])
    question = _plain(prompt[: found[begin].start()] + prompt[end:])
    return _checked(question, options)


def _in_json(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options of the line that is an object with letters, or of the objects of one each."""
    lines = prompt.split("\n")
    objects = {place: value for place, line in enumerate(lines) if (value := _object(line)) is not None}
    if not objects:
        return None
    place, value = next(iter(objects.items()))
    each = [_option(value) for value in objects.values()]
    if len(each) >= _LEAST and None not in each:
        value = dict(filter(None, each))
        if len(value) < len(each):
            return None
    else:
        objects = {place: value}
        labels, texts = value.get("label"), value.get("text")
        if isinstance(labels, list) and isinstance(texts, list) and len(labels) == len(texts):
            value = dict(zip(map(str, labels), texts, strict=True))
    options = {key.upper(): _plain(text) for key, text in value.items() if isinstance(text, str)}
    if len(options) != len(value) or not all(len(key) == 1 for key in options):
        return None
    return _checked(_plain("\n".join(line for number, line in enumerate(lines) if number not in objects)), options)


def _object(line: str) -> dict[str, Any] | None:
    if not (line.startswith('{"') and line.endswith("}")):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _option(value: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the letter and the text of an object that has nothing else, as in ``{"label": "A", "text": …}``."""
    values = [each for each in value.values() if isinstance(each, str)]
    if len(values) != 2 or len(value) != 2 or min(map(len, values)) != 1:
        return None
    letter, text = sorted(values, key=len)
    return letter, text


def _checked(question: str, options: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    if len(options) < _LEAST or len(set(options.values())) < len(options) or not all(options.values()):
        return None
    return (question, options) if question else None


def _listed(text: Text, marks: _Marks | None) -> Choice | None:
    """Return the choice of a question in one line and its options in a line each; the lines say it if they are one."""
    lines = [_plain(line) for line in text.prompt.split("\n")]
    if len(lines) <= _LEAST or len(set(lines)) < len(lines) or not all(lines):
        return None
    answer = _plain(text.response)
    if answer in lines:
        return Choice("", tuple(sorted(lines)), answer)
    if marks is None or len(lines) != marks.options + 1 or len(answer) != 1:
        return None
    at = _number(answer) - marks.first
    return Choice(lines[0], tuple(sorted(lines[1:])), lines[1 + at]) if 0 <= at < marks.options else None


def _marks_of(answers: Sequence[str]) -> _Marks | None:
    """Return how answers name options, if nearly all are one letter, or one number from 0 or 1 on."""
    numbers = [_number(answer) for each in answers if len(answer := _plain(each)) == 1]
    if len(numbers) < len(answers) or not numbers or min(numbers) < 0:
        return None
    first = 1 if min(numbers) == 1 and all(map(str.isdigit, map(_plain, answers))) else 0
    options = max(numbers) - first + 1
    return _Marks(first, options) if options >= _LEAST else None


def _number(mark: str) -> int:
    return int(mark) if mark.isascii() and mark.isdigit() else _LETTERS.find(mark.upper())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
