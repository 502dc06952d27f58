"""UTF-8 that was decoded with a code page of one byte per character that ftfy does not know: Arabic as Windows-1256.

The text is encoded in the code page and decoded as UTF-8 as a whole. Letters beyond ASCII in a row, or several within
words of ASCII letters, are proof: real text in these code pages is no valid UTF-8.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: What frequent letters of Arabic, Cyrillic, Greek, Hebrew and Latin beyond ASCII, and the first bytes of Thai, the scripts
#: of India, Georgian and Vietnamese, become in a code page, unless this may be a part of a word.
_FREQUENT: Final = {
    "cp1256": "ط§ ظ„ ذ° ذ¾ خ± خ؟ ×™ ×• أ© أ¨ à¸ à¤ ل»".split(),
    "cp1255": "״§ ׀° ׀¾ ׀µ ־± ־¿ ׳™ ׳• ֳ© ֳ¨ א¸ א₪ ב»".split(),
    "cp874": "ู\x84 ู\x8a ื\x99 ื• แ\x83".split(),
    "cp1253": "Ψ§ Ω„ Ω\x8a Π° Ξ± Χ™ Χ• Γ© Γ¨ ΰ¤ α»".split(),
    "cp1251": "Ш§ Щ„ Р° О± Ч™ Ч• Г© а¤ б»".split(),
    "koi8_r": "ь╖ ы└ ы┼ п╟ п╬ п╣ н╠ н© в≥ в∙ ц╘ ц╗ Ю╦ Ю╓ А┐ А╩".split(),
    "mac_cyrillic": "–∞ –Њ –µ ќ± „Щ „Х √© √® а§".split(),
    "cp866": "╪з ┘Д ┘К ╨░ ╨╛ ╨╡ ╬▒ ╬┐ ╫Щ ╫Х ├й ├и р╕ с╗".split(),
    "iso8859_5": "й\x84 й\x8a з\x99 з\x95 с\x83".split(),
    "iso8859_6": "ع\x84 ع\x8a خ؟ ط\x99 ط\x95 ـ¤ ف\x83 ف؛".split(),
    "iso8859_7": "Ψ§ Ω\x84 Ω\x8a Π° Π΅ Ξ± Χ\x99 Χ\x95 Γ© Γ¨ ΰ€ α\x83 α»".split(),
    "cp1257": "Ų§ Ł„ Ł\x8a Š° Š¾ Ī± ×™ ×• Ć© ą¤ į\x83 į»".split(),
    "cp1258": "Ø§ Ù„ Ù\x8a Đ° Đ¾ Î± Î¿ ×™ ×• Ă© Ă¨ à¸ à¤ á»".split(),
    "cp850": "┘ä ┘è ð░ ð¥ ╬▒ ╬┐ ├® ├¿ Ó© ß╗".split(),
    "cp852": "┘ä ┘Ő đ░ ╬▒ ╬┐ ├ę ├Ę ß╗".split(),
    "cp437": "╪º ┘ä ┘è ╨░ ╨╛ ╨╡ ╬▒ ╬┐ ╫Ö ╫ò ├⌐ ├¿ α╕ ß╗".split(),
}
LITERALS: Final = tuple(sorted({each for found in _FREQUENT.values() for each in found}))
#: Those that ftfy knows in part. A text that they can't read as a whole is left to it.
_LEFT: Final = ("cp1253", "cp1251", "cp1257", "cp1258", "cp850", "cp852", "cp437")
#: Letters that are not Latin, and boxes.
_OTHER_SCRIPT: Final = lazy_pattern("[\u0370-\u1dff\u2500-\u259f]")
#: Letters and marks beyond ASCII.
_LETTER: Final = "[\u00c0-\u1fff\u2c00-\ud7ff]"
#: Those in a row, and those at an ASCII letter, which are no accident.
_IN_A_ROW: Final = lazy_pattern(f"{_LETTER}{{4}}")
_WITHIN: Final = lazy_pattern(f"(?<=[a-z]){_LETTER}|{_LETTER}(?=[a-z])")
_SEVERAL: Final = 2
#: Characters that are in no text.
_NO_TEXT: Final = lazy_pattern("[\x80-\x9f\ue000-\uf8ff]")
#: Characters that can be decoded, for each that can't, where the whole text is taken for misread.
_MOSTLY: Final = 4


def read_whole(text: str) -> str | None:
    """Return a text as UTF-8 that was decoded with a code page of one byte as a whole; None if it was not.

    The text itself is returned if most of it was, but a part can't be decoded.
    """
    mostly = False
    for page, found in _FREQUENT.items():
        if not any(map(text.__contains__, found)):
            continue
        encoded = text.translate(bytes_of(page)).encode("latin-1")
        again = encoded.decode("utf-8", "ignore")
        bad = len(encoded) - len(again.encode()) + len(_NO_TEXT.findall(again))
        in_a_row = _IN_A_ROW.search(again) is not None
        if not bad and (in_a_row or len(_WITHIN.findall(again)) >= _SEVERAL):
            return again
        good = len(re.sub("[\x00-\x7f]+", "", again).encode())
        mostly |= in_a_row and page not in _LEFT and good >= _MOSTLY * bad
    return text if mostly and _OTHER_SCRIPT.search(text) else None


@cache
def bytes_of(page: str) -> _Bytes:
    """Return the byte of each character of a code page, FF, which UTF-8 never has, of any other one."""
    # Bytes without a character are kept as control characters, as browsers and databases do.
    return _Bytes({ord(bytes([byte]).decode(page, "ignore") or chr(byte)): byte for byte in range(256)})


class _Bytes(dict[int, int]):
    def __missing__(self, char: int) -> int:
        return 0xFF
