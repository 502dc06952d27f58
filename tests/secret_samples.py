"""Synthetic secrets of every format that datalint recognises, made from the patterns of the formats themselves."""

from __future__ import annotations

import random
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import string
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from secret_examples import FORMATS

from datalint.privacy.secret import secrets
from datalint.privacy.secret_values import FORMS

_PLAIN: Final = string.ascii_letters + string.digits
#: Times that a random value is tried: one may be a placeholder by accident, or not look random enough.
_TRIES: Final = 500
#: What repeats so often at least is a value, and has this usual length.
_VALUE: Final = 8
_USUAL: Final = 60

#: Characters of a text in which runs are searched by their hashes, and the number of different hashes.
_LONG: Final = 10_000
_HASHES: Final = 1 << 22

#: Kind of a private key, which is no pattern.
KEY: Final = "private key"
#: A name and a password in base 64, which few texts are that match its pattern.
_BASIC: Final = "basic authorization"


def formats() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the kind, the pattern and the markers of every format."""
    published = [(each.kind, each.pattern, each.markers) for each in FORMATS]
    return published + [(form.kind, form.pattern, ()) for form in FORMS]


@cache
def samples(length: str = "usual", *, seed: int = 0) -> list[tuple[str, str, str]]:
    """Return for each format its kind, a text that holds one such secret and no more, and the secret itself.

    ``shortest`` and ``longest`` secrets have as few or as many characters as their format lets them have.
    """
    chance = random.Random(seed)
    found_samples: list[tuple[str, str, str]] = []
    for kind, pattern, markers in formats():
        tree = parser.parse(pattern)
        for attempt in range(_TRIES):
            # What is longest or shortest in one format may be too much for its other conditions.
            text = _made(tree, chance, length if attempt < _TRIES // 2 else "usual")
            if kind == _BASIC:
                text = f"Authorization: Basic {b64encode(f'user:{_word(chance, 24)}'.encode()).decode()}"
            if markers and not any(marker in text for marker in markers):
                text = f"{markers[0]} {text}"
            found = secrets(f" {text} ")
            if len(found) == 1:
                found_samples.append((kind, text, f" {text} "[found[0].start : found[0].end]))
                break
        else:
            raise AssertionError(f"no sample of {kind} is recognised")
    lines = [_word(chance, 64) for _ in range({"shortest": 1, "usual": 12, "longest": 300}[length])]
    text = "\n".join((f"-----BEGIN {KEY.upper()}-----", *lines, f"-----END {KEY.upper()}-----"))
    return [*found_samples, (KEY, text, text)]


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_PLAIN, k=length))


def _made(tree: Any, chance: random.Random, length: str) -> str:
    return "".join(_piece(operation, value, chance, length) for operation, value in tree)


def _piece(operation: Any, value: Any, chance: random.Random, length: str) -> str:
    if operation is kinds.LITERAL:
        return chr(value)
    if operation is kinds.IN:
        return chance.choice(_class(tuple(value)))
    if operation is kinds.BRANCH:
        return _made(chance.choice(value[1]), chance, length)
    if operation is kinds.SUBPATTERN:
        return _made(value[3], chance, length)
    if operation in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, most, inner = value
        number = int(most if length == "longest" else least)
        if length == "usual" and number >= _VALUE:
            number = min(int(most), max(number, _USUAL))
        elif length == "usual" and int(most) > _USUAL:
            number = _VALUE * 2
        return "".join(_made(inner, chance, length) for _ in range(number))
    if operation in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT):
        return ""
    raise AssertionError(f"a pattern holds {operation}, which no sample is made of")


@cache
def _class(items: tuple[tuple[Any, Any], ...]) -> str:
    """Return the characters of a class, letters and digits alone where it has some."""
    negated = items[0][0] is kinds.NEGATE
    chars: set[str] = set()
    for operation, value in items:
        if operation is kinds.LITERAL:
            chars.add(chr(value))
        elif operation is kinds.RANGE:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif operation is kinds.CATEGORY:
            chars.update(_PLAIN if value is not kinds.CATEGORY_SPACE else " ")
    if negated:
        return "".join(sorted(set(_PLAIN) - chars))
    return "".join(sorted(chars & set(_PLAIN))) or "".join(sorted(chars))


def runs(values: Iterable[str], size: int = 8) -> set[str]:
    """Return every run of ``size`` consecutive characters of secrets, none of them white space."""
    parts = [part for value in values for part in value.split() if KEY.upper() not in value or "-----" not in part]
    found = {part[at : at + size] for part in parts for at in range(len(part) - size + 1)}
    # Addresses of webhooks are secrets that begin like any other address.
    return {run for run in found if not run.startswith("https://")}


def shared(text: str, forbidden: set[str], size: int = 8) -> list[str]:
    """Return the runs of secrets that stand in a text, each with what is around it."""
    # The few runs of one secret are sooner searched in a short text than all of its own looked up.
    if len(forbidden) < min(len(text), 100) and not any(run in text for run in forbidden):
        return []
    places = _places(text, forbidden, size) if len(text) > _LONG else range(len(text) - size + 1)
    return [
        f"{text[at : at + size]!r} in {text[max(at - 60, 0) : at + 40]!r}"
        for at in places
        if text[at : at + size] in forbidden
    ][:5]


def _places(text: str, forbidden: set[str], size: int) -> list[int]:
    """Return where a run may stand in a long text: every place of one, and a few others that have the same hash."""
    is_hash = np.zeros(_HASHES, np.bool_)
    is_hash[_hashes("".join(forbidden), size)[::size]] = True
    return list(np.flatnonzero(is_hash[_hashes(text, size)]))


def _hashes(text: str, size: int) -> npt.NDArray[np.uint32]:
    """Return a hash of the characters from each place on."""
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found = np.zeros(max(len(chars) - size + 1, 0), np.uint32)
    for step in range(size):
        found = found * np.uint32(31) + chars[step : step + len(found)]
    return (found * np.uint32(2654435761)) >> np.uint32(32 - _HASHES.bit_length() + 1)
