"""The lines above a table that Anki exported: ``#separator:tab``, ``#html:true``, ``#tags column:3``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from datalint.core.table_format import TableFormat
from datalint.support.named_tuple import NamedTuple

#: The lines, of which the first ones have one of the first two keys.
_FIRST: Final = re.compile(rb"#(?:separator|html|notetype|deck|guid column|tags):", re.IGNORECASE)
_LINE: Final = re.compile(
    rb"#(separator|html|tags|columns|notetype|deck|if matches|(?:guid|notetype|deck|tags) column)"
    rb":([^\r\n]{0,999})\r?\n",
    re.IGNORECASE,
)
#: Bytes of all these lines, at most.
EXAMINED: Final = 1 << 12
_SIGNS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
#: Names of the first fields of a note, if the lines do not name them.
_FIELDS: Final = ("question", "answer")
_COLUMN: Final = " column"
#: The beginning of the first gap in a text.
_GAP: Final = "{{c1::"


class AnkiLines(NamedTuple):
    """The size of the lines in bytes, their number, the separator of the table, and its names by their places."""

    size: int
    lines: int
    delimiter: str
    named: Mapping[int, str]
    columns: tuple[str, ...] = ()

    def names(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Return the names of the fields of a record: those in the lines, ``question``, ``answer``, and numbers.

        The text of a note with gaps is no question.
        """
        width = len(fields)
        if len(set(self.columns)) == width and all(self.columns):
            return self.columns
        names = [self.named.get(place, "") for place in range(width)]
        free = [place for place, name in enumerate(names) if not name]
        if not any(_GAP in field for field in fields):
            for place, name in zip(free, _FIELDS, strict=False):
                names[place] = name
        return tuple(name or f"column-{place + 1}" for place, name in enumerate(names))

    def applied(self, given: TableFormat) -> TableFormat:
        """Return the format of the table, whose rows begin below these lines, unless the user gives another one."""
        return given._replace(delimiter=given.delimiter or self.delimiter, header=False)


def anki_lines(head: bytes) -> AnkiLines | None:
    """Return the lines of Anki that a file begins with; None for other files."""
    if _FIRST.match(head) is None:
        return None
    found: dict[str, str] = {}
    size = lines = 0
    while (match := _LINE.match(head, size)) is not None:
        found[match[1].decode().lower()] = match[2].decode("utf-8", "replace").strip()
        size, lines = match.end(), lines + 1
    if "separator" not in found and "html" not in found:
        return None
    sign = found.get("separator", "tab")
    delimiter = _SIGNS.get(sign.lower(), sign[:1] or "\t")
    places = {key.removesuffix(_COLUMN): value for key, value in found.items() if key.endswith(_COLUMN)}
    named = {int(value) - 1: key for key, value in places.items() if value.isdecimal() and 0 < int(value[:9]) < 1000}
    columns = found.get("columns", "")
    return AnkiLines(size, lines, delimiter, named, tuple(columns.split(delimiter)) if columns else ())
