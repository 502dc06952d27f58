"""Lines of JSON Lines of which only closing brackets are wrong."""

from __future__ import annotations


def right_brackets(line: bytes) -> bytes | None:
    """Return a line that is no JSON with the brackets that it must have; None if that is not clear.

    A byte-order mark is left out. Whether a row is meant by the line is for the reader of the file to say.
    """
    from datalint.sources.encoding import UTF8_BOM
    from datalint.sources.json_truth.brackets import with_brackets

    try:
        made = with_brackets(line.removeprefix(UTF8_BOM).decode())
    except UnicodeDecodeError:
        return None
    return None if made is None else made.encode("utf-8")
