"""Lenient parsing of rows that are not JSON but have only one meaning: Python or JavaScript, or extra commas."""

from __future__ import annotations

import re
from typing import Final

#: Characters of the longest text that is read.
_MOST: Final = 1 << 20
#: The tokens of a value. Quantifiers are possessive, so time is linear.
_TOKEN: Final = re.compile(
    r"""
    (?P<space>[\ \t\r\n]++)
    | (?P<comment>//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)
    | [uU]?+(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+')
    | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![\w.]))
    | (?P<word>-?[^\W\d][\w$]*+)
    | (?P<open>[\[{(])
    | (?P<close>[\]})])
    | (?P<mark>[:,])
    """,
    re.DOTALL | re.VERBOSE,
)
#: Words that are values, with the spelling of JSON and its usual parsers.
_VALUES: Final = {
    **dict.fromkeys(("true", "True"), "true"),
    **dict.fromkeys(("false", "False"), "false"),
    **dict.fromkeys(("null", "None"), "null"),
    **dict.fromkeys(("NaN", "nan"), "NaN"),
    **dict.fromkeys(("Infinity", "inf"), "Infinity"),
    **dict.fromkeys(("-Infinity", "-inf"), "-Infinity"),
}
_COLON: Final = re.compile(r"[ \t\r\n]*+:")
#: A key, with its quotes, that may follow a value without a comma: a word or a few, since a quotation in a text may be
#: anything.
_NAME: Final = re.compile(r'"\w[\w.-]{0,60}+(?: [\w.-]{1,60}+){0,3}+"')
_CLOSERS: Final = {"{": "}", "[": "]", "(": ")"}
#: An escape, a double quote, or a control character in a string.
_SPECIAL: Final = re.compile(
    r'\\(?:x([0-9a-fA-F]{2})|(u[0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|(")|([\x00-\x1f])', re.DOTALL
)
#: Escapes that mean the same in all of these languages.
_SAME: Final = frozenset('"\\bfnrt')
#: The last character of Unicode, and the surrogates, which are no characters.
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)


class _UnclearError(Exception):
    """A text could mean several things, or nothing."""


def as_standard(text: str) -> str | None:
    """Return a text that Python's parser refused as the JSON that it must mean; None if that is not clear.

    Commas before a closing bracket and after the value, and comments, are left out. A comma is added between a value
    and the key that follows it, and between two objects in a list. Single quotes, words of Python, keys without quotes,
    tuples, and control characters and ``\\'`` in strings are written as JSON writes them. A string with a raw line
    break, or with an escape that languages read in different ways, is not clear. Nor is ``\\x41`` in double quotes,
    unless other things show that Python or JavaScript wrote it.

    The result is JSON only if the text is a value, which the parser has to find out.
    """
    if len(text) > _MOST:
        return None
    try:
        return _Writer(text).run()
    except _UnclearError:
        return None


class _Writer:
    """One pass over the tokens of a text; ``made`` are the tokens of standard JSON that replace them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.made: list[str] = []
        #: The brackets that are open, and of each the number of commas directly in it.
        self.opened: list[str] = []
        self.commas = [0]
        #: The kinds of the last two tokens but white space: a mark, an opening bracket, or ``v`` for a value.
        self.last = self.before = ""
        #: The index of the last comma in ``made``.
        self.comma = 0
        self.is_code = self.has_codes = False
        #: Whether the last token is the end of a value, not of a key.
        self.ends_value = False

    def run(self) -> str:
        at, end = 0, len(self.text)
        while at < end:
            token = _TOKEN.match(self.text, at)
            if token is None:
                raise _UnclearError
            at = token.end()
            self._add(token, at)
        if self.last == "," and not self.opened:
            self._leave_out_comma()
        if self.opened or (self.has_codes and not self.is_code):
            raise _UnclearError
        return "".join(self.made)

    def _add(self, token: re.Match[str], after: int) -> None:
        kind, written = token.lastgroup, token[0]
        if kind in ("space", "comment"):
            self.made.append(written if kind == "space" else " ")
            return
        if self.ends_value and self._lacks_comma(token, after):
            blank = "" if self.made[-1].strip() else self.made.pop()
            self._add_mark(",")
            self.made.append(blank)
        now = "v"
        in_object = self.opened[-1:] == ["{"]
        self.ends_value = kind == "close" or (
            kind in ("string", "number", "word") and (not in_object or self.last == ":")
        )
        if kind == "string":
            written = self._string(token["string"])
        elif kind == "word":
            written = self._word(written, after)
        elif kind == "open":
            now = written
            self.opened.append(written)
            self.commas.append(0)
            written = "[" if written == "(" else written
        elif kind == "close":
            written = self._closing(written)
        elif kind == "mark":
            self._add_mark(written)
            return
        self.made.append(written)
        self.last, self.before = now, self.last

    def _add_mark(self, mark: str) -> None:
        if mark == ",":
            self.commas[-1] += 1
            self.comma = len(self.made)
        self.made.append(mark)
        self.last, self.before = mark, self.last

    def _lacks_comma(self, token: re.Match[str], after: int) -> bool:
        """Return whether a comma must be meant before a token: it is the next key of an object, or another object."""
        around, written = self.opened[-1:], token[0]
        if around == ["["]:
            return written == "{" and self.made[-1 if self.made[-1].strip() else -2] == "}"
        if around != ["{"] or not _NAME.fullmatch(written) or not _COLON.match(self.text, after):
            return False
        # A text may end with a blank where a quotation begins.
        return not self.made[-1].endswith(' "')

    def _word(self, word: str, after: int) -> str:
        value = _VALUES.get(word)
        if value is not None:
            self.is_code |= word != value
            return value
        # A key without quotes, as JavaScript writes it.
        is_in_object = self.opened[-1:] == ["{"] and self.last in ("{", ",")
        if not is_in_object or word[0] == "-" or not _COLON.match(self.text, after):
            raise _UnclearError
        self.is_code = True
        return f'"{word}"'

    def _closing(self, bracket: str) -> str:
        if not self.opened or _CLOSERS[self.opened.pop()] != bracket:
            raise _UnclearError
        if self.last == ",":
            self._leave_out_comma()
        commas = self.commas.pop()
        if bracket != ")":
            return bracket
        # Parentheses around one value are no tuple.
        if not commas and self.last != "(":
            raise _UnclearError
        return "]"

    def _leave_out_comma(self) -> None:
        if self.before != "v":
            raise _UnclearError
        self.made[self.comma] = ""

    def _string(self, written: str) -> str:
        """Return a string as JSON writes it."""
        self.is_code |= written[0] == "'"
        inner, done = written[1:-1], 0
        parts: list[str] = []
        for special in _SPECIAL.finditer(inner):
            self.has_codes |= special[1] is not None or special[3] is not None
            parts += inner[done : special.start()], _escaped(special)
            done = special.end()
        return f'"{"".join(parts)}{inner[done:]}"'


def _escaped(special: re.Match[str]) -> str:
    """Return a character of a string, or its escape, as JSON writes it."""
    byte, four, eight, other, quote, control = special.groups()
    if byte is not None:
        return f"\\u00{byte}"
    if four is not None:
        return f"\\{four}"
    if eight is not None:
        return _pair(int(eight, 16))
    if quote is not None:
        return '\\"'
    # Strings with raw line breaks are left to :mod:`datalint.sources.json_truth.raw_breaks`.
    if control is not None and control != "\n":
        return f"\\u{ord(control):04x}"
    if other == "'":
        return "'"
    if other not in _SAME:
        raise _UnclearError
    return f"\\{other}"


def _pair(point: int) -> str:
    """Return the escapes of a character by its number."""
    if point > _LAST or point in _SURROGATES:
        raise _UnclearError
    data = chr(point).encode("utf-16-be").hex()
    return "".join(f"\\u{data[start : start + 4]}" for start in range(0, len(data), 4))
