r"""Commands of LaTeX that lost their backslash, because it was read as an escape: a form feed and "rac" were `\frac`."""

from __future__ import annotations

import re
from typing import Final

#: What the control characters were before a backslash was read as an escape.
ESCAPES: Final = {"\x07": "a", "\x08": "b", "\x0b": "v", "\x0c": "f", "\r": "r", "\t": "t", "\n": "n"}
#: Commands that begin with these letters. Other words after a form feed follow the end of a page.
_COMMAND: Final = (
    r"a(?:lpha|pprox|ngle|rc(?:tan|sin|cos)|rg(?:max|min)?|st|symp|rray)(?![a-z])"
    r"|b(?:eta|egin|ar|ig[lr]?|inom|oldsymbol|oxed|ot|ullet|ecause|mod|ackslash)(?![a-z])"
    r"|v(?:ec|ar(?:epsilon|phi|theta|rho|sigma)|dots|ee|ert|space|arnothing)\b|f(?:rac|orall|lat|ootnote|box)(?![a-z])"
    r"|r(?:ight(?:[a-z]*arrow)?|floor|ceil|angle|brace|brack|ho|[vV]ert|times|m)(?![a-z])"
    r"|t(?:heta|imes|ilde|riangle|herefore)(?![A-Za-z])|t(?:frac|ext(?:subscript|superscript|bf|it|rm|tt|sc|sf|normal|color)?)(?=\{)"
    r"|n(?:abla|otin|eq)(?![a-z])"
)
#: Commands of text, which are no word of a language after a tab, in a formula or not.
_TEXT: Final = r"ext(?:subscript|superscript|bf|it|rm|tt|sc|sf|normal|color)\{"
#: Commands that a tab was a part of where signs of LaTeX are near; the rest is hardly a word of a language.
_LETTERS: Final = r"(?:heta|ilde|imes|riangle|herefore)(?![a-z])"
#: Commands after a tab of which the rest is a word of some language: they count in a formula that ends on its line, and
#: has other signs of LaTeX.
_SHORT: Final = r"(?:au|an|o|op)(?![A-Za-z])"
#: Commands after a tab or a newline, as both are read from "\t" and "\n": the rest is no word of a language.
LITERALS: Final = (
    *("\theta", "\times", "\tilde", "\triangle", "\therefore", "\tfrac{", "\text{", "\textb", "\texti", "\textr"),
    *("\textt", "\textsu", "\textsc{", "\textsf{", "\textn", "\textc", "\tau", "\tan", "\to ", "\to\\", "\top"),
    *("\nabla", "\notin", "\neq"),
)
#: A tab that is not indentation, or a newline, also of Windows, before them; and a tab before those of text anywhere.
BREAKS: Final = (
    rf"(?:(?<=[^\s])|(?<=[^\s] )|(?<=[^\s]\r)|(?<=[^\s] \r))(?:{'|'.join(map(re.escape, LITERALS))})|\t(?={_TEXT})"
)
#: Signs of LaTeX: a command, an index in braces, and braces after a letter, a digit or another brace.
_SIGNS: Final = r"\\[A-Za-z]{2}|[_^]\{|[A-Za-z0-9}]\{[^{}\s]{0,20}\}"
#: The same in a formula, where an index needs no braces.
_SIGNS_WITHIN: Final = r"\\[A-Za-z]{2}|[_^]"
#: Characters before a place among which the beginning of its formula is.
_REACH: Final = 2_000
_NEAR: Final = 200
#: Control characters that break lines, and what is before the first letter of a line that one of them begins.
_BREAKING: Final = "\r\x0b\x0c"
#: Letters that fonts have as one sign.
_LIGATURES: Final = ("fi", "fl", "ff")
_ENDS: Final = frozenset(".!?:;…。！？：；")
#: What follows a backslash and a letter in LaTeX and begins no line, or hardly one; and what is before such a command.
_BEGINS_NO_LINE: Final = r"[_^,.;)=+|]|[a-z]{1,12}[_^{]|[a-z]*arrow"
_GOES_ON: Final = frozenset("{}(\\\b")
_OPENS: Final = frozenset("([{|_^$")


def command(found: re.Match[str]) -> str | None:
    r"""Return the command without its backslash, as "frac", of which the match is the first character.

    A carriage return, a tab or a newline counts only in a formula, but for a tab before a command of text, or between
    the numbers of a product. For a carriage return, a command near it will do.
    """
    text, at = found.string, found.start()
    letter = ESCAPES.get(text[at])
    if letter == "t" and (short := re.compile(_SHORT).match(text, at + 1)):
        return f"t{short.group()}" if _is_in_short_formula(text, at) else None
    written = re.match(_COMMAND, letter + text[at + 1 : at + 20]) if letter else None
    if written is None:
        return None
    if text[at] in "\r\t\n" and not in_formula(text, at) and not _is_certain(text, at):
        return None
    return written.group()


def stays(found: re.Match[str]) -> bool:
    """Whether the character may have been a backslash and a letter, so that only a person can decide what was meant."""
    text, at, control = found.string, found.start(), found.group()
    if control not in ESCAPES or breaks_line(found) or is_ligature(found):
        return False
    if command(found) is not None or (control != "\r" and re.fullmatch("[a-z]{2}", text[at + 1 : at + 3])):
        return True
    before, after = text[max(at - 8, 0) : at].rstrip("\r")[-1:], text[at + 1 : at + 2]
    if not after.strip():
        return control not in _BREAKING and before in _OPENS
    if before in _OPENS or re.compile(_BEGINS_NO_LINE).match(text, at + 1) or _has_signs_near(text, at):
        return True
    # One that is a line break stands where lines of the same text have no other.
    return (after.islower() or after in _GOES_ON) and (control not in _BREAKING or "\n" in text)


def is_ligature(found: re.Match[str]) -> bool:
    """Whether a form feed is left over next to the letters of a ligature, in "fi\\x0cnd" or "\\x0cfind": it is no text."""
    text, at = found.string, found.start()
    if found.group() != "\x0c" or not text[at + 1 : at + 2].islower():
        return False
    before = text[max(at - 2, 0) : at]
    return before in _LIGATURES or (text[at + 1 : at + 3] in _LIGATURES and not before[-1:].isalnum())


def breaks_line(found: re.Match[str]) -> bool:
    """Whether the character certainly breaks a line: one begins after it, and the last one has ended before it."""
    text, at = found.string, found.start()
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if found.group() == "\r" and before == "\n" and not (after.isalpha() or after in _GOES_ON):
        return True  # one more empty line
    if found.group() not in _BREAKING or not after.isalnum() or after.islower():
        return False
    return not before.strip() or before in _ENDS


def in_formula(text: str, at: int) -> bool:
    """Whether a formula of LaTeX that begins in the same paragraph has not ended before the place `at`."""
    before = text[max(at - _REACH, 0) : at]
    before = before[before.rfind("\n\n") + 1 :]
    if "$" in before and len(re.findall(r"(?<!\\)\$\$?", before)) % 2:
        return True
    return any(before.rfind(begin) > before.rfind(end) for begin, end in ((r"\(", r"\)"), (r"\[", r"\]")))


def _is_in_short_formula(text: str, at: int) -> bool:
    """Whether a place is in a formula that ends on its line and has commands or indices there."""
    if not in_formula(text, at):
        return False
    line = text[max(text.rfind("\n", 0, at) + 1, at - _NEAR) : at]
    rest = text[at + 1 : at + _NEAR].split("\n", 1)[0]
    begin = max(map(line.rfind, ("$", r"\(", r"\[")))
    end = re.search(r"\$|\\[)\]]", rest)
    return (
        begin >= 0 and end is not None and re.search(_SIGNS_WITHIN, line[begin + 1 :] + rest[: end.start()]) is not None
    )


def _is_certain(text: str, at: int) -> bool:
    """Whether a carriage return or a tab outside of formulas was a command, by what is around it."""
    if text[at] == "\r":
        return _has_signs_near(text, at) or re.compile("ight[a-z]*arrow").match(text, at + 1) is not None
    after = text[at + 1 : at + 20]
    if text[at] == "\t" and after.startswith("ext{"):
        return not text[at - 1 : at].isspace() and "}" in text[at : at + _NEAR]
    if text[at] == "\t" and re.match(_LETTERS, after) and _has_signs_near(text, at):
        return True
    if text[at] == "\t" and after.startswith("imes"):
        return re.match(r"imes ?\d", after) is not None and text[max(at - 2, 0) : at].rstrip(" ")[-1:].isdigit()
    return text[at] == "\t" and re.match(_TEXT, after) is not None


def _has_signs_near(text: str, at: int) -> bool:
    near = text[max(at - _NEAR, 0) : at + _NEAR]
    # Most texts with such characters have none of these.
    return (("{" in near or "\\" in near) and re.search(_SIGNS, near) is not None) or in_formula(text, at)
