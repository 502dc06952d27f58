"""Characters that may be invisible: where they are in a text, which ones belong to other damage, and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from unicodedata import combining

from datalint.rules.common.characters.cut_emoji import cut_emoji
from datalint.rules.common.characters.misdecoded import is_of_misdecoded
from datalint.rules.common.characters.misread import REST, WITHIN_FOUR, WITHIN_THREE
from datalint.rules.common.characters.parted_marks import VIRAMAS

#: Of private use, the last one is left out: devices of Apple have their logo there, which people type.
_ALWAYS: Final = "\u00ad\u034f\u115f\u1160\u180e\u2060-\u2064\u3164\ufeff\uffa0\ue000-\uf8fe\U000f0000-\U0010fffd"
_GATE: Final = f"[{_ALWAYS}\u200b-\u200d\U000e0001-\U000e007f]"
#: Scripts that break lines without spaces, and those that shape letters by joiners, with the emoji.
_SPACELESS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af\u200d\ufb50-\ufdff\ufe0f\ufe70-\ufefc"
    "\u2190-\u2bff\U0001f000-\U0001faff\U00011000-\U00011fff"
)
#: Emoji, whose parts a tokenizer may have set apart with blanks, as it does signs of Indic scripts.
_EMOJI: Final = "\u2190-\u2bff\U0001f000-\U0001faff"
#: A sign between the operands of a formula, which are single letters, numbers or brackets, or after the name of a
#: function.
_OPERATOR: Final = (
    r"(?:(?<=[\w)\]}\\])|(?<=[\w)\]}\\] ))"
    r"(?:\u2061|(?<![^\W\d_]{2})(?<![^\W\d_]{2} )[\u2062-\u2064](?! ?[^\W\d_]{2}))(?= ?[\w(\[{\\])"
)
#: A part of a letter in the wrong code page ("\u00c3\u00ad", or "\u0102\u00ad" in that of Central Europe, where the first
#: sign is a capital of words too): the letter is repaired, and its part not deleted.
_PART: Final = (
    f"(?:(?<=[\u00c2-\u00c5\u00ce-\u00d1\u00d7-\u00d9])|{WITHIN_THREE}|{WITHIN_FOUR})\u00ad"
    f"|(?<=[\u0102\u0139])\u00ad(?![A-Z])|(?<=[à-ô])\u00ad{REST}"
)
#: One that shows nothing where it stands, and is no part of anything else.
_HIDDEN: Final = (
    f"(?!{_PART}|{_OPERATOR}|(?<=[\u1820-\u18aa])\u180e)[{_ALWAYS}]|(?<![{_SPACELESS}])(?<![{_SPACELESS}] )\u200b(?![ \u200b]{{0,3}}[{_SPACELESS}])|(?<![{_JOINING}])(?<![{_EMOJI}{VIRAMAS}] )[\u200c\u200d](?![{_JOINING}]| [{_EMOJI}])"
    "|(?<=\u200c)\u200c"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]"
)
#: Runs of one character around a text, and words of an instruction that is hidden in what the model reads.
_FRAMED: Final = f"(([{_ALWAYS}\u200b-\u200d])\\2{{2,19}})([^{_ALWAYS}\u200b-\u200d]{{20,1000}})\\1(?!\\2)"
_ORDER: Final = (
    r"(?i)\b(?:ignore|disregard|override|forget|forward|send|export|exfiltrate|leak|reveal|delete|transfer|execute"
    r"|instructions?|system|developer mode|secretly|attacker)\b"
)
#: Bullets at the beginning of a line, as Wingdings and Symbol have them under private codes, and what they show.
BULLETS: Final = dict(zip("\uf06e\uf076\uf0a7\uf0b7\uf0d8\uf0fc", "■❖▪•➢✓", strict=True))
#: The first private-use character that fonts of Han characters use for rare ones, and these characters.
_SUPPLEMENTARY: Final = "\U000f0000"
_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
#: Characters on each side of a place in which a lost one is of the same damage.
_REACH: Final = 40
#: Marks next to each other from which on these are piled up; letters of languages have up to two.
_PILE: Final = 3
#: The usual ones by their names.
NAMES: Final = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
    "\ufeff": "byte-order mark",
}


def hidden_places(text: str) -> Iterator[int]:
    """Yield the places of the characters of a text that show nothing there, and belong to no other damage."""
    hidden = re.compile(_HIDDEN)
    # Looking behind at every character of a text takes long, so only where one of these stands.
    gates = (gate.start() for gate in re.finditer(_GATE, text))
    return (at for at in gates if hidden.match(text, at) and not _is_debris(text, at))


def _is_debris(text: str, at: int) -> bool:
    """Whether a character stands next to a lost one, whose bytes it is a part of: that place is reported already.

    Or whether it is of a letter that was decoded with the wrong code page, or stands among Han characters for one of
    them that Unicode lacks. One of private use is also next to a lost one if only letters beyond ASCII are between.
    """
    near = text[max(at - 1, 0) : at + 2]
    if (
        "\ufffd" in near
        or (is_private(text[at]) and _has_lost(text, at))
        or (text[at] >= _SUPPLEMENTARY and re.search(_HAN, near) is not None)
    ):
        return True
    return is_of_misdecoded(text, at) or _is_piled(text, at)


def _is_piled(text: str, at: int) -> bool:
    """Whether a character stands among marks that are piled on a letter as decoration ("zalgo"), which stay anyway."""
    sides = text[max(at - _PILE, 0) : at], text[at + 1 : at + 1 + _PILE]
    return any(len(side) == _PILE and all(map(combining, side)) for side in sides)


def _has_lost(text: str, at: int) -> bool:
    """Whether a character was lost among those beyond ASCII around a place."""
    before = re.search(r"[^\x00-\x7f]*\Z", text[max(at - _REACH, 0) : at])
    after = re.match(r"[^\x00-\x7f]*", text[at : at + _REACH])
    return any(found is not None and "\ufffd" in found.group() for found in (before, after))


def hides_order(row: dict[str, Any]) -> bool:
    """Whether all invisible characters of a text that is read stand around instructions, as in an attack."""
    if row["is_response"] and row["role"] != "text":
        return False
    framed = list(re.finditer(_FRAMED, row["text"]))
    if not framed or not all(re.search(_ORDER, each.group(3)) for each in framed):
        return False
    return not re.search(_HIDDEN, re.sub(_FRAMED, "", row["text"]))


def is_private(char: str) -> bool:
    """Return whether a character is for private use: a font decides what it shows."""
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def name_of(char: str) -> str:
    """Return the name and the code of a character, and what was perhaps meant by it."""
    code = f"U+{ord(char):04X}"
    if char in BULLETS:
        return f"private-use character {code} (perhaps {BULLETS[char]})"
    if is_private(char):
        emoji = cut_emoji(char)
        cut = f" (perhaps {emoji} U+{ord(emoji):04X}, cut to 16 bits)" if emoji else ""
        return f"private-use character {code}{cut}"
    if char >= "\U000e0000":
        return f"tag character {code}"
    return f"{NAMES.get(char, 'invisible character')} {code}"
