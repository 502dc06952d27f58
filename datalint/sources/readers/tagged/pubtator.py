"""Documents of PubTator, as corpora of biomedical entities have them: ``{"id": …, "text": …, "entities": […]}``.

The first two lines of a document are its title and its abstract, ``12345|t|Title`` and ``12345|a|Abstract``. A line for
each entity follows: the number of the document, the first place and the one after the last in the title, a blank and
the abstract, the words that are there, the type, and what the entity is called in a database, divided by tabs. Lines
with relations between these are not read. A blank line ends a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple

PUBTATOR: Final = "pubtator"
_BEGIN: Final = re.compile(rb"\s{0,999}([\w.-]{1,40})\|t\|[^\n]{0,20000}\n\1\|a\|")
_TEXT: Final = re.compile(r"[\w.-]{1,40}\|([ta])\|(.*)", re.DOTALL)
#: The fields of the line of an entity, at least.
_FIELDS: Final = 5


class PubTator(NamedTuple):
    """The layout of PubTator documents."""

    container: str = PUBTATOR
    not_tokens: tuple[bytes, ...] = ()
    headed: bool = False

    @property
    def description(self) -> str:
        """A description of a row."""
        return "a document of PubTator: its title and abstract, and the places of the entities in both"

    def sentence(self, lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a document whose first line has the number ``first``, and the problem with its text."""
        texts, problem = decoded_lines(lines, first)
        if texts is None:
            return None, problem
        parts: dict[str, str] = {}
        entities = []
        for line in texts:
            match = _TEXT.fullmatch(line)
            fields = line.split("\t")
            if match is not None:
                parts.setdefault(match[1], match[2])
            elif len(fields) >= _FIELDS and fields[1].isdecimal() and fields[2].isdecimal():
                start, end = int(fields[1][:18]), int(fields[2][:18])
                entities.append({"start": start, "end": end, "text": fields[3], "label": fields[4]})
        text = " ".join(parts[part] for part in "ta" if part in parts)
        return {"id": re.split(r"[|\t]", texts[0], maxsplit=1)[0], "text": text, "entities": entities}, problem


def pubtator_of(head: bytes) -> PubTator | None:
    """Return the layout of PubTator documents if a file that begins with ``head`` has them; None for other files."""
    return PubTator() if _BEGIN.match(head) else None
