r"""A text contains escapes such as backslash and n where line breaks or other characters were meant.

## What it does
Reports prompts, system prompts, responses and plain texts with at least `least` (2) line breaks that are written as
`\n`, outside code, and with fewer real line breaks than that. One between two sentences counts as two.

Also reported:
- letters and signs that are written as `\uXXXX` (`350\u00b0`) or as their bytes (`\xf0\x9f\x98\x80`)
- dashes, quotation marks and bullets whose escape lost its backslash (`u2022 Swim`, `donu2019t`)
- addresses with the slashes of JSON (`https:\/\/t.co`)
- apostrophes with a backslash in English words (`don\'t`), as exports of databases have them
- one `\n` in a list of long texts as Python prints it (`Context: ['…\n\n…']`)
- texts with a line break after each character
- texts that go on with the next keys of the JSON object that a script cut them out of (`…again","lang":"en"`)
- texts in scripts of India whose vowel signs stand after blanks ("द ि ल ् ल ी")
- responses and plain texts with words that are hyphenated at the end of a line ("exam-" above "ple")

Not reported:
- LaTeX (`\nabla`), paths, JSON, tuples and bytes of Python, format strings, quoted strings of code, and regular
  expressions
- texts that speak of line breaks or Unicode
- responses to prompts that ask for one line or a number of lines, or speak of letters or columns

## Why it matters
The text was escaped twice on its way into the file. The model reads and learns a backslash and an n, and writes them:
in one public set, each of 2,245 prompts has them. Azure's check of reinforcement data looks for the same.

A text with one character on a line was joined by line breaks where a list of texts was expected. To a tokenizer, it has
no words. A text with vowel signs on their own was divided by a pattern such as `\w+`, which does not match them. A text
with hyphenated words was extracted from pages, and the model learns to break words as they do.

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
Of line breaks, characters, slashes or apostrophes that are escaped in 5 % of 50 rows or more, or in 50 rows, there is
one finding for each file and key, with its rows. Lines that are broken between words are not reported, as mail and
verse have them. A text with one `\n` is not reported, nor is code that was escaped as a whole, or a break next to the
tokens of a chat template (`\n<|im_end|>`). Apostrophes are looked for in texts without strings in single quotes.
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
from datalint.rules.common.characters.escaped_apostrophes import ESCAPED, escaped_apostrophes
from datalint.rules.common.characters.escaped_slashes import SLASHES, escaped_addresses
from datalint.rules.common.characters.parted_letters import APART, hyphenated_ends, letters_apart, marks_apart
from datalint.rules.common.characters.parted_marks import AFTER_BLANK
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.escapes import CODE, is_code, is_in_code, is_meant, is_quoted, is_within
from datalint.rules.common.texts.hyphenated import BROKEN, ENDS
from datalint.rules.common.texts.json_rest import SIGN, json_rest
from datalint.rules.common.texts.turns import beyond_ascii, without_code

#: What begins an escape, and the escapes that are looked for.
_ESCAPES: Final = ("\\",)
_SIGNS: Final = ("\\n", "\\u", "\\x")
#: Characters of a text that are read.
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
#: An empty line, or a break after a sentence: breaks of prose. Others may be the records of a file that a prompt shows.
_PROSE: Final = r"\\n\s*\\n|[.!?:;,。！？：；，]\s*\\n"
_MANY: Final = 6
#: A break between two sentences, which counts twice: it is not what the text is about, unless this is a program.
_BETWEEN: Final = r"[^\W\d_]{3}[.!?:]\\n(?=[A-ZÄÖÜ][a-zäöüß]{1,20},? [^\W\d_])"
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
#: A list of long texts as Python prints it, after a label or at the beginning of a line: ``Context: ['…``.
_PRINTED: Final = r"(?m)(?:^|[:：])[ \t]?\[(?=['\"][^\n]{80})"


@frozen
class EscapedNewlineOptions(Options):
    """How many are enough."""

    least: int = option(
        2,
        "line breaks written out from which a text is reported, where one between two sentences counts as two",
        source="one may be what the text is about",
    )


#: Keys of hits that have one cause in many rows: escapes of line breaks, characters, slashes, and apostrophes.
_BREAKS: Final = "breaks"
_CHARACTERS: Final = "characters"
_SLASHES: Final = "slashes"
_APOSTROPHES: Final = "apostrophes"


@rule(
    "QUA022",
    "escaped-newline",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    policy=tuple(
        Policy("one cause in many rows", 0.05, key=(key,), placed=True, example=True, many=50)
        for key in (_BREAKS, _CHARACTERS, _SLASHES, _APOSTROPHES)
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
    return text.str.contains_any([*_ESCAPES, *APART, *ENDS]) | text.str.contains_any([SIGN]) | _is_lost(text)


def _has_any(text: pl.Expr) -> pl.Expr:
    return text.str.contains_any([*_SIGNS, *APART, *BROKEN, SIGN, *_SPELLED_SIGNS, SLASHES, ESCAPED]) | _is_lost(text)


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
    if (found := _apostrophes(text, row)) is not None:
        return Hit(found, key=_APOSTROPHES)
    return letters_apart(text, row) or marks_apart(text, row) or hyphenated_ends(text, row)


def _json_rest(text: str, row: dict[str, Any]) -> str | None:
    found = json_rest(text)
    return None if found is None else f'goes on with the JSON that it was cut out of: "{_shown(row, found)}"'


def _as_bytes(text: str, row: dict[str, Any]) -> str | None:
    meant = [match.span() for match in re.finditer(_LITERAL, text)]
    found = [match for match in re.finditer(_BYTES, text) if not is_within(match.start(), meant)]
    if not found or re.search(CODE, text) or any(re.search(_ABOUT_BYTES, row[each]) for each in ("text", "prompt")):
        return None
    if not _is_bytes(text) and any(is_quoted(text, match.start()) for match in found):
        return None
    first = bytes.fromhex(found[0][0].replace("\\x", "")).decode("utf-8", "replace")
    return f'{counted(len(found), "character")} written as bytes: "{_shown(row, found[0])}" has "{first}"'


def _is_bytes(text: str) -> bool:
    """Whether a text as a whole is what Python shows of ``bytes``."""
    return text.lstrip().startswith(("b'", 'b"'))


def _breaks(text: str, row: dict[str, Any], options: EscapedNewlineOptions) -> str | None:
    if row["is_prompt"] and (printed := _printed_breaks(text)) and not is_asked(_PROGRAM, row) and not is_code(text):
        many = counted(len(printed), "line break")
        return f'{many} written as backslash and n in a list as Python prints it: "{_shown(row, printed[0])}"'
    strings = [match.span() for pattern in (_SINGLE, _MEMBER) for match in re.finditer(pattern, text)]
    found = [match for match in re.finditer(_BREAK, text) if not is_meant(text, match.start(), strings)]
    between = 0 if re.search(_PROGRAM, text) else sum(_is_between(text, match) for match in found)
    if len(found) + between < options.least or text.count("\n") >= len(found):
        return None
    if row["is_prompt"] and is_asked(_PROGRAM, row):
        return None
    if row["is_prompt"] and len(found) < _MANY and re.search(_PROSE, text) is None:
        return None
    if is_code(text) or (row["is_response"] and is_asked(_LINES, row)):
        return None
    return f'{counted(len(found), "line break")} written as backslash and n: "{_shown(row, found[0])}"'


def _is_between(text: str, match: re.Match[str]) -> bool:
    """Whether a break ends a sentence, with three letters and its mark before it, and begins the next one."""
    return re.match(_BETWEEN, text[max(match.start() - 4, 0) : match.end() + 40]) is not None


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
    found = [match for match in re.finditer(_CHARACTER, text) if not is_in_code(text, match.start(), meant)]
    what = ""
    if not found:
        found, what = [*re.finditer(_LOST, text)], " without its backslash"
    if not found:
        found, what = [*re.finditer(_SPELLED, text)], " of which each sign is a token"
    if not found or is_code(text) or any(re.search(_ABOUT_CHARACTERS, row[each]) for each in ("text", "prompt")):
        return None
    return f'{counted(len(found), "character")} written as an escape sequence{what}: "{_shown(row, found[0])}"'


def _slashes(text: str, row: dict[str, Any]) -> str | None:
    meant = [match.span() for match in re.finditer(_MEMBER, text)] if SLASHES in text else []
    found = [match for match in escaped_addresses(text) if not is_in_code(text, match.start(), meant)]
    if not found or is_code(text) or any(re.search(_ABOUT_BYTES, row[each]) for each in ("text", "prompt")):
        return None
    return f'{counted(len(found), "link")} with a backslash before each slash: "{_shown(row, found[0])}"'


def _apostrophes(text: str, row: dict[str, Any]) -> str | None:
    found = [match for match in escaped_apostrophes(text) if not is_quoted(text, match.start())]
    if not found or is_code(text) or any(re.search(_ABOUT_BYTES, row[each]) for each in ("text", "prompt")):
        return None
    return f'{counted(len(found), "apostrophe")} with a backslash: "{_shown(row, found[0])}"'


def _shown(row: dict[str, Any], match: re.Match[str]) -> str:
    return excerpt(row["text"], 40, start=max(match.start() - 15, 0), stop=match.end() + 20)
