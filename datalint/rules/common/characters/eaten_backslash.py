r"""Commands of LaTeX that lost their backslash, because it was read as an escape: a form feed and "rac" were `\frac`."""

from __future__ import annotations

import re
from typing import Final

#: What the control characters were before a backslash was read as an escape.
ESCAPES: Final = {"\x07": "a", "\x08": "b", "\x0b": "v", "\x0c": "f", "\r": "r", "\t": "t", "\n": "n"}
#: Commands that begin with these letters. Other words after a form feed follow the end of a page.
_COMMAND: Final = (
    r"a(?:lpha|pprox|ngle|rc(?:tan|sin|cos)|rg(?:max|min)?|st|symp|rray)\b"
    r"|b(?:eta|egin|ar|ig[lr]?|inom|oldsymbol|oxed|ot|ullet|ecause|mod|ackslash)\b"
    r"|v(?:ec|ar(?:epsilon|phi|theta|rho|sigma)|dots|ee|ert|space|arnothing)\b|f(?:rac|orall|lat|ootnote|box)\b"
    r"|r(?:ight(?:[a-z]*arrow)?|floor|ceil|angle|brace|brack|ho|[vV]ert|times|m)\b"
    r"|t(?:heta|imes|ilde|riangle|herefore|frac(?=\{)|ext(?:bf|it|rm|tt)?(?=\{))\b|n(?:abla|otin|eq)\b"
)
#: Commands after a tab or a newline, as both are read from "\t" and "\n": the rest is no word of a language.
LITERALS: Final = (
    *(
        "\theta",
        "\times",
        "\tilde",
        "\triangle",
        "\therefore",
        "\tfrac{",
        "\text{",
        "\textb",
        "\texti",
        "\textr",
        "\textt",
    ),
    *("\nabla", "\notin", "\neq"),
)
#: A tab that is not indentation, or a newline, also of Windows, before them.
BREAKS: Final = rf"(?:(?<=[^\s])|(?<=[^\s] )|(?<=[^\s]\r)|(?<=[^\s] \r))(?:{'|'.join(map(re.escape, LITERALS))})"
#: Characters before a place among which the beginning of its formula is.
_REACH: Final = 2_000
_NEAR: Final = 200


def command(found: re.Match[str]) -> str | None:
    r"""Return the command without its backslash, as "frac", of which the match is the first character.

    A carriage return, a tab or a newline counts only in a formula. For a carriage return, a command near it will do.
    """
    text, at = found.string, found.start()
    letter = ESCAPES.get(text[at])
    written = re.match(_COMMAND, letter + text[at + 1 : at + 16]) if letter else None
    if written is None or (text[at] in "\r\t\n" and not in_formula(text, at) and not _is_near_command(text, at)):
        return None
    return written.group()


def stays(found: re.Match[str]) -> bool:
    """Whether the character may have been a backslash and a letter, so that only a person can decide what was meant."""
    control, at = found.group(), found.start()
    if control == "\r":
        return command(found) is not None or (found.string[at + 1 : at + 2].islower() and in_formula(found.string, at))
    return control in ESCAPES and re.fullmatch("[a-z]{2}", found.string[at + 1 : at + 3]) is not None


def in_formula(text: str, at: int) -> bool:
    """Whether a formula of LaTeX that begins in the same paragraph has not ended before the place `at`."""
    before = text[max(at - _REACH, 0) : at]
    before = before[before.rfind("\n\n") + 1 :]
    if len(re.findall(r"(?<!\\)\$\$?", before)) % 2:
        return True
    return any(before.rfind(begin) > before.rfind(end) for begin, end in ((r"\(", r"\)"), (r"\[", r"\]")))


def _is_near_command(text: str, at: int) -> bool:
    return text[at] == "\r" and re.search(r"\\[A-Za-z]{2}", text[max(at - _NEAR, 0) : at + _NEAR]) is not None
