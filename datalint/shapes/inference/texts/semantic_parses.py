"""Requests and their parses in brackets, with named intents and slots, as TOP and MTOP have them.

In round brackets, a parse may be one of grammar as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess

#: The beginning of a parse, and the parts of it that are no words of the request.
_PARSE: Final = re.compile(r"\s{0,9}\[(?:IN|SL):[A-Z_]{1,80}\s")
_BRACKETS: Final = re.compile(r"\[(?:IN|SL):\S{1,80}|\]")
#: The same with round brackets, whose names stand in capitals: ``(ORDER two (SIZE large ) pizzas )``.
_ROUND_PARSE: Final = re.compile(r"\s{0,9}\([A-Z][A-Z_]{1,80}\s.{0,500}\([A-Z][A-Z_]{1,80}\s", re.DOTALL)
_ROUND_BRACKETS: Final = re.compile(r"\([A-Z_]{2,80}(?=\s)|\)")
#: Rows that are compared, the share of them that must agree, and characters that are looked at.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9
_CHARS: Final = 2_000


def semantic_parses(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a request and its parse, which is learned; None for other rows.

    The words of the parse are those of the request. Of copies of it, such as one whose words are set apart, the first
    one is read. If requests are in two languages, each with its parse, the first pair is proposed.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(rows) < LEAST_ROWS:
        return None
    parses = [each for each in texts if _are_parses(rows, each.key, _PARSE)]
    if not parses:
        return _of_only_request(texts, columns, rows)
    for parse in parses:
        requests = [each for each in texts if each not in parses and _have_words(rows, parse.key, each.key, _BRACKETS)]
        if requests:
            found = {"prompt": requests[0].key, "response": parse.key}
            return Guess.of(found, clear=len(parses) == 1, basis="values")
    return None


def _of_only_request(
    texts: Sequence[SampledColumn], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal for the only request and its only parse in round brackets, next to no class of the request.

    A parse of grammar is a help to sort a sentence.
    """
    parses = [each for each in texts if _are_parses(rows, each.key, _ROUND_PARSE)]
    requests = [each for each in texts if each not in parses]
    if not len(parses) == len(requests) == 1 or any(map(is_class, columns)):
        return None
    request, parse = requests[0].key, parses[0].key
    learned = _have_words(rows, parse, request, _ROUND_BRACKETS)
    return Guess.of({"prompt": request, "response": parse}, basis="values") if learned else None


def _are_parses(rows: Sequence[Mapping[str, Any]], key: str, begin: re.Pattern[str]) -> bool:
    values = [row.get(key) for row in rows[:_ROWS]]
    return sum(isinstance(each, str) and begin.match(each) is not None for each in values) >= _NEARLY_ALL * len(values)


def _have_words(rows: Sequence[Mapping[str, Any]], parse: str, text: str, brackets: re.Pattern[str]) -> bool:
    """Whether nearly all texts have the words of their parses, of which some have words."""
    pairs = [(_words(brackets.sub(" ", str(row.get(parse))[:_CHARS])), row.get(text)) for row in rows[:_ROWS]]
    pairs = [(words, value) for words, value in pairs if words]
    found = sum(isinstance(value, str) and words <= _words(value[:_CHARS]) for words, value in pairs)
    return bool(pairs) and found >= _NEARLY_ALL * len(pairs)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
