"""Detect and decode other encodings than UTF-8: UTF-16, UTF-32, and seven code pages still found in training data."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Final

from datalint.sources.alphabets import alphabet_page
from datalint.support.lazy_pattern import lazy_pattern

UTF8_BOM: Final = codecs.BOM_UTF8
#: A surrogate, which is no character: its bytes are not UTF-8.
_INVALID: Final = "\udfff"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little-endian)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big-endian)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little-endian)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big-endian)"),
)


def wide(head: bytes) -> tuple[str, str, int] | None:
    """Return (codec, name, length of the byte-order mark) of UTF-16 or UTF-32 text, or None.

    Without a byte-order mark, the beginning of a JSON text is used: ``{`` or ``[`` and a zero byte.
    """
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return codec, name, len(mark)
    if head[:1] in b"{[" and head[1:2] == b"\0" and head[2:3] not in (b"", b"\0"):
        return "utf-16-le", "UTF-16 (little-endian, no byte-order mark)", 0
    if head[:1] == b"\0" and head[1:2] and head[1:2] in b"{[":
        return "utf-16-be", "UTF-16 (big-endian, no byte-order mark)", 0
    return None


def to_utf8(blocks: Iterable[bytes], codec: str, mark: int) -> Iterator[bytes]:
    """Convert ``blocks`` of UTF-16 or UTF-32 to UTF-8.

    Invalid input becomes bytes that are not UTF-8, so that the lines that contain it are refused too. So does U+0000,
    which no text contains: what was converted twice, with zero bytes as characters, would be read as UTF-16 again.
    """
    decoder = codecs.getincrementaldecoder(codec)("datalint-keep")
    for block in blocks:
        data, mark = block[mark:], max(0, mark - len(block))
        yield _encoded(decoder.decode(data))
    yield _encoded(decoder.decode(b"", final=True))


def _encoded(text: str) -> bytes:
    return text.replace("\0", _INVALID).encode("utf-8", "surrogatepass")


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _INVALID, error.end


codecs.register_error("datalint-keep", _keep)


def decode_legacy(line: bytes) -> tuple[str, str] | None:
    """Return (text, name of the code page) of a line that is not UTF-8, or None if no code page is plausible.

    A code page that decodes the bytes is no proof, so GB18030 must yield common ideographs (at least 4 in 5 double
    bytes are from level 1 of GB 2312, which covers over 99 % of running text, or punctuation), cp949 the same bytes but
    hardly any that are no Korean syllable, cp1251 small Cyrillic letters, two fifths of which are the eight commonest
    ones, cp1250 and cp1254 letters of a language in them and of none in cp1252, and cp1252 single accented letters or
    marks between ASCII. Where capitals of cp1252 would stand after a small
    letter ("rŽcolte", "donÕt"), Mac Roman has accented letters or an apostrophe. A line whose high bytes are mostly
    valid UTF-8 is damaged UTF-8, not text in a code page.
    """
    if is_mostly_utf8(line):
        return None
    for codec, name, plausible in (
        ("cp949", "cp949", _is_korean),
        ("gb18030", "GB18030", _is_chinese),
        ("cp1250", "cp1250", lambda line: alphabet_page(line) == "cp1250"),
        ("cp1254", "cp1254", lambda line: alphabet_page(line) == "cp1254"),
        ("cp1251", "cp1251", _is_cyrillic),
        ("cp1252", "cp1252", _is_western),
        ("mac_roman", "macintosh", _is_of_mac),
    ):
        if plausible(line):
            try:
                return line.decode(codec), name
            except UnicodeDecodeError:
                continue
    return None


_ASCII: Final = bytes(range(0x80))
_SAMPLE: Final = 1 << 16  # bytes that are examined to choose a code page


def is_mostly_utf8(line: bytes, share: float = 0.5) -> bool:
    """Return whether at least a share of the bytes of a line that are not ASCII are UTF-8; the others are damage."""
    high = line[:_SAMPLE].translate(None, _ASCII)
    valid = line[:_SAMPLE].decode("utf-8", "ignore").encode().translate(None, _ASCII)
    return len(valid) >= share * len(high)


def may_be_chinese(line: bytes, least: int = 1) -> bool:
    """Return whether most double bytes of a line, of some at least, are common characters of GB18030.

    No Chinese text in UTF-8 is like that, since its characters have three bytes, but many a letter with an accent is.
    Korean text in its code page is.
    """
    pairs = _double_bytes(line)
    common = sum(trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)) for lead, trail in pairs)
    return len(pairs) >= least and common * 5 >= len(pairs) * 4


def _double_bytes(line: bytes) -> list[tuple[int, int]]:
    """Return the double bytes of a line, and the first two of each four bytes of GB18030."""
    pairs: list[tuple[int, int]] = []
    index = 0
    line = line[:_SAMPLE]
    while index < len(line) - 1:
        lead, trail = line[index], line[index + 1]
        if lead < 0x80:
            index += 1
            continue
        pairs.append((lead, trail))
        index += 2 if trail >= 0x40 else 4
    return pairs


def _is_chinese(line: bytes) -> bool:
    return may_be_chinese(line, 2)


# Korean syllables begin with the bytes of the first half of level 1 of GB 2312, as three in five Chinese characters do.
# The commonest ones are characters of GB18030 that are seldom used.
_LAST_SYLLABLE: Final = 0xC8
_LEAST_SYLLABLES: Final = 8
_SHARE_OTHERS: Final = 0.05
_COMMON_SYLLABLES: Final = frozenset(
    tuple(each.encode("cp949"))
    for each in (
        "이다는에의을가하고로지기사한자은도를인서어나대시리아부정해있일그과만제수라보전들주구장게니면모비으여스조성"
    )
)
_SHARE_COMMON: Final = 1 / 6


def _is_korean(line: bytes) -> bool:
    if not may_be_chinese(line, _LEAST_SYLLABLES):
        return False
    pairs = _double_bytes(line)
    leads = [lead for lead, _ in {*pairs} if 0xB0 <= lead <= 0xD7]
    others = sum(lead > _LAST_SYLLABLE for lead in leads)
    if len(leads) < _LEAST_SYLLABLES or others > _SHARE_OTHERS * len(leads):
        return False
    return sum(each in _COMMON_SYLLABLES for each in pairs) >= _SHARE_COMMON * len(pairs)


# Small letters of cp1251, those of them that are over 40 % of running text, and those that Hebrew lacks in its code
# page. In Greek, whose letters have the same bytes, the common ones are under 30 %. A text has some letters at least.
# They are bytes, as most runs need no table of the code page.
_SMALL: Final = bytes(range(0xE0, 0x100))
_COMMON: Final = b"\xe0\xe5\xe8\xed\xee\xf0\xf1\xf2"
_LAST: Final = b"\xfb\xfc\xfd\xfe\xff"
_LEAST_CYRILLIC: Final = 40


def _is_cyrillic(line: bytes) -> bool:
    high = line[:_SAMPLE].translate(None, _ASCII)
    small, common, last = (len(high) - len(high.translate(None, each)) for each in (_SMALL, _COMMON, _LAST))
    return len(high) >= _LEAST_CYRILLIC and small * 10 >= len(high) * 7 and common * 5 >= len(high) * 2 and last > 0


# The letters, quotation marks, dashes, currency and reference signs of running text.
_WESTERN: Final = (
    bytes(byte for byte in range(0xC0, 0xFF) if byte != 0xF7)
    + b"\x80\x85\x8a\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9c\x9e\x9f"
    + b"\xa0\xa1\xa3\xa7\xa9\xaa\xab\xae\xb0\xb1\xb2\xb3\xb4\xb5\xb7\xba\xbb\xbf"
)
#: The rest of an emoji after a program replaced its other bytes by question marks.
LOST: Final = b"?\x80?"
# Three high bytes in a row; a capital A with tilde or circumflex after a small letter, which is the first byte of a
# truncated UTF-8 letter; overlong UTF-8; and a byte of a lost character.
_UNLIKELY: Final = lazy_pattern(rb"[\x80-\xff]{3}|[a-z][\xc2\xc3]|[\xc0\xc1][\x80-\xbf]|" + re.escape(LOST))
# What text of Mac Roman has after a small letter, where cp1252 has a capital, a sign or nothing: à, â, ä, å, ç, é, è
# and ê; and its apostrophe within a word.
_OF_MAC: Final = lazy_pattern(rb"[a-z][\x88-\x8a\x8c-\x90](?:[a-z \t.,;:!?)\"'\r\n]|\Z)|[a-z]\xd5[a-z]")
# Letters and marks of running text in Mac Roman, and its capitals after a small letter, where DOS has é, â, ä, à and ü.
_MAC: Final = (
    bytes((*range(0x80, 0xA0), *range(0xC7, 0xD6), *range(0xE5, 0xF0), *range(0xF1, 0xF5)))
    + b"\xa1\xa3\xa5\xa7\xa8\xa9\xae\xaf\xbe\xbf\xc0\xc1\xd8\xdb"
)
_UNLIKELY_OF_MAC: Final = lazy_pattern(
    rb"[\x80-\xff]{3}|[a-z][\x80-\x86\xae\xaf\xcb-\xcd\xe5-\xef\xf1-\xf4]|" + re.escape(LOST)
)


def _is_western(line: bytes) -> bool:
    return not line.translate(None, _ASCII + _WESTERN) and not _UNLIKELY.search(line) and not _OF_MAC.search(line)


def _is_of_mac(line: bytes) -> bool:
    likely = not line.translate(None, _ASCII + _MAC) and not _UNLIKELY_OF_MAC.search(line)
    return likely and _OF_MAC.search(line) is not None
