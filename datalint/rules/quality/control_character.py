r"""A text contains a control character.

## What it does
Reports characters below U+0020 except tab and line breaks, U+007F, and U+0080 to U+009F. The finding says which
characters there are, how many, and where the first one is. A carriage return counts if it is alone inside a line.

## Why it matters
Nobody types these characters. A form feed before "rac" was `\frac`, and a backspace before "egin" was `\begin`: the
backslash was read as an escape, and the model learns broken LaTeX. Others come from terminals, binary data or a wrong
code page.

## Bad
```jsonl
{"prompt": "One half in LaTeX?", "completion": "$\frac{1}{2}$"}
```

## Good
```jsonl
{"prompt": "One half in LaTeX?", "completion": "$\\frac{1}{2}$"}
```

## What to do
Remove the character, or write what it stands for: a sign, a backslash sequence, or a character of Windows-1252.

## Known limits
A control character that stands between the parts of a text without white space, three times or more, is a separator
(U+0001 in token files): one note. U+0080 to U+009F inside mis-decoded text is left to `mojibake`. Tabs and newlines may
be broken `\times` and `\nu` too, but are far more often real ones. They are reported only in formulas, where the rest
of the command is no word ("heta", "abla"); a tab also before a brace ("extsubscript{") and between digits.

A fix leaves a character, and all others of its text, where it may stand for something that is lost:
- a LaTeX command, where formulas are near
- letters or a sign between two characters or after a word, or the low byte of a dash or quotation mark (U+0019)
- a line break: a carriage return in a text whose lines end in newlines

These stay as well:
- a byte of a character that is not complete, and the first bytes of a PNG or gzip file
- U+0080 to U+009F, if Windows-1252 would have a wrong letter or sign there, as for "että" in Mac Roman ("ett\x8a")
- everything in a row that speaks of control characters, escape codes or ASCII
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Fix, Hit, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.characters.about_characters import MEANT, is_about_controls
from datalint.rules.common.characters.eaten_backslash import (
    BREAKS,
    ESCAPES,
    LITERALS,
    breaks_line,
    command,
    is_ligature,
    stays,
)
from datalint.rules.common.characters.emoji_pages import may_be_part
from datalint.rules.common.characters.misdecoded import is_of_misdecoded
from datalint.rules.common.characters.misread import WITHIN_FOUR, WITHIN_THREE
from datalint.rules.common.characters.other_letters import has_other_letters, in_other_pages
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.spans.offsets import why_kept
from datalint.rules.common.test_cases import ENCODED, is_tested
from datalint.rules.common.texts.items import EMPTIES, empties_items
from datalint.rules.common.texts.turns import is_odd

#: In groups of ten and fewer, which the engine looks for at memory speed.
_C0: Final = r"([\x00-\x08])|([\x0b\x0c\x0e-\x15])|([\x16-\x1f])|(\x7f)|\r[^\n]"
_C1: Final = [chr(code) for code in range(0x80, 0xA0)]
#: What UTF-8 becomes in Latin-1 and Windows-1252, after which a C1 control is a part of it.
_MISREAD: Final = "\u00a0-\u00f4\u0080-\u009fƒ†‡ˆ‰Š‹ŒŽ˜™š›œžŸ€"
_CONTROL: Final = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?=[^\n])"
    rf"|(?<![{_MISREAD}])(?!{WITHIN_THREE}|{WITHIN_FOUR})[\u0080-\u009f]+"
)
_COLOURS: Final = "\x1b\\[[0-9;]{0,16}[A-Za-z]"
#: Parts of a text, such as tokens, between one and the same control character.
_SEPARATED: Final = r"[^\x00-\x1f\x7f]+(?:([\x01-\x06\x1c-\x1f])[^\x00-\x1f\x7f]+)(?:\1[^\x00-\x1f\x7f]+){2,}"
#: A line break after a quotation mark that was escaped, with the beginning of the next row up to its quotation mark.
_NEXT_ROW: Final = r"""\\"\r[^\r"\n]{1,80}"$"""
#: What stands for letters that a font has as one sign.
_IN_WORDS: Final = r"[\x01-\x08\x0e-\x1a\x1c-\x1f]"
#: What is left of a dash or a quotation mark of U+2013 to U+201D whose high byte was dropped, and of one that is not
#: between two letters.
_LOW_BYTES: Final = "\x13\x14\x18\x19\x1c\x1d"
_AT_WORDS: Final = "\x18\x1c\x1d"
#: Control characters among the first bytes of PNG and gzip files.
_SIGNATURE: Final = lazy_pattern(r"\x89(?=PNG)|\x1f(?=\x8b)|(?<=\x1f)\x8b")


@rule(
    "QUA013",
    "control-character",
    severity=Severity.WARNING,
    since="0.1",
    fix=Fix.edit(safe=True),
)
def control_character(turns: Turns, options: Options) -> pl.Expr:
    """Find C0 and C1 controls, and a carriage return without its newline."""
    c1 = passing(is_odd(turns), turns.text, lambda text: text.str.contains_any(_C1))
    return turns.text.str.contains(_C0) | turns.text.str.contains_any([*LITERALS]) | c1


@control_character.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    text = row["text"]
    found = _found(text)
    if not found or is_tested(row, ENCODED):
        return None
    at = found[0].start()
    if _separates(text, found):
        return Hit(f"U+{ord(text[at]):04X} separates the parts of the text", severity=Severity.INFO, fixable=False)
    more = "" if len(found) == 1 else f", the first of {len(found):,}"
    eaten = command(found[0])
    # An escaped carriage return, "\\r", would look like the backslash that is missing.
    shown = f"{text[:at]}{chr(0x2400 + ord(text[at]))}{text[at + 1 :]}" if text[at] in "\r\t\n" else text
    near = excerpt(shown, 40, start=at - 12, stop=at + 12)
    message = f'control character U+{ord(text[at]):04X} at character {at + 1}{more}: "{near}"'
    doubtful = not eaten and stays(found[0])
    message = f"{message}; was it \\{eaten or ESCAPES[text[at]] + '…'}?" if eaten or doubtful else message
    if _is_of_file(found[0]):
        message += "; it is a byte of binary data"
    elif _is_byte(found[0]):
        message += "; it may be a byte of a character that was read in the wrong code page"
    elif has_other_letters(text):
        pages = in_other_pages(found[0]) if found[0].group()[0] >= "\x80" else ""
        message += f"; it may be the letter {pages}" if pages else ""
    elif meant := _in_windows(found[0].group()):
        message += f'; Windows-1252 has "{excerpt(meant, 10)}" there'
    if not (eaten or doubtful) and _is_lost(found[0]):
        within = text[at] in _AT_WORDS and text[:at][-1:].isalpha() and text[at + 1 : at + 2].isalpha()
        sign = chr(0x2000 + ord(text[at])) if text[at] in _LOW_BYTES and not within else ""
        message += f'; it may be "{sign}" (U+{ord(sign):04X})' if sign else "; it may stand for lost letters or a sign"
    repaired = _repaired(row, options)
    kept = why_kept(row, repaired)
    if re.search(_NEXT_ROW, text):
        message += "; the beginning of the next row follows, as a quotation mark was not closed"
    empties = not kept and empties_items(row, _repaired, options)
    able = repaired not in (None, text) and not kept and not empties
    shows = able and is_about_controls(row)
    return Hit(message + kept + EMPTIES * empties + MEANT * shows, fixable=able and not shows)


@control_character.repair
def _repaired(row: dict[str, Any], options: Options) -> str | None:
    """Delete them, with the colour codes of terminals; put line breaks and cp1252's characters in their place."""
    text = row["text"]
    found = list(re.finditer(_CONTROL, text))
    # A reader may expect the separators of one text of a row whose other one is fixed.
    if found and _separates(text, found):
        return None
    if re.search(_NEXT_ROW, text):
        return None
    plain = re.sub(_COLOURS, "", text)
    # Where one was a backslash and a letter, so may others of the text have been, and the next fix would no longer know.
    doubtful = any(map(stays, re.finditer(_CONTROL, plain)))
    # What they are in the code page of the text is not known.
    letters = has_other_letters(plain)

    def again(control: re.Match[str]) -> str:
        keeps = (doubtful and _may_be_escape(control)) or (letters and control.group() >= "\x80")
        return control.group() if keeps else _meant(control)

    return re.sub(_CONTROL, again, plain)


def _found(text: str) -> list[re.Match[str]]:
    """Return the control characters, with tabs and newlines only where they were a command of LaTeX.

    A byte of a character in the wrong code page is left to ``mojibake``, which repairs the character.
    """
    found = re.finditer(f"{_CONTROL}|{BREAKS}", text)
    return [
        each
        for each in found
        if (each.group()[0] not in "\t\n" or command(each)) and not is_of_misdecoded(text, each.start())
    ]


def _separates(text: str, found: list[re.Match[str]]) -> bool:
    """Whether control characters separate the parts of a text, and white space next to all of them does not.

    What is next to white space now and then stands for letters: it also begins words.
    """
    if not re.fullmatch(_SEPARATED, text.strip("\r\n")):
        return False
    before = {text[each.start() - 1].isspace() for each in found}
    after = {text[each.end() : each.end() + 1].isspace() for each in found}
    return before == after and len(before) == 1


def _is_lost(found: re.Match[str]) -> bool:
    """Whether a control character may stand for letters, as "fi" in PDF files, or for a sign: a comma, a dash, a quote."""
    control, text = found.group(), found.string
    if not re.fullmatch(_IN_WORDS, control):
        return False
    before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
    if control in _LOW_BYTES or (before.strip() and after.strip()):
        return True
    begins = not before.strip() and after.islower()
    # After every word it is what a program put between tokens, and the white space is enough.
    follows = before.isalnum() and after.isspace() and re.search(rf"[^{control}\s]\s+\S", text) is not None
    return begins or follows


def _may_be_escape(found: re.Match[str]) -> bool:
    return found.group() in ESCAPES and not breaks_line(found)


def _is_of_file(found: re.Match[str]) -> bool:
    """Whether a control character is of the first bytes of a file, for which Windows-1252 has a sign that nobody meant."""
    return _SIGNATURE.match(found.string, found.start()) is not None


def _is_byte(found: re.Match[str]) -> bool:
    """Whether a control character is, or may be, a byte of a character that was read in the wrong code page."""
    at, control = found.start(), found.group()
    # The rest of a dash or a quotation mark (E2 80 93) whose first byte was lost.
    is_rest = control[0] == "\x80" and len(control) > 1
    return control[0] >= "\x80" and (is_rest or may_be_part(found.string, at) or is_of_misdecoded(found.string, at))


def _meant(found: re.Match[str]) -> str:
    control = found.group()
    if _is_lost(found) or _is_byte(found) or _is_of_file(found):
        return control
    if control in "\r\x0b\x0c":
        return "" if is_ligature(found) else "\n"
    return _in_windows(control)


def _in_windows(control: str) -> str:
    """Return what C1 controls are in Windows-1252, as browsers read them; empty for others."""
    return "".join(char.encode("latin-1").decode("cp1252", "ignore") for char in control if char >= "\x80")
