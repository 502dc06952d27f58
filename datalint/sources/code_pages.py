"""Detection of the code page of a file, from its first lines that are not UTF-8, and conversion to UTF-8."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from datalint.records.record import Problem
from datalint.sources.base import MAX_PROBLEMS
from datalint.sources.content import Content, spooled
from datalint.sources.encoding import decode_legacy, is_mostly_utf8, may_be_chinese
from datalint.support.lazy_pattern import lazy_pattern

#: The share of valid UTF-8 from which on a line of a file in a code page is damaged UTF-8. In a code page, an accented
#: letter, a quotation mark and its space may be three bytes of UTF-8.
_DAMAGED: Final = 0.75
#: The beginning of a blank, a sign, an emoji or an East Asian character at the end of a word, of which the other bytes
#: were cut off, the lines that are needed, and their share: in a code page, a word or two may end in these letters.
_CUT: Final = lazy_pattern(rb"(?:\xc2|[\xe2\xe3\xef][\x80-\xbf]?|\xf0[\x80-\xbf]{0,2})(?![A-Za-z\x80-\xff])")
_LEAST_CUT: Final = 5
_SHARE_CUT: Final = 0.9
#: The code pages whose double bytes may be letters of UTF-8 ("谢谢" and "лл"), and such a letter within a Latin word.
_DOUBLE: Final = ("GB18030", "cp949")
_LATIN: Final = lazy_pattern(rb"[A-Za-z][\xc3-\xc9][\x80-\xbf]|[\xc3-\xc9][\x80-\xbf][A-Za-z]")
#: A line whose characters beyond ASCII stand alone in UTF-8 and are no Latin letters, as a capital with an accent and a
#: sign of a code page are ("\u033c" for "Ì¼"); and lines in the code page for each such line, at least.
_CHANCE: Final = lazy_pattern(rb"(?:[\0-\x7f]|(?<![\x80-\xff])[\xca-\xdf][\x80-\xbf](?![\x80-\xff]))*+")
_FOR_EACH: Final = 50


def code_page(lines: Sequence[bytes]) -> str | None:
    """Return the code page of a file from ``lines`` that are not UTF-8, or None if none is plausible.

    It is plausible for all lines together, since a single line of a few letters is weak evidence, or else for more than
    half of them, since a single line may be damaged or quote something unusual. None is where nearly all of them are
    UTF-8 but for characters that were cut off.
    """
    if not lines or _are_cut(lines):
        return None
    found = decode_legacy(b"\n".join(lines))
    if found is not None:
        return found[1]
    votes = Counter(legacy[1] for line in lines if (legacy := decode_legacy(line)) is not None)
    return next((name for name, count in votes.most_common(1) if 2 * count > len(lines)), None)


def _are_cut(lines: Sequence[bytes]) -> bool:
    cut = sum(_is_utf8(_CUT.sub(b"", line)) for line in lines)
    return len(lines) >= _LEAST_CUT and cut >= _SHARE_CUT * len(lines)


def not_utf8_lines(lines: Iterable[bytes], most: int = 50) -> list[tuple[int, bytes]]:
    """Return the first lines that are not UTF-8, with their numbers."""
    found: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines, 1):
        if not _is_utf8(line):
            found.append((number, line))
            if len(found) == most:
                break
    return found


def is_mixed(lines: Iterable[bytes], codec: str) -> bool:
    """Return whether a line of a file in a code page is UTF-8, and not only ASCII, nor UTF-8 by chance."""
    by_chance = not_utf8 = 0
    for line in lines:
        if line.isascii():
            continue
        if not _is_utf8(line):
            not_utf8 += 1
        elif not _is_double(line, codec):
            if _CHANCE.fullmatch(line) is None:
                return True
            by_chance += 1
    return by_chance * _FOR_EACH > not_utf8


def converted(content: Content, codec: str) -> tuple[Content, tuple[Problem, ...]]:
    """Return a file in UTF-8, each line converted from a code page, and a problem for each line that was.

    Lines in UTF-8 or damaged UTF-8, and lines that are no text in the code page, stay unchanged, except for those that
    are as well a few common characters of two bytes as letters of UTF-8. The problems say so if any of these have
    characters beyond ASCII, since a program that converts a file as a whole damages them.
    """
    lines: list[int] = []
    others = 0
    mixed = is_mixed(content.lines_from(0), codec)

    def pieces() -> Iterator[bytes]:
        nonlocal others
        for number, line in enumerate(content.lines_from(0), 1):
            if number > 1:
                yield b"\n"
            is_utf8 = mixed if not line.isascii() and _is_utf8(line) else is_mostly_utf8(line, _DAMAGED)
            stays = is_utf8 and not _is_double(line, codec)
            text = None if stays else _decoded(line, codec)
            if text is not None and len(lines) < MAX_PROBLEMS:
                lines.append(number)
            others += stays and not line.isascii()
            yield line if text is None else text.encode()
        if content.read(content.size - 1, content.size) == b"\n":
            yield b"\n"

    decoded = spooled(pieces())
    said = f"text is {codec}, and that of other lines is UTF-8" if others else f"text is {codec}, not UTF-8"
    return decoded, tuple(Problem("wrong-encoding", said, number) for number in lines)


def _is_double(line: bytes, codec: str) -> bool:
    """Return whether a line is in the code page of its file although it may be UTF-8: its characters have two bytes."""
    return codec in _DOUBLE and may_be_chinese(line) and _LATIN.search(line) is None


def _is_utf8(line: bytes) -> bool:
    return _decoded(line, "utf-8") is not None


def _decoded(line: bytes, codec: str) -> str | None:
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return None
