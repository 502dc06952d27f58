"""Whether plain text is a table: its separators, its header, and rows that are divided."""

from __future__ import annotations

import re
from typing import Final

from datalint.sources.content import Content
from datalint.sources.opening import first_text
from datalint.sources.readers.json_lines.ends import line_end

#: Bytes of a text that are looked at, and of its first line.
HEAD: Final = 1 << 16
HEADER_BYTES: Final = 1 << 12
#: Lines of a text in which a separator is looked for.
_MANY: Final = 20
#: Share of the first lines that have the separator of a table; quoted fields go over several.
_SEPARATED: Final = 0.5


def has_tabs(content: Content, position: int) -> bool:
    """Return whether the lines of a text are rows of fields between tabs."""
    from datalint.sources.readers.texts.tabbed_lines import have_tabs

    return have_tabs(content.read(position, position + HEAD))


def has_divided_rows(content: Content, position: int) -> bool:
    """Return whether rows of fields between tabs are divided by line breaks."""
    from datalint.sources.readers.texts.tabbed_lines import have_divided_rows

    head = content.read(position, position + HEAD)
    return have_divided_rows(head, cut=len(head) == HEAD)


def table_of(content: Content, position: int) -> str:
    """Return the format of a table of text, whatever its file is named; empty for any other text.

    The first line has names of columns, and most of the next ones have the sign between these.
    """
    if has_tabs(content, position):
        return "tsv"
    lines = [line for line in content.read(position, position + HEAD).split(b"\n") if line.strip()][:_MANY]
    if len(lines) < 2 or len(lines[0]) > HEADER_BYTES or lines[0][:1] in b"<%":
        return ""
    for sign, container in ((b",", "csv"), (b";", "csv"), (b"\t", "tsv")):
        if sign in lines[0] and sum(sign in line for line in lines) >= max(2, _SEPARATED * len(lines)):
            return container
    return ""


def is_apart(content: Content, position: int) -> bool:
    """Return whether a line is no row of a table with commas: only blanks or tabs may separate fields.

    A mark such as ``<HEADLINE>`` says nothing of the lines below it.
    """
    from datalint.sources.readers.tagged.not_tokens import is_part

    lines = content.read(position, position + HEADER_BYTES).split(b"\n")
    line = next((line.strip() for line in lines if line.strip() and not is_part(line)), b"")
    return re.search(rb"[ \t]", line) is not None and re.search(rb"[,;|]", line) is None


def is_header(content: Content, position: int) -> bool:
    """Return whether a line is the header of a table: names of columns, and nothing else."""
    from datalint.support.names.column_names import is_name

    line = content.read(position, min(line_end(content, position + 1), position + HEADER_BYTES))
    fields = re.split(rb"[,;\t|]", line.strip())
    if len(fields) < 2 and first_text(content, position + len(line)) < 0:
        return False
    return all(is_name(field.decode("utf-8", "replace").strip(' "')) for field in fields)
