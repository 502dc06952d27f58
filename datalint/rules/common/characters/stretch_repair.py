"""The repair of one stretch of text that was decoded with a wrong code page."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from datalint.rules.common.characters.emoji_pages import read_emoji
from datalint.rules.common.characters.misread import REST
from datalint.support.lazy_pattern import lazy_pattern

#: Control characters that ftfy reads as Windows-1252.
_C1: Final = lazy_pattern("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
#: The first two characters of an emoji, and the same in small letters.
_EMOJI: Final = "ðŸ"
_LOWERED: Final = _EMOJI.lower()
#: A pound sign that was read as Windows-1252 ("Â£") and then made small: ftfy takes a blank behind it for a third byte.
_SMALL_POUND: Final = lazy_pattern(rf"(?<![^\W_])â£(?:(?!{REST}|[^\W\d_])|(?=\xa0[^â]))")
#: What a tokenizer made of the three characters of a dash, dot or quotation mark (U+2000 to U+203F).
SPLIT: Final = "â € "
_SPLIT: Final = lazy_pattern(f"{SPLIT}({REST})")
#: A closing quotation mark in Windows-1252, which has no character for its last byte. A dagger has a no-break space there.
_CLOSING: Final = lazy_pattern(r"(?<=[\w.,!?;:%)\]…’'])â€(?=[ .,;:!?)\]]|$)")
_CLOSED: Final = "â€\x9d"
#: The two characters of an accented letter that a tokenizer divided, within a word: "CamanÃ ¡", "CÃ ©spedes", "CÃ © spedes".
_HALF: Final = "[¡-ª¬-¶¸-º¼-¿]"
HALVES: Final = lazy_pattern(
    rf"(?<=[a-zß-ÿ])Ã {_HALF}|Ã {_HALF}(?=[a-zß-ÿ])|(?<=\b[A-Z])Ã [¡-©¬¯±-¶¸¹¼-¿](?= [a-zß-ÿ])"
)
#: The last letter of the Latin script, before others; categories of letters and of marks that are written with them; signs
#: of no script, by the first word of their names; and first words of East Asian ones.
_LAST_LATIN: Final = "\u02af"
_LETTER: Final = ("Lo", "Ll", "Lu", "Mn", "Mc")
_NO_SCRIPT: Final = ("COMBINING", "VARIATION")
_EAST_ASIAN: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "FULLWIDTH")
#: An accented letter at the end of a word or within it, whose second character a blank took the place of: "à" or "í".
_BLANKED: Final = lazy_pattern("(?<=[a-zß-ÿ])Ã ")
#: Letters of Spanish and Portuguese, which write no "à" after a letter; Vietnamese does, and has others.
_IBERIAN: Final = lazy_pattern("[áãñõ]")
_VIETNAMESE: Final = lazy_pattern("[ăđơư\u1ea0-\u1ef9]")
#: What a letter or sign that was decoded as Mac OS Roman twice begins with.
MAC_TWICE: Final = ("‚àö", "¬¨‚")
#: A line whose only traces are those of accented letters ("Ã©"), dashes and quotation marks ("â€™") in ASCII text.
_PLAIN: Final = lazy_pattern("(?:[\x00-\x19\x1b-\x7f]|(?:Ã[¡-¤¦-¬®-¶¸-¿]|â€[˜™œ“”¦])(?![^\x00-\x7f]))*")
_BEYOND_ASCII: Final = lazy_pattern("[^\x00-\x7f]+")
#: An arrow, box, star or other symbol (U+2190 to U+27BF) in Windows-1252, which ftfy leaves as it may be letters.
_SYMBOL: Final = lazy_pattern(rf"(?<![^\W\d_])â[†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œž]{REST}")
#: Accented letters, dashes and quotation marks in code page 850, which ftfy does not know; where both are parts of
#: boxes, within a word.
_OEM_REST: Final = bytes(range(0x80, 0xC0)).decode("cp850")
_BOX: Final = "".join(char for char in _OEM_REST if "\u2500" <= char <= "\u259f")
_OEM: Final = rf"├[^\x00-\x7f\u2500-\u259f]|(?<=[^\W\d_])├[{_BOX}]|├[{_BOX}](?=[a-z])|ÔÇ[{re.escape(_OEM_REST)}]"
#: Dashes, quotation marks, dots, the euro and the trademark sign in code pages of Mac OS, of which ftfy knows only Mac
#: OS Roman, and that where it explains the whole line; and an accented letter in these, behind a letter of ASCII.
_MAC_SIGN: Final = "(?:‚[ÄÇÑāĄ]|(?<![а-яё])в[АВД])[^\x00-\x7f]"
_MAC: Final = rf"{_MAC_SIGN}|(?<=[A-Za-z])√[^\x00-\x7fπ∞∑∫√Ω≈≠]"
_MAC_PAGES: Final = ("mac_roman", "mac_latin2", "mac_cyrillic")
#: What these are. A German quotation within another one may begin with "‚Äö" or "‚Äü".
_OF_MAC: Final = "[À-ÿ\u2010-\u2019\u201c-\u201e\u2020-\u203a€™]"
#: Letters of Hebrew, Arabic and Thai, with signs of their code pages, of which ftfy does not know the last two.
_OTHER_SCRIPT: Final = (
    r"[\u0590-\u06ff\u0e00-\u0e7f][\u0590-\u06ff\u0e00-\u0e7f\u0080-\u00bf\u2010-\u203a\u20ac\u2122]*"
)
_CODE_PAGES: Final = ("cp874", "cp1255", "cp1256")


@lru_cache(maxsize=4)  # a finding and its repair read the same line
def repaired_stretch(line: str) -> str:
    """Return what ftfy makes of a line; importing ftfy takes longer than a plain file of 5,000 rows does."""
    if "Ã " in line and (joined := HALVES.sub(lambda found: found[0].replace(" ", ""), line)) != line:
        fixed = repaired_stretch(joined)
        return fixed if fixed != joined else line
    if _LOWERED in line:
        raised = line.replace(_LOWERED, _EMOJI)
        fixed = repaired_stretch(raised)
        return fixed if fixed != raised else line
    if "â£" in line and (raised := _SMALL_POUND.sub("£", line)) != line:
        return repaired_stretch(raised)
    if _EMOJI not in line and (read := read_emoji(line)) != line:
        return repaired_stretch(read)
    if SPLIT in line:
        line = _SPLIT.sub(lambda found: _punctuation(found[1]) or found[0], line)
    if any(each in line for each in MAC_TWICE):
        line = _BEYOND_ASCII.sub(lambda found: _read_as("mac_roman", _read_as("mac_roman", found[0])), line)
    line = _CLOSING.sub(_CLOSED, line) if _CLOSED[:2] in line else line
    if _PLAIN.fullmatch(line):
        return line.encode("cp1252").decode()
    from ftfy import fix_encoding

    fixed = _in_two_steps(fix_encoding(line), line)
    if _BLANKED.search(line) and _IBERIAN.search(fixed) and not _VIETNAMESE.search(fixed):
        # ftfy takes the letter for "à", but it is the "í" of a word, whose parts or end can't be known.
        return "Ã ".join(map(repaired_stretch, _BLANKED.split(line)))
    if re.search(_MAC_SIGN, fixed) is not None and (read := _signs_of_mac(line)) != line:
        return fix_encoding(read)
    if ("\ufffd" in fixed and "\ufffd" not in line) or _is_of_third_script(fixed, line):
        return line  # the characters were lost before they were read in a wrong way, or read in another one
    if fixed == _C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), line):
        return line  # not a character of UTF-8
    if fixed != line:
        return fixed
    return re.sub(_OEM, lambda found: _read_as("cp850", found[0]), _SYMBOL.sub(lambda found: _symbol(found[0]), line))


def _is_of_third_script(fixed: str, line: str) -> bool:
    """Whether a repair makes letters of a script that neither the Latin one is nor the line's own, such as Han in Arabic.

    A line that is garbled in another way may have bytes of such a letter by chance.
    """
    kept, made = _scripts(set(line) & set(fixed)), _scripts(set(fixed) - set(line))
    return bool(kept and made) and kept.isdisjoint(made)


def _scripts(chars: set[str]) -> set[str]:
    """Return the scripts of letters, but for the Latin one; East Asian ones are one, as texts have several."""
    letters = (char for char in chars if char > _LAST_LATIN and unicodedata.category(char) in _LETTER)
    names = {unicodedata.name(char, "").partition(" ")[0] for char in letters}
    return {_EAST_ASIAN[0] if name in _EAST_ASIAN else name for name in names if name not in _NO_SCRIPT}


def _signs_of_mac(line: str) -> str:
    """Return a line with the signs and letters read again, one by one, that were read in a code page of Mac OS.

    The line itself is returned if it has other Cyrillic letters next to signs that became such letters.
    """
    read = re.sub(_MAC, lambda found: _of_mac(found[0]), line)
    return line if re.search("в[АВД]", line) and re.search("[А-яЁё]", read) else read


def _of_mac(characters: str) -> str:
    read = (_read_as(page, characters) for page in _MAC_PAGES)
    return next((each for each in read if re.fullmatch(_OF_MAC, each)), characters)


def _in_two_steps(fixed: str, line: str) -> str:
    """Return a repaired line in which letters that stand for UTF-8 in the code page of their script are read again.

    A section sign that was read as Thai and then as Windows-1252 is "ยง" after one step. All letters of such a script
    must be characters of the Latin script or signs after the second step, and the line must have had none before.
    """
    runs = [] if re.search(_OTHER_SCRIPT, line) is not None else re.findall(_OTHER_SCRIPT, fixed)
    if not runs or any(_again(run) == run for run in runs):
        return fixed
    return re.sub(_OTHER_SCRIPT, lambda found: _again(found[0]), fixed)


def _again(letters: str) -> str:
    for code_page in _CODE_PAGES:
        read = _read_as(code_page, letters)
        if read != letters and re.fullmatch("[\u00a0-\u024f\u2010-\u21ff]+", read) is not None:
            return read
    return letters


def _symbol(characters: str) -> str:
    """Return the symbol whose three bytes were read as Windows-1252, or the characters if they are none."""
    symbol = _read_as("cp1252", characters)
    return symbol if "\u2190" <= symbol <= "\u27bf" else characters


def _punctuation(last: str) -> str | None:
    """Return the sign from U+2000 to U+203F whose last byte of UTF-8 was read as this character."""
    try:
        return (b"\xe2\x80" + (last.encode("cp1252", "ignore") or last.encode("latin-1"))).decode()
    except UnicodeError:
        return None


def _read_as(code_page: str, characters: str) -> str:
    """Return the text that was decoded with a code page instead of as UTF-8, or the characters if it was not."""
    try:
        return characters.encode(code_page).decode()
    except UnicodeError:
        return characters
