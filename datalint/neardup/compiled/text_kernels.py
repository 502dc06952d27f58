"""Kernels over texts: lower case, white space, masking, weights; see :mod:`datalint.neardup.compiled.sketch_kernels`.

Texts are UTF-8: ``data[offsets[i] : offsets[i + 1]]`` is the i-th text, ``made[ends[i] : ends[i + 1]]`` its result;
``ends[0]`` is 0. If ``others[i]`` is set, the kernel cannot rewrite the text, and the caller has to.
"""

from __future__ import annotations

import numpy as np

from datalint.neardup.text.hashing import Bytes, Mask, Rows

# Ranges of ASCII characters, as the first character and the number of characters: letters, tab to carriage return, the
# separators of files, groups, records and units, digits.
_UPPER, _LOWER, _LETTERS = np.uint8(ord("A")), np.uint8(ord("a")), np.uint8(26)
_TAB, _TABS = np.uint8(ord("\t")), np.uint8(5)
_SEPARATOR, _SEPARATORS = np.uint8(0x1C), np.uint8(4)
_ZERO, _SPACE, _WIDE = np.uint8(0), np.uint8(ord(" ")), np.uint8(0x80)
_DIGIT, _DIGITS = np.uint8(ord("0")), np.uint8(10)
_NAME, _SCORE, _QUOTE = np.uint8(ord("N")), np.uint8(ord("_")), np.uint8(ord('"'))
# Characters between the digits of a number, and characters other than letters in a name.
_JOINTS = np.uint8(ord(".")), np.uint8(ord(",")), np.uint8(ord(":")), np.uint8(ord("/"))
_INNER = np.uint8(ord("'")), np.uint8(ord("-"))


def add_weights(weights: Rows, data: Bytes, offsets: Rows, sums: Rows) -> None:
    """Write the sum of the weights of each text's bytes; ``weights`` has one for each of the 256 values."""
    for i in range(len(sums)):
        total = np.int64(0)
        for code in data[offsets[i] : offsets[i + 1]]:
            total += weights[code]
        sums[i] = total


def fold_texts(shifts: Bytes, data: Bytes, offsets: Rows, made: Bytes, ends: Rows, others: Mask) -> None:
    """Write texts in lower case, with runs of ASCII white space as one space, and none at the ends.

    ``shifts`` are those of non-ASCII characters, as ``neardup.text.normalize.shifts`` returns them. ``others`` marks
    the texts with a character that has no shift.
    """
    for i in range(len(others)):
        text = data[offsets[i] : offsets[i + 1]]
        start = ends[i]
        room = made[start : start + len(text)]
        others[i] = fold(text, room) and not shift(text, shifts, room)
        ends[i + 1] = start + (squeeze(room) if has_gaps(room) else len(room))


def fold(text: Bytes, made: Bytes) -> bool:
    """Write ``text`` in lower case, with ASCII white space as spaces; return whether it has non-ASCII characters."""
    greatest = _ZERO
    for i in range(len(text)):
        code = text[i]
        greatest = max(greatest, code)
        # One byte at a time, without a branch, and with differences that wrap, so that the compiler vectorises it.
        code = np.uint8(code + (_SPACE if np.uint8(code - _UPPER) < _LETTERS else _ZERO))
        code = _SPACE if np.uint8(code - _TAB) < _TABS else code
        made[i] = _SPACE if np.uint8(code - _SEPARATOR) < _SEPARATORS else code
    return bool(greatest >= _WIDE)


def shift(text: Bytes, shifts: Bytes, made: Bytes) -> bool:
    """Write the non-ASCII characters of ``text`` in lower case; return False if one of them has no shift."""
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
        # Only two spaces give 0.
        least = min(least, np.uint8((before[i] ^ _SPACE) | (after[i] ^ _SPACE)))
    return bool(least == 0 or text[0] == _SPACE or text[-1] == _SPACE)


def squeeze(text: Bytes) -> int:
    """Collapse runs of spaces in ``text`` and strip its ends, in place; return the new length."""
    size, last = 0, _SPACE
    for code in text:
        text[size] = code
        size += code != _SPACE or last != _SPACE
        last = code
    return size - 1 if size and last == _SPACE else size


def mask_texts(data: Bytes, offsets: Rows, made: Bytes, ends: Rows, others: Mask) -> None:
    """Write texts with numbers as 0, runs of capitalised words and quoted words as N; ``others`` marks wide texts."""
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
    """Write an ASCII text with numbers as 0, and runs of capitalised words and quoted words as N; return its length."""
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
        elif code == _QUOTE:
            after = quote_end(text, place)
            if after > place:
                code = _NAME
                place = after
        made[size] = code
        size += 1
    return size


def number_end(text: Bytes, place: int) -> int:
    """Return the end of a number whose first digit is before ``place``: digits, with single marks between them."""
    while place < len(text):
        if is_digit(text[place]):
            place += 1
        elif text[place] in _JOINTS and place + 1 < len(text) and is_digit(text[place + 1]):
            place += 2
        else:
            break
    return place


def name_end(text: Bytes, place: int) -> int:
    """Return the end of a run of capitalised words whose first letter is before ``place``, each after one space."""
    while place < len(text):
        if is_letter(text[place]) or text[place] in _INNER:
            place += 1
        elif text[place] == _SPACE and place + 1 < len(text) and is_upper(text[place + 1]):
            place += 2
        else:
            break
    return place


def quote_end(text: Bytes, place: int) -> int:
    """Return the end of a quoted word whose quotation mark is before ``place``; ``place`` if there is none."""
    end = place
    while end < len(text) and (is_letter(text[end]) or text[end] in _INNER):
        end += 1
    return end + 1 if place < end < len(text) and text[end] == _QUOTE else place


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
