"""What is worth compiling of texts that are written anew; see :mod:`datalint.neardup.compiled.sketch_kernels`.

Texts are UTF-8: ``data[offsets[i] : offsets[i + 1]]`` is the i-th, ``made[ends[i] : ends[i + 1]]`` what it comes to,
``ends[0]`` 0 before. Where ``others[i]`` is set, it is to be made otherwise.
"""

from __future__ import annotations

import numpy as np

from datalint.neardup.text.hashing import Bytes, Mask, Rows

# ASCII characters, each the first of so many: letters, tab to carriage return, the separators of files, groups, records
# and units, digits.
_UPPER, _LOWER, _LETTERS = np.uint8(ord("A")), np.uint8(ord("a")), np.uint8(26)
_TAB, _TABS = np.uint8(ord("\t")), np.uint8(5)
_SEPARATOR, _SEPARATORS = np.uint8(0x1C), np.uint8(4)
_ZERO, _SPACE, _WIDE = np.uint8(0), np.uint8(ord(" ")), np.uint8(0x80)
_DIGIT, _DIGITS = np.uint8(ord("0")), np.uint8(10)
_NAME, _SCORE = np.uint8(ord("N")), np.uint8(ord("_"))
# What stands between the digits of a number, and in a name beside letters.
_JOINTS = np.uint8(ord(".")), np.uint8(ord(",")), np.uint8(ord(":")), np.uint8(ord("/"))
_INNER = np.uint8(ord("'")), np.uint8(ord("-"))


def fold_texts(shifts: Bytes, data: Bytes, offsets: Rows, made: Bytes, ends: Rows, others: Mask) -> None:
    """Write texts in lower case, runs of ASCII white space as one space, none at the ends.

    ``shifts`` are those of characters beyond ASCII, as ``neardup.text.normalize.shifts`` gives them; ``others`` are
    the texts with one that has none.
    """
    for i in range(len(others)):
        text = data[offsets[i] : offsets[i + 1]]
        start = ends[i]
        room = made[start : start + len(text)]
        others[i] = fold(text, room) and not shift(text, shifts, room)
        ends[i + 1] = start + (squeeze(room) if has_gaps(room) else len(room))


def fold(text: Bytes, made: Bytes) -> bool:
    """Write ``text`` in lower case and with all ASCII white space as spaces; return whether it has other characters."""
    greatest = _ZERO
    for i in range(len(text)):
        code = text[i]
        greatest = max(greatest, code)
        # A byte at a time, without a branch, and differences that wrap: so the compiler uses vectors of bytes.
        code = np.uint8(code + (_SPACE if np.uint8(code - _UPPER) < _LETTERS else _ZERO))
        code = _SPACE if np.uint8(code - _TAB) < _TABS else code
        made[i] = _SPACE if np.uint8(code - _SEPARATOR) < _SEPARATORS else code
    return bool(greatest >= _WIDE)


def shift(text: Bytes, shifts: Bytes, made: Bytes) -> bool:
    """Write the characters of ``text`` beyond ASCII in lower case; return False where one has no shift."""
    place = 0
    while place < len(text):
        if text[place] < _WIDE:
            place += 1
            continue
        more = 1 if text[place] < 0xE0 else 2 if text[place] < 0xF0 else 3
        code = np.int64(text[place]) & (0x3F >> more)
        for i in range(more):
            code = code << 6 | np.int64(text[place + 1 + i]) & 0x3F
        if code >= len(shifts) or shifts[code] == 0:
            return False
        code += np.int64(shifts[code]) - 1
        for i in range(more):
            made[place + more - i] = np.uint8(code & 0x3F | 0x80)
            code >>= 6
        made[place] = np.uint8(code | (0xFF80 >> more) & 0xFF)
        place += more + 1
    return True


def has_gaps(text: Bytes) -> bool:
    """Return whether there is a space at an end of ``text``, or two in a row."""
    if len(text) == 0:
        return False
    before, after = text[:-1], text[1:]
    least = np.uint8(255)
    for i in range(len(before)):
        # Nothing but two spaces gives 0.
        least = min(least, np.uint8((before[i] ^ _SPACE) | (after[i] ^ _SPACE)))
    return bool(least == 0 or text[0] == _SPACE or text[-1] == _SPACE)


def squeeze(text: Bytes) -> int:
    """Move what remains of ``text`` to its front, runs of spaces as one and none at the ends; return its length."""
    size, last = 0, _SPACE
    for code in text:
        text[size] = code
        size += code != _SPACE or last != _SPACE
        last = code
    return size - 1 if size and last == _SPACE else size


def mask_texts(data: Bytes, offsets: Rows, made: Bytes, ends: Rows, others: Mask) -> None:
    """Write texts with numbers as 0 and runs of capitalised words as N; ``others`` are those that are not ASCII."""
    for i in range(len(others)):
        text = data[offsets[i] : offsets[i + 1]]
        start = ends[i]
        others[i] = is_wide(text)
        ends[i + 1] = start + (0 if others[i] else mask(text, made[start : start + len(text)]))


def is_wide(text: Bytes) -> bool:
    """Return whether ``text`` is not ASCII."""
    greatest = _ZERO
    for i in range(len(text)):
        greatest = max(greatest, text[i])
    return bool(greatest >= _WIDE)


def mask(text: Bytes, made: Bytes) -> int:
    """Write an ASCII text with numbers as 0 and runs of capitalised words as N; return its length."""
    place = size = 0
    while place < len(text):
        code = text[place]
        place += 1
        if is_digit(code):
            code = _DIGIT
            place = number_end(text, place)
        elif is_upper(code) and not (place > 1 and is_word(text[place - 2])):
            code = _NAME
            place = name_end(text, place)
        made[size] = code
        size += 1
    return size


def number_end(text: Bytes, place: int) -> int:
    """Return where a number ends whose first digit is before ``place``: digits, and one mark between two of them."""
    while place < len(text):
        if is_digit(text[place]):
            place += 1
        elif text[place] in _JOINTS and place + 1 < len(text) and is_digit(text[place + 1]):
            place += 2
        else:
            break
    return place


def name_end(text: Bytes, place: int) -> int:
    """Return where capitalised words end whose first letter is before ``place``, each after one space."""
    while place < len(text):
        if is_letter(text[place]) or text[place] in _INNER:
            place += 1
        elif text[place] == _SPACE and place + 1 < len(text) and is_upper(text[place + 1]):
            place += 2
        else:
            break
    return place


def is_digit(code: np.uint8) -> bool:
    """Return whether an ASCII character is a digit."""
    return bool(np.uint8(code - _DIGIT) < _DIGITS)


def is_upper(code: np.uint8) -> bool:
    """Return whether an ASCII character is a capital."""
    return bool(np.uint8(code - _UPPER) < _LETTERS)


def is_letter(code: np.uint8) -> bool:
    """Return whether an ASCII character is a letter."""
    return bool(np.uint8((code | _SPACE) - _LOWER) < _LETTERS)


def is_word(code: np.uint8) -> bool:
    """Return whether an ASCII character is part of a word."""
    return is_letter(code) or is_digit(code) or code == _SCORE
