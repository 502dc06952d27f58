"""Mutations of text and binary files; every choice comes from the random generator that is passed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from .tokens import BYTES, ESCAPED, KEYS, NUMBERS, STRUCTURES, TEXTS, WORDS, json_string

#: Bytes that a mutated file has at most.
MOST: Final = 400_000
_TOKEN: Final = re.compile(
    rb'"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|[A-Za-z_]+|[ \t\r\n]+|.', re.DOTALL
)  # a JSON token, or one byte
_INTEGERS: Final = (0, 1, -1, 2, 7, 8, 127, 128, 255, 256, 65_535, 65_536, 2**31 - 1, -(2**31), 2**32 - 1, 2**40)

Mutation = Callable[[Random, bytes], bytes]


def json_token(rng: Random) -> bytes:
    """Return a JSON value or key, valid or nearly so."""
    ascii_only = rng.random() < 0.5
    token = rng.choice(
        (
            lambda: rng.choice(NUMBERS),
            lambda: rng.choice(WORDS),
            lambda: rng.choice(STRUCTURES),
            lambda: rng.choice(ESCAPED),
            lambda: json_string(rng.choice(TEXTS), ascii_only=ascii_only),
            lambda: json_string(rng.choice(TEXTS) + " " + rng.choice(TEXTS), ascii_only=ascii_only),
            lambda: json_string(rng.choice(KEYS), ascii_only=ascii_only),
        )
    )()
    return token.encode("utf-8", "surrogatepass")


def _spot(rng: Random, data: bytes) -> int:
    return rng.randint(0, len(data))


def _span(rng: Random, data: bytes, most: int = 64) -> tuple[int, int]:
    start = _spot(rng, data)
    longest = min(most if rng.random() < 0.8 else len(data), len(data) - start)
    return start, start + rng.randint(0, max(longest, 0))


def flip_bit(rng: Random, data: bytes) -> bytes:
    """Change one bit."""
    if not data:
        return data
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :]


def set_byte(rng: Random, data: bytes) -> bytes:
    """Change one byte."""
    if not data:
        return data
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def insert_bytes(rng: Random, data: bytes) -> bytes:
    """Insert bytes that mean something somewhere, most often at a random place, sometimes at the start or end."""
    place = rng.choice((0, len(data), _spot(rng, data), _spot(rng, data), _spot(rng, data)))
    return data[:place] + rng.choice(BYTES) + data[place:]


def overwrite(rng: Random, data: bytes) -> bytes:
    """Overwrite a place with bytes that mean something."""
    place, token = _spot(rng, data), rng.choice(BYTES)
    return data[:place] + token + data[place + len(token) :]


def cut(rng: Random, data: bytes) -> bytes:
    """Remove a span, the start, or the end."""
    start, stop = _span(rng, data)
    return rng.choice((data[:start] + data[stop:], data[:start] + data[stop:], data[:start], data[stop:]))


def repeat(rng: Random, data: bytes) -> bytes:
    """Repeat a span, a few or many times."""
    start, stop = _span(rng, data)
    times = rng.choice((1, 1, 2, 3, 10, 100, 1000))
    times = min(times, 60_000 // max(1, stop - start))
    return data[:stop] + data[start:stop] * times + data[stop:]


def swap(rng: Random, data: bytes) -> bytes:
    """Swap two neighbouring spans."""
    start, middle = _span(rng, data)
    stop = min(len(data), middle + rng.randint(0, 64))
    return data[:start] + data[middle:stop] + data[start:middle] + data[stop:]


def line_ends(rng: Random, data: bytes) -> bytes:
    """Change the line ends, of all lines or of some."""
    end = rng.choice((b"\r\n", b"\r", b"\n\r", b"\n\n", b" \n", b"\x0b", b"\xe2\x80\xa8", b"\n\x00"))
    share = rng.choice((1.0, 0.5, 0.1))
    lines = data.split(b"\n")
    return b"".join(line + (end if rng.random() < share else b"\n") for line in lines[:-1]) + lines[-1]


def recode(rng: Random, data: bytes) -> bytes:
    """Write the text in another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    codec = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "cp1252", "utf-8-sig"))
    return text.encode(codec, "replace")


def shuffle_lines(rng: Random, data: bytes) -> bytes:
    """Change the order of lines, or drop or double some."""
    lines = data.split(b"\n")
    chosen = rng.randrange(3)
    if chosen == 0:
        rng.shuffle(lines)
    elif chosen == 1:
        lines = [line for line in lines if rng.random() < 0.7]
    else:
        lines = [line for line in lines for _ in range(1 + (rng.random() < 0.3))]
    return b"\n".join(lines)


def change_token(rng: Random, data: bytes) -> bytes:
    """Replace, remove, double or swap JSON tokens, or insert one."""
    tokens = _TOKEN.findall(data)
    if not tokens:
        return json_token(rng)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        place = rng.randrange(len(tokens))
        chosen = rng.randrange(8)
        if chosen < 4:
            # A value or key rather than a comma.
            wide = [n for n in range(place, min(place + 8, len(tokens))) if tokens[n][:1] in b'"-0123456789tfn']
            tokens[wide[0] if wide else place] = json_token(rng)
        elif chosen == 4:
            tokens[place] = b""
        elif chosen == 5:
            tokens[place] *= 2
        elif chosen == 6:
            other = rng.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        else:
            tokens.insert(place, json_token(rng))
    return b"".join(tokens)


def insert_text(rng: Random, data: bytes) -> bytes:
    """Insert a text as it is."""
    place = _spot(rng, data)
    return data[:place] + rng.choice(TEXTS).encode("utf-8", "surrogatepass") + data[place:]


def set_integer(rng: Random, data: bytes) -> bytes:
    """Overwrite a place with an integer of 1, 2, 4 or 8 bytes, or with one near what stands there."""
    size = rng.choice((1, 2, 4, 4, 4, 8))
    if len(data) < size:
        return data
    place = rng.randrange(len(data) - size + 1)
    if rng.random() < 0.5:
        place -= place % size
    order = "little" if rng.random() < 0.9 else "big"
    there = int.from_bytes(data[place : place + size], order)
    value = rng.choice((*_INTEGERS, there + 1, there - 1, there * 2, -there, there + rng.randrange(1 << 10), len(data)))
    return data[:place] + (value % (1 << 8 * size)).to_bytes(size, order) + data[place + size :]


def zero_span(rng: Random, data: bytes) -> bytes:
    """Overwrite a span with one byte, or with random ones."""
    start, stop = _span(rng, data)
    filled = rng.choice((b"\0", b"\xff")) * (stop - start) if rng.random() < 0.7 else rng.randbytes(stop - start)
    return data[:start] + filled + data[stop:]


def splice(rng: Random, data: bytes, other: bytes) -> bytes:
    """Put a piece of another file in the place of a piece."""
    start, stop = _span(rng, data, 400)
    first, last = _span(rng, other, 400)
    return data[:start] + other[first:last] + data[stop:]


_ANY: Final[tuple[Mutation, ...]] = (flip_bit, set_byte, insert_bytes, overwrite, cut, repeat, swap, zero_span)
#: Mutations of JSON; those that keep the structure are more frequent, since a row that nothing reads tests little.
JSON: Final[tuple[Mutation, ...]] = (
    *_ANY,
    *(change_token,) * 14,
    *(insert_text,) * 3,
    line_ends,
    recode,
    shuffle_lines,
)
TEXT: Final[tuple[Mutation, ...]] = (*_ANY, *(insert_text,) * 4, insert_bytes, line_ends, recode, shuffle_lines)
BINARY: Final[tuple[Mutation, ...]] = (*_ANY, *(set_integer,) * 8, zero_span, flip_bit)


def mutated(rng: Random, data: bytes, mutations: Sequence[Mutation], others: Sequence[bytes] = ()) -> bytes:
    """Return ``data`` after one or more mutations; ``others`` are files that pieces are taken from."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        if others and rng.random() < 0.05:
            data = splice(rng, data, rng.choice(others))
        else:
            data = rng.choice(mutations)(rng, data)
        if len(data) > MOST:
            data = data[:MOST]
    return data
