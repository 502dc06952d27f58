"""Names of files that are those of classes, as of the lines in ``pos.txt`` and ``neg.txt``."""

from __future__ import annotations

import re
from typing import Final

#: Names of classes that files and folders are named by.
CLASSES: Final = frozenset(
    """pos neg neu positive negative neutral ham spam fake real hate nonhate offensive toxic nontoxic sarcastic
    objective subjective ironic true false""".split()
)


def named_like_class(name: str) -> str:
    """Return the class that the name of a file may be of, "" for none."""
    return next((word for word in _words(name) if word in CLASSES), "")


def without_class(name: str) -> list[str]:
    """Return the words of the name of a file, the class and numbers replaced: files may be named by their size."""
    return ["class" if word in CLASSES else re.sub(r"\d+", "0", word) for word in _words(name)]


def _words(name: str) -> list[str]:
    """Return the words of the name of a file without its suffix: ``neg``, ``10`` and ``k`` of ``neg10k.txt``."""
    return [word for part in re.split(r"[._ -]", name.lower())[:-1] for word in re.findall(r"[^\d]+|\d+", part)]
