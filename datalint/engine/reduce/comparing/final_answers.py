r"""Final answers (`\boxed{…}`, `#### …`, formulas), which are compared by value: numbers and simple LaTeX."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import combinations, starmap
from typing import Final

from datalint.support.named_tuple import NamedTuple

#: Characters of a formula that are read, and the end of an answer where its final answer is.
_CHARS: Final = 100
_END: Final = 1_000
#: Answers to one prompt that are compared with each other.
_COMPARED: Final = 10
#: Depth of groups, and the greatest exponent.
_DEPTH: Final = 12
_EXPONENT: Final = 300
#: Relative difference up to which decimals are the same number, rounded.
_ROUNDED: Final = 0.01
_EXACT: Final = 1e-9
_MARK: Final = "\\boxed"
#: Commands that change nothing, or are written in another way.
_SPACING: Final = r"\\(?:left|right|displaystyle|big|Big|bigl|bigr|quad|[!,;: ])(?![A-Za-z])|[$~]|\\[$]|\\[()\[\]]"
_SPELLED: Final = (
    (r"\\[dtc]frac(?![A-Za-z])", r"\\frac"),
    (r"\{,\}|(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"\\(?:cdot|times)(?![A-Za-z])", "*"),
    (r"\\div(?![A-Za-z])", "/"),
    (r"\^\{?\\circ\}?|\\degree(?![A-Za-z])|°", r"\\text{°}"),
    (r"\\?%", r"\\text{%}"),
    (r"[−–]", "-"),
)  # fmt: skip
#: Words in a formula, plain words after a number, and the variable of an equation.
_WORDS: Final = r"\\(?:text|mathrm|textbf|mathbf|mbox|operatorname|rm)\s*\{([^{}]*)\}(\^\{?\d\}?)?"
_UNIT: Final = r"(?<=[\d}])\s*([A-Za-z]{2,}(?: [A-Za-z]+){0,3})\.?$"
_BASED: Final = r"(\d+)_\{?(\d{1,2})\}?"
_OPTION: Final = r"(?:\\text(?:bf)?\s*\{)?\(?([A-H])\)?\}?"
_EQUATION: Final = r"\s*[A-Za-z](?:_\{?\w\}?)?\s*=(?=[^=]*$)"
_TOKEN: Final = r"\s*(\d+(?:\.\d+)?|\.\d+|\\frac|\\sqrt|\\pi|[-+*/^(){}\[\],])"


class Value(NamedTuple):
    """The numbers of a final answer, more than one of a tuple, its unit, and whether decimals may be rounded."""

    numbers: tuple[float, ...]
    unit: str
    is_rounded: bool


def final_answer(answer: str) -> str:
    r"""Return what the last `\boxed{…}` of an answer contains, or what follows `####` in its last line; "" for none."""
    end = answer.rstrip()[-_END:]
    if _MARK in end:
        return _braced(end[end.rfind(_MARK) + len(_MARK) :].lstrip())
    last = end[end.rfind("\n") + 1 :]
    return last[4:].strip() if last.startswith("#### ") else ""


def state_other_values(answers: Sequence[str]) -> bool:
    r"""Return whether two answers have final answers that are other numbers or options, among the first ones.

    An answer without a mark is one if it is a formula, and another one has a command of LaTeX.
    """
    finals = [final_answer(answer) for answer in answers]
    if not any(finals) and any("\\" in answer for answer in answers):
        finals = [answer if len(answer) <= _CHARS else "" for answer in answers]
    options = [re.fullmatch(_OPTION, final) for final in finals]
    if all(options):
        return len({option[1] for option in options if option}) > 1
    values = [value for final in finals if final and (value := value_of(final)) is not None]
    return any(starmap(_are_others, combinations(values[:_COMPARED], 2)))


def value_of(formula: str) -> Value | None:
    """Return the value of a formula of numbers; None if it has a variable, is no formula, or is long."""
    if len(formula) > _CHARS or not re.search(r"\d|\\pi", formula):
        return None
    text = re.sub(_SPACING, " ", formula)
    for pattern, written in _SPELLED:
        text = re.sub(pattern, written, text)
    text = re.sub(_EQUATION, "", text)
    if (based := re.fullmatch(_BASED, text.strip())) is not None:
        return _in_base(based[1], int(based[2]))
    units: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if not re.search(r"[^\W\d_]|[%°]", found[1]):
            return found[1]
        units.append("".join(filter(None, found.groups())).strip())
        return " "

    text = re.sub(_WORDS, keep, text).strip().rstrip(".").rstrip()
    text = re.sub(_UNIT, keep, text).strip()
    numbers = _Formula(text).read()
    return None if numbers is None else Value(numbers, " ".join(units).casefold(), "." in text)


def _in_base(digits: str, base: int) -> Value | None:
    """Return the value of a number in a base; None if it is none in that base."""
    try:
        return Value((float(int(digits, base)),), "", is_rounded=False)
    except ValueError:
        return None


def _are_others(one: Value, other: Value) -> bool:
    """Return whether values of one unit differ; those of several units may be the same length in metres and feet."""
    if one.unit != other.unit or len(one.numbers) != len(other.numbers):
        return False
    near = _ROUNDED if one.is_rounded or other.is_rounded else _EXACT
    pairs = zip(one.numbers, other.numbers, strict=True)
    return not all(math.isclose(mine, theirs, rel_tol=near, abs_tol=_EXACT) for mine, theirs in pairs)


def _braced(text: str) -> str:
    """Return what stands in the braces at the beginning of a text; "" if they are not closed."""
    depth = 0
    for at, char in enumerate(text[: _CHARS + 2]):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return text[1:at].strip()
    return ""


class _UnreadError(Exception):
    """A formula that is no number."""


class _Formula:
    """A reader of sums, products, powers, fractions and roots of numbers, and of tuples of them."""

    def __init__(self, text: str) -> None:
        self._tokens = re.findall(_TOKEN, text)
        # Whatever is no token makes the text no formula.
        self._is_read = not re.sub(_TOKEN, "", text).strip()
        self._at = 0

    def read(self) -> tuple[float, ...] | None:
        """Return the numbers of the formula, sorted unless they are a tuple or interval in brackets."""
        if not self._is_read or not self._tokens:
            return None
        in_brackets = self._tokens[0] in "([" and self._tokens[-1] in ")]" and "," in self._tokens
        if in_brackets:
            self._tokens = self._tokens[1:-1]
        try:
            found = [self._sum(0)]
            while self._take(","):
                found.append(self._sum(0))
        except (_UnreadError, ArithmeticError, ValueError):
            return None
        if self._at < len(self._tokens) or not all(map(math.isfinite, found)):
            return None
        return tuple(found if in_brackets else sorted(found))

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        token = self._next()
        if token not in wanted or not token:
            return ""
        self._at += 1
        return token

    def _sum(self, depth: int) -> float:
        if depth > _DEPTH:
            raise _UnreadError
        total = self._product(depth)
        while sign := self._take("+", "-"):
            term = self._product(depth)
            total += term if sign == "+" else -term
        return total

    def _product(self, depth: int) -> float:
        sign = -1.0 if self._take("-") else 1.0
        self._take("+")
        value = self._power(depth)
        while True:
            if operator := self._take("*", "/"):
                factor = self._power(depth)
                value = value * factor if operator == "*" else value / factor
            elif self._next() in ("\\frac", "\\sqrt", "\\pi", "("):
                is_mixed = self._is_mixed()
                factor = self._power(depth)
                value = value + factor if is_mixed and factor < 1 else value * factor
            else:
                return sign * value

    def _is_mixed(self) -> bool:
        r"""Return whether a number is followed by a fraction of two numbers, which is added to it: `3\frac{1}{2}`."""
        before, fraction = self._tokens[self._at - 1], self._tokens[self._at : self._at + 7]
        return before.isdigit() and re.fullmatch(r"\\frac\{\d+\}\{\d+\}", "".join(fraction)) is not None

    def _power(self, depth: int) -> float:
        base = self._atom(depth)
        if not self._take("^"):
            return base
        exponent = -self._atom(depth) if self._take("-") else self._atom(depth)
        if abs(exponent) > _EXPONENT or (base < 0 and exponent != int(exponent)):
            raise _UnreadError
        return float(base**exponent)

    def _atom(self, depth: int) -> float:
        token = self._next()
        self._at += 1
        if token[-1:].isdigit():
            return float(token)
        if token == "\\pi":
            return math.pi
        if token in ("(", "{"):
            value = self._sum(depth + 1)
            if not self._take(")" if token == "(" else "}"):
                raise _UnreadError
            return value
        if token == "\\frac":
            return self._argument(depth) / self._argument(depth)
        if token == "\\sqrt":
            return self._root(depth)
        raise _UnreadError

    def _root(self, depth: int) -> float:
        root = 2.0
        if self._take("["):
            root = self._sum(depth + 1)
            if not self._take("]"):
                raise _UnreadError
        value = self._argument(depth)
        if value < 0:
            raise _UnreadError
        return float(value ** (1 / root))

    def _argument(self, depth: int) -> float:
        r"""Return an argument of a command, which is one digit without braces: `\frac12`."""
        token = self._next()
        if token.isdigit() and len(token) > 1:
            self._tokens[self._at : self._at + 1] = [token[0], token[1:]]
        return self._atom(depth)
