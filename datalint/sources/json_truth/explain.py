"""Explain in a few words why a text is not JSON."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Final

from datalint.privacy.display import printable
from datalint.support.named_tuple import NamedTuple


class JsonFault(NamedTuple):
    """Why a text was refused.

    ``at`` is the 0-based position of the character that ``reason`` is about. ``incomplete`` is true if the text could
    be the beginning of JSON. ``rule`` is ``invalid-json`` or ``concatenated-json``.
    """

    reason: str
    at: int
    incomplete: bool = False
    rule: str = "invalid-json"


_SPACE: Final = " \t\r\n"
_MARK: Final = "\ufeff"
_TRAILING: Final = "trailing comma (JSON has none before a closing bracket)"
_DECODER: Final = json.JSONDecoder()
_LENIENT: Final = json.JSONDecoder(strict=False)
# Strings and brackets of a text that parsed up to its end, so all of its strings are closed.
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[][{}]', re.DOTALL)
_CUT_TOKEN: Final = re.compile(
    r"(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|N|Na|-|-?I|-?In|-?Inf|-?Infi|-?Infin|-?Infini|-?Infinit|\.|[eE][+-]?)\s*"
)


def explain_error(text: str, error: json.JSONDecodeError) -> JsonFault:
    """Return the reason why Python's parser refused ``text`` with ``error``."""
    at = error.pos
    if error.msg.startswith("Extra data"):
        return _extra(text, at)
    if error.msg.startswith("Unterminated string"):
        return JsonFault(
            "the string that starts here never ends (a missing quote, or a raw line break in it)", at, True
        )
    if error.msg.startswith("Invalid control character"):
        return JsonFault(_control(text[at]), at)
    if error.msg.startswith("Invalid \\u"):
        cut = '"' not in text[at:] and len(text.rstrip()) - at < 8
        return JsonFault("\\u needs four hexadecimal digits", at, cut)
    if error.msg.startswith("Invalid \\"):
        return JsonFault(_escape(text, at), at)
    return _expected(text, at, error.msg)


def _control(char: str) -> str:
    names = {"\n": "line break", "\r": "carriage return", "\t": "tab"}
    name = names.get(char, f"control character U+{ord(char):04X}")
    escape = printable(char) if char in names else f"\\u{ord(char):04x}"
    return f"a raw {name} inside a string (write {escape})"


def _escape(text: str, at: int) -> str:
    # Depending on the version, Python points at the backslash or at the character after it.
    char = text[at + 1 : at + 2] if text[at] == "\\" else text[at]
    if char == "'":
        return "bad escape \\' (a single quote needs no backslash)"
    return f"bad escape \\{printable(char)} (write \\\\ for a backslash)"


def _expected(text: str, at: int, message: str) -> JsonFault:
    before = len(text[:at].rstrip(_SPACE)) - 1
    char = text[at : at + 1]
    if message.startswith("Illegal trailing comma"):
        return _trailing_comma(at)
    if char in ("}", "]") and before >= 0 and text[before] == ",":
        return _trailing_comma(before)
    if message.startswith("Expecting property"):
        want, hint = "a key in double quotes", _value_hint(text, at, key=True)
    elif message.startswith("Expecting ':'"):
        want, hint = "':' after the key", "" if char != "=" else "'=' instead of ':'"
    elif message.startswith("Expecting ','"):
        closer = _closer(text, at)
        want, hint = f"',' or '{closer}'", _comma_hint(text, at, before, closer)
    else:
        want, hint = "a value", _value_hint(text, at, key=False)
    tail = text[at:].rstrip(_SPACE)
    if not tail:
        return JsonFault(f"expected {want}, but the text ends", at, True)
    found = f" ({hint})" if hint else f", found {_shown(char)}"
    return JsonFault(f"expected {want}{found}", at, len(tail) < 12 and bool(_CUT_TOKEN.fullmatch(tail)))


def _trailing_comma(at: int) -> JsonFault:
    return JsonFault(_TRAILING, at)


def trailing_comma(before: bytes) -> str:
    """Return the message about a comma before a closing bracket; ``before`` is what its line begins with."""
    return f"not JSON at column {len(before.decode('utf-8', 'replace').removeprefix(_MARK)) + 1}: {_TRAILING}"


def _shown(char: str) -> str:
    return f"U+{ord(char):04X}" if printable(char) != char or (char.isspace() and char != " ") else f"'{char}'"


def _closer(text: str, at: int) -> str:
    return missing_closers(text[:at])[:1] or "}"


def missing_closers(text: str) -> str:
    """Return the brackets that are missing at the end of a text without an open string."""
    opened: list[str] = []
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in ("{", "["):
            opened.append("}" if mark == "{" else "]")
        elif mark in ("}", "]") and opened:
            opened.pop()
    return "".join(reversed(opened))


#: A key with its colon and the beginning of its value.
_KEY: Final = re.compile(r"""\"[^"\\\n]{1,100}"[ \t]*:[ \t]*(?:["\[{0-9-]|true|false|null)""")
_LINE_HINTS: Final = (
    (r"<{7}|={7}|>{7}|\|{7}", "a Git conflict marker"),
    (r"<[!?a-zA-Z]", "HTML or XML"),
    (r"---|- |[\w.-]+: ", "YAML?"),
    (r"\(", "a Python tuple"),
    (r"[}\]]", "a bracket that closes nothing: the end of an array, or of an object that begins on another line"),
)
_VALUE_HINTS: Final = (
    (r"[ubrf]?'", "single quotes: JSON needs double quotes"),
    ('["“”„‟«»‘’＂]', "typographic quotes: JSON needs straight double quotes"),
    (r"None\b", "Python's None: JSON writes null"),
    (r"True\b", "Python's True: JSON writes true"),
    (r"False\b", "Python's False: JSON writes false"),
    (r"(?:undefined|nan|inf|NULL|Null|TRUE|FALSE)\b", "not a JSON literal: only null, true and false are"),
    (r"//|/\*|#", "a comment: JSON has none"),
    ("[，：｛｝［］]", "full-width punctuation"),
    (r"\+|\.[0-9]", "a number starts with a digit or '-'"),
    (r",", "two commas, or a value is missing before this one"),
    (r"[}\]]", "the value is missing"),
    (r"\(", "a Python tuple: JSON writes [ ]"),
)


def _value_hint(text: str, at: int, *, key: bool) -> str:
    pattern, hints = _hints(begins=not text[:at].strip(_SPACE))
    found = pattern.match(text, at)
    if found is not None and found.lastindex is not None:
        return hints[found.lastindex - 1]
    if text[at : at + 1].isalpha() or text[at : at + 1] in ("_", "$"):
        return "unquoted key" if key else "unquoted text"
    return ""


@cache
def _hints(*, begins: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return one pattern for common mistakes in place of a value, and the hint for each of its groups.

    All lines of a file may be refused, and searching for each pattern separately would take most of the time.
    """
    known = (*_LINE_HINTS, *_VALUE_HINTS) if begins else _VALUE_HINTS
    return re.compile("|".join(f"({pattern})" for pattern, _ in known)), tuple(hint for _, hint in known)


def _comma_hint(text: str, at: int, before: int, closer: str) -> str:
    char, last = text[at : at + 1], text[before : before + 1]
    if char in ("}", "]"):
        return f"'{char}' closes what '{'{' if closer == '}' else '['}' opened"
    if (number := _number_hint(text, at)) or not char:
        return number
    begins = char in '"{[-' or char.isdigit()
    if begins and (before < at - 1 or last != '"'):
        return "missing comma"
    if closer == "}" and last == '"' and _KEY.match(text, at) is not None:
        return "missing comma"
    if last == '"' and char not in ":;=/":
        return "an unescaped double quote inside a string"
    return _value_hint(text, at, key=False) if char in "/#'，：“”" else ""


def _number_hint(text: str, at: int) -> str:
    char, last = text[at : at + 1], text[at - 1 : at]
    if not last.isdigit():
        return ""
    if char.isdigit() and last == "0":
        return "a number has no leading zero"
    if char == ".":
        return "digits are missing after the decimal point"
    return "a number consists of decimal digits only" if char in ("_", "x", "X") else ""


def _extra(text: str, at: int) -> JsonFault:
    rest = text[at:].rstrip(_SPACE)
    if number := _number_hint(text, at):
        return JsonFault(number, at, rest == ".")
    values, commas = _further_values(text, at)
    if values > 1:
        returned = not commas and text[:at].rstrip(" \t").endswith("\r")
        apart = ", separated by commas" if commas else ", separated only by carriage returns" if returned else ""
        return JsonFault(f"{values} values on one line{apart}, the second starts here", at, rule="concatenated-json")
    if rest == ",":
        return JsonFault("a comma after the value (only line breaks separate JSON Lines)", at)
    if rest.strip("}]") == "":
        return JsonFault("one closing bracket too many", at)
    if rest.startswith(("\\n", "\\r")):
        return JsonFault("a backslash and a letter where a line break was meant", at)
    hint = _value_hint(text, at, key=False) if rest[0] in "/#" else ""
    return JsonFault(f"text after the value ({hint})" if hint else f"text after the value, found {_shown(rest[0])}", at)


def first_value_end(text: str) -> int:
    """Return the position after the first value of ``text``, or -1 if it does not begin with a value.

    Control characters inside strings are allowed.
    """
    try:
        return _LENIENT.raw_decode(text, len(text) - len(text.lstrip(_SPACE)))[1]
    except (ValueError, RecursionError):
        return -1


def _further_values(text: str, at: int) -> tuple[int, bool]:
    """Return the number of values in ``text``, and whether commas separate them; 1 if other text follows ``at``."""
    count, commas = 1, False
    end = len(text.rstrip(_SPACE))
    while at < end:
        if text[at] == ",":
            commas = True
            at += 1
        while at < end and text[at] in _SPACE:
            at += 1
        try:
            _, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return 1, False
        count += 1
        while at < end and text[at] in _SPACE:
            at += 1
    return count, commas
