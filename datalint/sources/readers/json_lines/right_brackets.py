"""Repair of lines of JSON Lines with wrong closing brackets."""

from __future__ import annotations


def right_brackets(line: bytes) -> bytes | None:
    """Return a line that is no JSON with the brackets that it must have; None if that is not clear.

    A byte-order mark is left out. The reader of the file decides whether the line is meant as a row.
    """
    from datalint.sources.encoding import UTF8_BOM
    from datalint.sources.json_truth.brackets import with_brackets

    try:
        made = with_brackets(line.removeprefix(UTF8_BOM).decode())
    except UnicodeDecodeError:
        return None
    return None if made is None else made.encode("utf-8")
