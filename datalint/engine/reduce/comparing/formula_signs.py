"""Signs of formulas, which are content: what they join is another thing for each."""

from __future__ import annotations

import re
from typing import Final

#: What an operand of a formula begins with: a digit, a bracket, a variable, or the name of a function.
_OPERAND: Final = r"(?:\d|[(\[{\\√]|[^\W\d_]\b|[^\W\d_]{2,8}\()"
#: Signs between two numbers, variables or brackets, with a space on both sides or none, and a minus before one.
_SIGNS: Final = (
    r"(?:(?<=\d)|(?<=[)\]}])|(?<=\b[^\W\d_]))(?P<space> ?)(?P<sign>[-−+*/^=<>×÷·]{1,3})(?P=space)"
    rf"(?=[-−]?{_OPERAND})"
    r"|(?:(?<=[=(,*/+^<>] )|(?<=[=(,*/+^<>]))[-−](?=[^\W\d_]\b|\()|(?<![\w)\]}])[-−](?=\d)"
)
#: The same, and commas between brackets or numbers and what follows in a list of operands.
_SEPARATORS: Final = rf"{_SIGNS}|(?<=[)\]}}]),(?= ?{_OPERAND})"
#: Signs that also join the parts of a date or range.
_JOINS: Final = ("-", "−", "/")
#: Signs of one meaning.
_ALIKE: Final = str.maketrans("−×·÷", "-**/")
_ANY: Final = "-−+*/^=<>×÷·"


def formula_signs(text: str, *, commas: bool = False) -> list[str]:
    """Return the signs of formulas in a text, in their order; dates and ranges ("2014-15", "3/4") have none.

    Those of one meaning are the same (``×`` and ``*``). With ``commas``, those between operands are returned too.
    """
    if not any(map(text.__contains__, _ANY)) and not (commas and ")," in text):
        return []
    return [
        match.group().strip().translate(_ALIKE)
        for match in re.finditer(_SEPARATORS if commas else _SIGNS, text)
        if match["space"] or match["sign"] not in _JOINS or not text[match.start() - 1 : match.end() + 1 : 2].isdigit()
    ]
