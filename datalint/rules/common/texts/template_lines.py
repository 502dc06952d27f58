"""The lines of prompts that are one template, each with what differs from row to row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

#: Lines of a prompt that are read, and characters of one.
_LINES: Final = 12
_CHARS: Final = 1_000
#: Share of the prompts that have a line or a word from which on it is part of the template.
_SHARED: Final = 0.5
#: Characters of what differs, on average, from which on it is a text.
_TEXT: Final = 80


def template_lines(prompts: Sequence[str]) -> dict[int, list[str]]:
    """Return the texts at each place of prompts with a line in common, by the number of their line.

    Words that most prompts have at a place are left out. Prompts without a template have no such places.
    """
    cut = [prompt.split("\n", _LINES)[:_LINES] for prompt in prompts]
    most = _SHARED * len(cut)
    if not any(count > most for line, count in _counts(cut).items() if line.strip()):
        return {}
    found: dict[int, list[str]] = {}
    for place in range(_LINES):
        words = [lines[place][:_CHARS].split() for lines in cut if len(lines) > place]
        if len(words) <= most:
            continue
        shared = {word for word, count in _counts(words).items() if count > _SHARED * len(words)}
        texts = [" ".join(word for word in each if word not in shared) for each in words]
        if sum(map(len, texts)) >= _TEXT * len(texts):
            found[place + 1] = texts
    return found


def _counts(rows: Iterable[Sequence[str]]) -> Counter[str]:
    """Return in how many rows each item is."""
    return Counter(item for items in rows for item in set(items))
