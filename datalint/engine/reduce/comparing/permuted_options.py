"""Questions with options: which option an answer names, however the options are ordered and marked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.records.options import MARKS, marked_options
from datalint.support.named_tuple import NamedTuple

#: An answer that is a mark, perhaps with the option after it.
_ANSWER: Final = r"[(\[]?([A-Ha-h]|\d)[)\].:]*(?:\s+(\S.*))?"
#: A list of texts in quotation marks, as Python and JSON write it, and each of them.
_QUOTED: Final = r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)\""""
_LIST: Final = rf"[ \t]*\[\s*(?:{_QUOTED})(?:\s*,\s*(?:{_QUOTED}))*\s*\][ \t]*"
#: An object of options by their letters at the end of a prompt, as Python and JSON write it, and each of them.
_LETTERED: Final = rf"""['"]([A-H])['"]\s*:\s*(?:{_QUOTED})"""
_OBJECT: Final = rf"\{{\s*{_LETTERED}(?:\s*,\s*{_LETTERED})*\s*\}}"
#: A text in quotation marks.
_QUOTE: Final = r"\"[^\"]{1,200}\""
#: Options of a question at least, its characters and those of an answer at most.
LEAST: Final = 3
_MOST_CHARS: Final = 4_000
MOST_ANSWER: Final = 200


class Choice(NamedTuple):
    """A question without its options, its options in an order that does not depend on the row, and the right one."""

    question: str
    options: tuple[str, ...]
    chosen: str


def choice_in(prompt: str, answer: str) -> Choice | None:
    """Return the question, the options that the prompt marks with letters, and the one that an answer names; or None.

    Options are ``A. …``, ``(a) …``, an object: ``{"A": …}``, ``{"label": ["A", …], "text": […]}``, or one for each
    option: ``{"label": "A", "text": …}``, or stand at the end, as a list: ``['…', '…', '…']``, or ``{'A': '…'}``. Of a
    long prompt, the end is read.
    """
    prompt = prompt[-_MOST_CHARS:]
    if not 0 < len(answer.strip()) <= MOST_ANSWER:
        return None
    found = _marked(prompt) or _in_json(prompt) or _in_list(prompt) or _at_end(prompt)
    if found is None:
        return None
    question, options = found
    mark = re.fullmatch(_ANSWER, answer.strip())
    chosen = options.get(mark[1].upper()) if mark is not None else None
    if chosen is None:
        chosen = next((each for each in options.values() if each == plain(answer)), None)
    return None if chosen is None else Choice(question, tuple(sorted(options.values())), chosen)


def choose_others(one: Choice | None, other: Choice | None) -> bool:
    """Return whether two answers name different options, or the same one for questions about other words in quotes.

    Different ones are one that both questions have, or of options that have nothing in common.
    """
    if one is None or other is None:
        return False
    if one.chosen == other.chosen:
        return _quote_others(one.question, other.question)
    if one.chosen in other.options or other.chosen in one.options:
        return True
    mine, theirs = (set(re.findall(r"\w+", each.chosen)) for each in (one, other))
    return set(one.options).isdisjoint(other.options) and mine.isdisjoint(theirs)


def _quote_others(one: str, other: str) -> bool:
    """Return whether two questions are the same but for texts in quotation marks without a word in common."""
    if '"' not in one or '"' not in other or re.sub(_QUOTE, '""', one) != re.sub(_QUOTE, '""', other):
        return False
    pairs = zip(re.findall(_QUOTE, one), re.findall(_QUOTE, other), strict=False)
    return any(set(re.findall(r"\w+", mine)).isdisjoint(re.findall(r"\w+", theirs)) for mine, theirs in pairs)


def _marked(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options after their letters, which begin at A and are in their order."""
    found = marked_options(prompt)
    if found is None:
        return None
    return _checked(plain(found[0]), {letter: plain(text) for letter, text in found[1].items()})


def _in_json(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options of the line that is an object with letters, or of the objects of one each."""
    lines = prompt.split("\n")
    objects = {place: value for place, line in enumerate(lines) if (value := _object(line)) is not None}
    if not objects:
        return None
    place, value = next(iter(objects.items()))
    each = [_option(value) for value in objects.values()]
    if len(each) >= LEAST and None not in each:
        value = dict(filter(None, each))
        if len(value) < len(each):
            return None
    else:
        objects = {place: value}
        labels, texts = value.get("label"), value.get("text")
        if isinstance(labels, list) and isinstance(texts, list) and len(labels) == len(texts):
            value = dict(zip(map(str, labels), texts, strict=True))
    options = {key.upper(): plain(text) for key, text in value.items() if isinstance(text, str)}
    if len(options) != len(value) or not all(len(key) == 1 for key in options):
        return None
    return _checked(plain("\n".join(line for number, line in enumerate(lines) if number not in objects)), options)


def _in_list(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options of its last line, if that is a list of texts in quotation marks."""
    question, _, line = prompt.rstrip().rpartition("\n")
    if not line.endswith("]") or re.fullmatch(_LIST, line) is None:
        return None
    texts = [single or double for single, double in re.findall(_QUOTED, line)]
    options = list(map(plain, texts))
    if len(set(options)) < len(options):
        # In code, capitals decide.
        options = [" ".join(text.split()) for text in texts]
    return _checked(plain(question), dict(zip(MARKS, options, strict=False))) if len(texts) <= len(MARKS) else None


def _at_end(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a question and the options of the object that it ends with."""
    start = prompt.rfind("{")
    found = re.fullmatch(_OBJECT, prompt[start:].rstrip()) if start >= 0 else None
    if found is None:
        return None
    options = {letter: plain(single or double) for letter, single, double in re.findall(_LETTERED, found.group())}
    return _checked(plain(prompt[:start]), options)


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
    if len(options) < LEAST or len(set(options.values())) < len(options) or not all(options.values()):
        return None
    return (question, options) if question else None


def plain(text: str) -> str:
    """Return a text without capitals, and with one blank for several."""
    return " ".join(text.casefold().split())
