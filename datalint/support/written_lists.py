"""Lists and objects that are written as text, in JSON or as Python, pandas and NumPy write them."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from datalint.support.lazy_pattern import lazy_pattern

#: Tokens of such a text: a quoted text, a sign, a number or a name. Blanks are between them.
_TOKEN: Final = lazy_pattern(
    r"""\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|([\[\](){},:])|([\w.+-]{1,40}))\s*""",
)
#: A quotation mark, and a sign that Python writes with a backslash before it.
_ESCAPED: Final = lazy_pattern(r'\\x[0-9a-fA-F]{2}|\\.|"')
_SIGNS: Final = {"(": "[", ")": "]"}
_NAMES: Final = {"None": "null", "True": "true", "False": "false", "nan": "null"}
#: Signs before which, and after which, no comma is missing: NumPy writes none.
_OPENING: Final = frozenset("[{,:")
_CLOSING: Final = frozenset("]},:")


def parse_list(text: str) -> list[Any] | dict[str, Any] | None:
    """Return the list or the object that a text is; None for anything else. Takes linear time."""
    if not text.lstrip().startswith(("[", "{", "(")):
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = _of_python(text)
    return value if isinstance(value, list | dict) else None


def _of_python(text: str) -> Any:
    """Return the value that Python writes so, made of texts, numbers, lists and objects; None for any other text."""
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        place = match.end()
        token = _in_json(match)
        if found and found[-1] not in _OPENING and token not in _CLOSING:
            found.append(",")
        found.append(token)
    try:
        return orjson.loads("".join(found))
    except orjson.JSONDecodeError:
        return None


def _in_json(match: re.Match[str]) -> str:
    single, double, sign, word = match.groups()
    text = single if single is not None else double
    if text is not None:
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return _SIGNS.get(sign, sign) if sign is not None else _NAMES.get(word, word.removesuffix("."))


def _escape(match: re.Match[str]) -> str:
    """Return a quotation mark, or a sign after a backslash, as JSON writes it in a text."""
    found = match[0]
    if found.startswith("\\x"):
        return f"\\u00{found[2:]}"
    return "'" if found == "\\'" else '\\"' if found == '"' else found
