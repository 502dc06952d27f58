r"""A text contains escapes such as backslash and n where line breaks or other characters were meant.

## What it does
Reports prompts, system prompts, responses and plain texts with two or more `\n` written out, outside code, and fewer
real line breaks than that, and prompts with one or more in a list of long texts as Python prints it (`Context:
['…\n\n…']`). So are letters and signs beyond ASCII that are written as `\uXXXX` (`350\u00b0`) or as their bytes
(`\xf0\x9f\x98\x80`, as Python shows `bytes`) or as `\ U 0 0 0 4`, with a token for each sign, and dashes, quotation
marks and bullets whose escape lost its backslash (`u2022 Swim`, `donu2019t`), and addresses with the slashes of JSON
(`https:\/\/t.co`). LaTeX (`\nabla`), paths, JSON, tuples of Python (`('a\nb', 'c')`), format strings, quoted strings of
code and commands (`'%s\n'`), characters in the brackets of a regular expression, literals of bytes
(`data=b'\xc2\xa1'`), a quoted string of one character (`'\u03a4'`), texts that speak of line breaks or Unicode, and
responses of which one line or a number of lines is asked are left out.

Reports also such texts with a line break after each character, on 20 lines or more with a blank on its own line between
words, and texts that go on with the next keys of the JSON object that a script cut them out of (`…again","lang":"en"`).
Responses to prompts that speak of letters, lines or columns are left out. So are reported texts in Devanagari, Tamil
and other scripts of India in which three vowel signs, and half of all, stand after a blank ("द ि ल ् ल ी"). And it
reports responses and plain texts with three words or more that are hyphenated at the end of a line ("exam-" above
"ple"), in one line of 25 at least: the parts of compounds ("well-known") do not count.

## Why it matters
The text was escaped twice on its way into the file. The model reads and learns a backslash and an n, and writes them:
in one public set, each of 2,245 prompts has them. Azure's check of reinforcement data looks for the same. A text with
one character on a line was joined by line breaks where a list of texts was expected. To a tokenizer, it has no words. A
text with vowel signs on their own was divided by a pattern such as `\w+`, which has no such signs. A text with
hyphenated words was extracted from pages, and the model learns to break lines and words as they do.

## Bad
```jsonl
{"prompt": "Write a haiku.", "completion": "An old silent pond\\nA frog jumps into the pond\\nSplash! Silence again."}
```

## Good
```jsonl
{"prompt": "Write a haiku.", "completion": "An old silent pond\nA frog jumps into the pond\nSplash! Silence again."}
{"prompt": "How do I end a line in C?", "completion": "Put `\\n` at the end of the string."}
```

## What to do
Replace the escapes by their characters, or escape once less where the file is written. Join a list, not a text, by line
breaks. Remove the blanks before vowel signs, and use a tokenizer for the language. Read JSON with a parser, and not by
searching for quotation marks. Join the lines of a paragraph and the parts of its words.

## Known limits
Of line breaks, characters or slashes that are escaped in 5 % of 50 rows or more, or in 50 rows, there is one finding
for each file and key, with its rows. Lines that are broken between words are not reported, as mail and verse have them.
A text with one `\n` is not reported, nor is code that was escaped as a whole, or a break next to the tokens of a chat
template (`\n<|im_end|>`).
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import (
    Confidence,
    Hit,
    Options,
    Policy,
    Severity,
    Turns,
    counted,
    excerpt,
    frozen,
    option,
    passing,
    rule,
)
from datalint.rules.common.characters.escaped_slashes import SLASHES, escaped_addresses
from datalint.rules.common.characters.parted_marks import AFTER_BLANK, parted_marks
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.hyphenated import BROKEN, ENDS, hyphenated_words
from datalint.rules.common.texts.json_rest import SIGN, json_rest
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.turns import beyond_ascii, without_code

#: What begins an escape, and the escapes that are looked for.
_ESCAPES: Final = ("\\",)
_SIGNS: Final = ("\\n", "\\u", "\\x")
#: A blank between words that are written with one character on a line, such lines, and letters of them at least.
_APART: Final = ("\n \n", "\n \r\n")
_COLUMN: Final = lazy_pattern(r"(?m)(?:^[^\n]?\n){19,}[^\n]?$")
_LETTERS: Final = 10
_COLUMNS: Final = r"(?i)\bletter|\bcharacter|\blines?\b|vertical|column|acrostic|ascii"
_READ: Final = 20_000
#: A line break written out: not LaTeX's commands, and neither escaped again nor part of a path.
_BREAK: Final = (
    r"(?<![\s\"'(][A-Za-z]:)(?<!\\)\\n(?!(?:abla|e|eq|eg|ot|otin|u|i|ewline|ewcommand|ewpage|atural|mid|subseteq|geq|leq|less|gtr|exists"
    r"|earrow|warrow|onumber|olimits|oindent|ormal\w*|parallel|prec|sim|succ|cong|obreak\w*)(?![A-Za-z]))"
)
#: A character beyond ASCII written out, neither escaped again nor in a class of a regular expression.
_CHARACTER: Final = (
    r"(?<![\\\[-])\\u(?:00[89a-fA-F]|0[1-9a-fA-F][0-9a-fA-F]|[1-9a-fA-F][0-9a-fA-F]{2})[0-9a-fA-F](?!-|[0-9a-zA-Z]*})"
)
#: A dash, a quotation mark, a bullet or dots, perhaps after a line break, whose escapes have lost the backslash.
_LOST_SIGN: Final = "u20"
_LOST: Final = (
    r"(?<![^\s(*.:;,!?])n{0,2}u20(?:1[0-589a-f]|2[0-26]|3[239a])(?=[\s*]|[A-Za-z]{2,30}(?![\w-])|\Z)"
    r"|(?<=[a-z])u2019(?=(?:s|t|re|ve|ll|m|d)\b)"
)
#: An escape of which each sign is a token.
_SPELLED_SIGNS: Final = ("\\ u ", "\\ U ")
_SPELLED: Final = r"(?<!\S)\\ [uU](?: [0-9a-fA-F]){4}(?!\S)"
#: What a text is about that names such an escape.
_ABOUT_BYTES: Final = r"(?ai)unicode|\bescap|\butf|\bjson|\bascii|regex|code ?point|\bhex|\bstring|\bparse"
_ABOUT_CHARACTERS: Final = _ABOUT_BYTES + r"|\\x[0-9a-f]{2}"
#: Characters beyond ASCII, each written as its bytes in UTF-8.
_BYTES: Final = (
    r"(?<!\\)(?:\\x(?:c[2-9a-f]|d[0-9a-f])|\\xe[0-9a-f]\\x[89ab][0-9a-f]|\\xf[0-4](?:\\x[89ab][0-9a-f]){2})"
    r"\\x[89ab][0-9a-f]"
)
#: A value of code that is ``bytes``, which has them by design: ``f(b'…')``, ``name=b"…"``; and a string of one escape, as
#: in a table of characters.
_LITERAL: Final = r"""(?:[=(\[:]|,\s)\s?[rR]?[bB](?:'[^'\n]{1,500}'|"[^"\n]{1,500}")"""
_LONE: Final = r"""(['"])\\u[0-9a-fA-F]{4}\1"""
#: Code, data and formulas, in which the two characters are meant.
_CODE: Final = (
    r"""(?i)printf?\s*\(|echo |cout|console\.|\.(?:split|join|replace|strip|write)\(|=\s*f?r?["']|\\begin|\\frac|\\[a-z]{3,}\{|\bregex|\bregular expr|正则|new ?line|line break"""
    r"""|\b(?:printf|sed|awk|perl|xargs|tr) |\bdef \w+\(|#include|import \w+|换行|;\\n|\b(?:for|while|if|else|def) [^\\]{1,60}:\\n|\\r\\n|\\t|\b[A-Z]:\\|["']\\n["']"""
    r"""|(?<!\S)\\\\[\w.-]{1,60}\\\w"""
)
_DATA: Final = ("{", "[", "<")
#: A tuple as Python writes it, by its beginning, its end and what is between two of its texts.
_TUPLE: Final = ("('", '("')
_NEXT: Final = ("',", '",')
#: Objects as Python or JSON shows them, perhaps after a name: ``test [{'a': …}]``.
_OBJECTS: Final = r"(?:\w{1,20}[ \t]?[:=@]?[ \t]?)?[\[(]{0,3}\{['\"][^'\"\n]{1,60}['\"]: "
#: A string as a whole, also as the first argument of a call: `"a\nb", 5`.
_QUOTED: Final = r"(?s)\s*(['\"]).*\1\s*(?:,\s*(?:-?\d[\d.]*|True|False|None)\s*)*"
#: An empty line, or a break after a sentence: breaks of prose. Others may be the records of a file that a prompt shows.
_PROSE: Final = r"\\n\s*\\n|[.!?:;,。！？：；，]\s*\\n"
_MANY: Final = 6
#: An instruction about a program, whose input is written as in code.
_PROGRAM: Final = r"(?i)\b(?:function|program|script|code|file|python|java|csv|string|method)s?\b"
#: A request for a number of lines, or for none to be broken, which line breaks in place of the escapes would not meet.
_LINES: Final = (
    r"(?i)\b(?:one|a single|exactly (?:one|two|three|four|five|[1-9])|(?:one|two|three|four|five|[1-9]) exact) lines?\b"
    r"|\b(?:single|one)-line\b|\b(?:no|without(?: any)?|avoid) (?:line ?breaks?|new ?lines?)\b"
)
#: A string in single quotes, as in a command line: neither an apostrophe nor a paragraph in quotation marks.
_SINGLE: Final = r"(?<![\w'\\])[rfbuRFBU]{0,2}'[^'\n]{1,120}'(?!\w)"
#: A string that is a value of JSON in a text, such as a list of tools, which escapes may keep from ending at a mark.
_MEMBER: Final = r'"[^"\\\n]{1,60}"\s{0,9}:\s{0,9}"(?:[^"\\\n]|\\.)*'
#: A string in code: the first one of a call or list, or what is assigned or returned.
_IN_CODE: Final = r"""(?:\w\(|[=\[]\s?|\breturn\s)[rfbuRFBU]{0,2}['"]"""
#: Characters that a regular expression lists.
_LISTED: Final = r"\[\^[^]\n]{1,80}\]|\[[^]\n]{1,80}\](?:[+*?]|\{\d)"
#: A conversion of a format string, such as `%s`, `%-10.2f` or `%{http_code}`, at its end.
_CONVERSION: Final = r"%(?:[-+#0]*[\d.]*[A-Za-z@]{1,2}|\{\w{1,40}\})\Z"
#: What stands before or after a break that is quoted from a chat template: its tokens, or dots instead of a text.
_BEFORE_QUOTED: Final = r"(?:\|>|\\n\s?(?:\.\.\.|…)\s?)\Z"
_AFTER_QUOTED: Final = r"\\n(?:<\||\s?(?:\.\.\.|…)\s?\\n)"
#: A list of long texts as Python prints it, after a label or at the beginning of a line: ``Context: ['…``.
_PRINTED: Final = r"(?m)(?:^|[:：])[ \t]?\[(?=['\"][^\n]{80})"
#: Characters before a break in which the quotation mark of its string is looked for.
_REACH: Final = 300


@frozen
class EscapedNewlineOptions(Options):
    """How many are enough."""

    least: int = option(
        2, "line breaks written out from which a text is reported", source="one may be what the text is about"
    )


#: Keys of hits that have one cause in many rows: escapes of line breaks, of characters, and of slashes.
_BREAKS: Final = "breaks"
_CHARACTERS: Final = "characters"
_SLASHES: Final = "slashes"


@rule(
    "QUA022",
    "escaped-newline",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    policy=tuple(
        Policy("one cause in many rows", 0.05, key=(key,), placed=True, example=True, many=50)
        for key in (_BREAKS, _CHARACTERS, _SLASHES)
    ),
)
def escaped_newline(turns: Turns, options: EscapedNewlineOptions) -> pl.Expr:
    """Find texts with a backslash before an n or a u, what may be left of an escape, a line that is a blank or ends in a
    hyphen."""
    said = (turns.role != "tool") & ~turns.has_tool_calls & (turns.side != "rejected")
    apart = passing(said & beyond_ascii(turns), turns.text, lambda text: text.str.contains_any([*AFTER_BLANK]))
    return passing(said, turns.text, _may_have_any, _has_any) | apart


def _may_have_any(text: pl.Expr) -> pl.Expr:
    """Return whether a text has a part of one of the literals: few enough to be found at memory speed."""
    # The letter is in most words: on its own, it is found by the digits after it.
    return text.str.contains_any([*_ESCAPES, *_APART, *ENDS]) | text.str.contains_any([SIGN]) | _is_lost(text)


def _has_any(text: pl.Expr) -> pl.Expr:
    return text.str.contains_any([*_SIGNS, *_APART, *BROKEN, SIGN, *_SPELLED_SIGNS, SLASHES]) | _is_lost(text)


def _is_lost(text: pl.Expr) -> pl.Expr:
    return text.str.contains_any([_LOST_SIGN])


@escaped_newline.detail
def _word(row: dict[str, Any], options: EscapedNewlineOptions) -> Hit | str | None:
    text = without_code(row["text"][:_READ])
    if (found := _json_rest(text, row) or _as_bytes(text, row)) is not None:
        return found
    if (found := _breaks(text, row, options)) is not None:
        return Hit(found, key=_BREAKS)
    if (found := _characters(text, row)) is not None:
        return Hit(found, key=_CHARACTERS)
    if (found := _slashes(text, row)) is not None:
        return Hit(found, key=_SLASHES)
    return _letters_apart(text, row) or _marks_apart(text, row) or _hyphenated(text, row)


def _json_rest(text: str, row: dict[str, Any]) -> str | None:
    found = json_rest(text)
    return None if found is None else f'goes on with the JSON that it was cut out of: "{_shown(row, found)}"'


def _as_bytes(text: str, row: dict[str, Any]) -> str | None:
    meant = [match.span() for match in re.finditer(_LITERAL, text)]
    found = [match for match in re.finditer(_BYTES, text) if not _is_within(match.start(), meant)]
    if not found or re.search(_CODE, text) or any(re.search(_ABOUT_BYTES, row[each]) for each in ("text", "prompt")):
        return None
    if not _is_bytes(text) and any(_is_quoted(text, match.start()) for match in found):
        return None
    first = bytes.fromhex(found[0][0].replace("\\x", "")).decode("utf-8", "replace")
    return f'{counted(len(found), "character")} written as bytes: "{_shown(row, found[0])}" has "{first}"'


def _is_bytes(text: str) -> bool:
    """Whether a text as a whole is what Python shows of ``bytes``."""
    return text.lstrip().startswith(("b'", 'b"'))


def _breaks(text: str, row: dict[str, Any], options: EscapedNewlineOptions) -> str | None:
    if row["is_prompt"] and (printed := _printed_breaks(text)) and not is_asked(_PROGRAM, row) and not _is_code(text):
        many = counted(len(printed), "line break")
        return f'{many} written as backslash and n in a list as Python prints it: "{_shown(row, printed[0])}"'
    strings = [match.span() for pattern in (_SINGLE, _MEMBER) for match in re.finditer(pattern, text)]
    found = [match for match in re.finditer(_BREAK, text) if not _is_meant(text, match.start(), strings)]
    if len(found) < options.least or text.count("\n") >= len(found):
        return None
    if row["is_prompt"] and is_asked(_PROGRAM, row):
        return None
    if row["is_prompt"] and len(found) < _MANY and re.search(_PROSE, text) is None:
        return None
    if _is_code(text) or (row["is_response"] and is_asked(_LINES, row)):
        return None
    return f'{counted(len(found), "line break")} written as backslash and n: "{_shown(row, found[0])}"'


def _printed_breaks(text: str) -> list[re.Match[str]]:
    """Return the breaks of prose in a list of texts that Python printed; none for other texts."""
    listed = re.search(_PRINTED, text)
    if listed is None or not any(end in text for end in ("']", '"]')) or not re.search(_PROSE, text[listed.end() :]):
        return []
    return [match for match in re.finditer(_BREAK, text) if match.start() > listed.start()]


def _characters(text: str, row: dict[str, Any]) -> str | None:
    meant = [match.span() for pattern in (_LISTED, _MEMBER, _LONE) for match in re.finditer(pattern, text)]
    if re.search(_IN_CODE, text):
        meant += [match.span() for match in re.finditer(_SINGLE, text)]
    found = [match for match in re.finditer(_CHARACTER, text) if not _is_in_code(text, match.start(), meant)]
    what = ""
    if not found:
        found, what = [*re.finditer(_LOST, text)], " without its backslash"
    if not found:
        found, what = [*re.finditer(_SPELLED, text)], " of which each sign is a token"
    if not found or _is_code(text) or any(re.search(_ABOUT_CHARACTERS, row[each]) for each in ("text", "prompt")):
        return None
    return f'{counted(len(found), "character")} written as an escape sequence{what}: "{_shown(row, found[0])}"'


def _slashes(text: str, row: dict[str, Any]) -> str | None:
    meant = [match.span() for match in re.finditer(_MEMBER, text)] if SLASHES in text else []
    found = [match for match in escaped_addresses(text) if not _is_in_code(text, match.start(), meant)]
    if not found or _is_code(text) or any(re.search(_ABOUT_BYTES, row[each]) for each in ("text", "prompt")):
        return None
    return f'{counted(len(found), "link")} with a backslash before each slash: "{_shown(row, found[0])}"'


def _letters_apart(text: str, row: dict[str, Any]) -> str | None:
    if not any(sign in text for sign in _APART):
        return None
    runs = (found.group() for found in _COLUMN.finditer(plain_ends(text)) if _APART[0] in found.group())
    run = next((each for each in runs if sum(map(str.isalpha, each)) >= _LETTERS), None)
    if run is None or (row["is_response"] and is_asked(_COLUMNS, row)):
        return None
    lines = run.split("\n")
    return f'{len(lines):,} lines of one character, as of a text joined by line breaks: "{excerpt("".join(lines), 40)}"'


def _marks_apart(text: str, row: dict[str, Any]) -> str | None:
    count, at = parted_marks(text)
    if not count or (row["is_response"] and is_asked(_COLUMNS, row)):
        return None
    around = excerpt(text, 40, start=max(at - 15, 0), stop=at + 25)
    return f'{counted(count, "vowel sign")} after a blank, outside of the words: "{around}"'


def _hyphenated(text: str, row: dict[str, Any]) -> str | None:
    if not row["is_response"] and row["role"] != "text":
        return None
    found = hyphenated_words(plain_ends(text))
    if not found or _is_code(text):
        return None
    first = found[0]
    parts = f'"{excerpt(first[1], 20)}-" above "{excerpt(first[2], 20)}"'
    return f"{counted(len(found), 'word')} hyphenated at the end of a line, such as {parts}"


def _is_code(text: str) -> bool:
    bare = text.strip()
    if bare.startswith(_TUPLE) and bare.endswith(")") and any(sign in bare for sign in _NEXT):
        return True
    return bool(
        bare.startswith(_DATA) or re.match(_OBJECTS, bare) or re.fullmatch(_QUOTED, text) or re.search(_CODE, text)
    )


def _shown(row: dict[str, Any], match: re.Match[str]) -> str:
    return excerpt(row["text"], 40, start=max(match.start() - 15, 0), stop=match.end() + 20)


def _is_meant(text: str, at: int, strings: list[tuple[int, int]]) -> bool:
    """Whether the escape at a place is for a program: in a string, after a conversion, or in a quoted template."""
    if _is_in_code(text, at, strings):
        return True
    before = text[max(at - 50, 0) : at]
    quoted = re.search(_BEFORE_QUOTED, before) is not None or re.match(_AFTER_QUOTED, text[at : at + 50]) is not None
    return quoted or re.search(_CONVERSION, before) is not None


def _is_in_code(text: str, at: int, parts: list[tuple[int, int]]) -> bool:
    return _is_quoted(text, at) or _is_within(at, parts)


def _is_within(at: int, parts: list[tuple[int, int]]) -> bool:
    return any(start < at < stop for start, stop in parts)


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place is inside a string, by the marks on its line or in reach: a text in quotes as a whole is none."""
    first = max(at - _REACH, 0)
    opened = text.rfind('"', first, at)
    line = max(text.rfind("\n", first, at), first)
    marks = ((text.count('"', start, at), text.count('\\"', start, at)) for start in {first, line})
    return opened > 0 and any(count % 2 or (count - escaped) % 2 for count, escaped in marks)
