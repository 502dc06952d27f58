"""Escapes that are meant as such: in code, in data, or in a string of a program."""

from __future__ import annotations

import re
from typing import Final

#: Code, data and formulas, in which the two characters are meant.
CODE: Final = (
    r"""(?i)printf?\s*\(|echo |cout|console\.|\.(?:split|join|replace|strip|write)\(|=\s*f?r?["']|\\begin|\\frac|\\[a-z]{3,}\{|\bregex|\bregular expr|正则|new ?line|line break"""
    r"""|\b(?:printf|sed|awk|perl|xargs|tr) |\bdef \w+\(|#include|import \w+|换行|;\\n|\b(?:for|while|if|else|def) [^\\]{1,60}:\\n|\\r\\n|\\t|\b[A-Z]:\\|["']\\n["']"""
    r"""|(?<!\S)\\\\[\w.-]{1,60}\\\w"""
)
#: What data begins with.
_DATA: Final = ("{", "[", "<")
#: A tuple as Python writes it, by its beginning, its end and what is between two of its texts.
_TUPLE: Final = ("('", '("')
_NEXT: Final = ("',", '",')
#: Objects as Python or JSON shows them, perhaps after a name: ``test [{'a': …}]``.
_OBJECTS: Final = r"(?:\w{1,20}[ \t]?[:=@]?[ \t]?)?[\[(]{0,3}\{['\"][^'\"\n]{1,60}['\"]: "
#: A string as a whole, also as the first argument of a call: `"a\nb", 5`.
_QUOTED: Final = r"(?s)\s*(['\"]).*\1\s*(?:,\s*(?:-?\d[\d.]*|True|False|None)\s*)*"
#: A conversion of a format string, such as `%s`, `%-10.2f` or `%{http_code}`, at its end.
_CONVERSION: Final = r"%(?:[-+#0]*[\d.]*[A-Za-z@]{1,2}|\{\w{1,40}\})\Z"
#: What stands before or after a break that is quoted from a chat template: its tokens, or dots instead of a text.
_BEFORE_QUOTED: Final = r"(?:\|>|\\n\s?(?:\.\.\.|…)\s?)\Z"
_AFTER_QUOTED: Final = r"\\n(?:<\||\s?(?:\.\.\.|…)\s?\\n)"
#: Characters before a break in which the quotation mark of its string is looked for.
_REACH: Final = 300


def is_code(text: str) -> bool:
    """Return whether a text is code or data, or speaks of escapes, or is a string as a program writes it."""
    bare = text.strip()
    if bare.startswith(_TUPLE) and bare.endswith(")") and any(sign in bare for sign in _NEXT):
        return True
    return bool(
        bare.startswith(_DATA) or re.match(_OBJECTS, bare) or re.fullmatch(_QUOTED, text) or re.search(CODE, text)
    )


def is_meant(text: str, at: int, strings: list[tuple[int, int]]) -> bool:
    """Whether the escape at a place is for a program: in a string, after a conversion, or in a quoted template."""
    if is_in_code(text, at, strings):
        return True
    before = text[max(at - 50, 0) : at]
    quoted = re.search(_BEFORE_QUOTED, before) is not None or re.match(_AFTER_QUOTED, text[at : at + 50]) is not None
    return quoted or re.search(_CONVERSION, before) is not None


def is_in_code(text: str, at: int, parts: list[tuple[int, int]]) -> bool:
    """Return whether a place is inside a string, or within one of the ``parts``."""
    return is_quoted(text, at) or is_within(at, parts)


def is_within(at: int, parts: list[tuple[int, int]]) -> bool:
    """Return whether a place is inside of a part of the text, by the first and last place of each."""
    return any(start < at < stop for start, stop in parts)


def is_quoted(text: str, at: int) -> bool:
    """Whether a place is inside a string, by the marks on its line or in reach: a text in quotes as a whole is none."""
    first = max(at - _REACH, 0)
    opened = text.rfind('"', first, at)
    line = max(text.rfind("\n", first, at), first)
    marks = ((text.count('"', start, at), text.count('\\"', start, at)) for start in {first, line})
    return opened > 0 and any(count % 2 or (count - escaped) % 2 for count, escaped in marks)
