"""Replacing private values in a text by their kind."""

from __future__ import annotations

from collections.abc import Iterable


def without_values(text: str, found: Iterable[tuple[str, int, int]]) -> str:
    """Return a text with each of the values found, ``(kind, start, end)``, replaced by ``[kind removed]``.

    Further values of one kind have a number, ``[kind 2 removed]``: what was different stays different, so that a list of
    telephone numbers does not become one line many times.
    """
    pieces: list[str] = []
    numbers: dict[str, dict[str, int]] = {}
    done = 0
    for kind, start, end in sorted(found, key=lambda each: each[1]):
        if start < done:
            continue
        known = numbers.setdefault(kind, {})
        number = known.setdefault(text[start:end], len(known) + 1)
        pieces += (text[done:start], f"[{kind} removed]" if number == 1 else f"[{kind} {number} removed]")
        done = end
    return "".join((*pieces, text[done:]))
