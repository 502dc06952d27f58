"""Texts with their labels in one line each: ``__label__music How do I tune a piano``, as fastText reads them.

The row is ``{"text": …, "label": …}``, or ``{"text": …, "labels": […]}`` if a text may have several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The containers of such lines.
FASTTEXT: Final = "fasttext"
#: What a label begins with, which is a word of the line and may be anywhere in it, and with the blanks after it.
_PREFIX: Final = b"__label__"
_LABEL: Final = re.compile(r"(?<!\S)__label__(\S{1,999})\s{0,99}")
#: Share of lines with a label.
_NEARLY_ALL: Final = 0.9


class FastText(NamedTuple):
    """Labels before, after or within a text; ``several`` says that a text may have more than one."""

    several: bool = False
    container: str = FASTTEXT

    @property
    def description(self) -> str:
        """What a row is."""
        return f"a line of fastText: a text with its label{'s' if self.several else ''}"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        labels = _LABEL.findall(text)
        said = _LABEL.sub("", text).strip()
        return {"text": said, "labels": labels} if self.several else {"text": said, "label": ", ".join(labels)}

    def oddity(self, text: str) -> str:
        """Return what is wrong with a line without a label, which fastText leaves out; empty for any other."""
        return "" if _LABEL.search(text) else 'no label: fastText leaves out lines without "__label__"'


def notation_of(lines: Sequence[bytes]) -> FastText | None:
    """Return how the lines of a text are written, which begins with ``lines``; None for other texts."""
    if not any(_PREFIX in line for line in lines[:2]):
        return None
    labels = [len(_LABEL.findall(line.decode("utf-8", "replace"))) for line in lines]
    fits = sum(count > 0 for count in labels) >= _NEARLY_ALL * len(lines)
    return FastText(max(labels) > 1) if fits else None
