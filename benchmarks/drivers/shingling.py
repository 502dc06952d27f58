"""What the drivers share: texts of a file, and their shingles. Needs the standard library alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_WORDS = re.compile(r"\w+")
SIZE = 5


def texts(path: str) -> Iterator[str]:
    """Yield the ``text`` of each line of JSON."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a line of the user's own script
        for line in file:
            yield json.loads(line)["text"]


def word_shingles(text: str) -> list[str]:
    """Return the distinct runs of five words; a text of fewer words is one shingle."""
    words = _WORDS.findall(text.lower())
    if len(words) < SIZE:
        return [" ".join(words)]
    return list({" ".join(words[start : start + SIZE]) for start in range(len(words) - SIZE + 1)})
