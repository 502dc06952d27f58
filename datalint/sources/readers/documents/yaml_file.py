"""Open a YAML file: its rows are those of the same value in JSON, on the lines of the YAML."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from datalint.records.record import Problem
from datalint.sources.base import NO_PLACES, Source
from datalint.sources.content import Content, spooled
from datalint.sources.json_layout import elements
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.documents.outline import open_array, open_object
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.yaml_as_json import MOST, NotRowsError, written_as_json
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.numbers import counted

#: The container of YAML, of which rows are only read.
YAML_ROWS: Final = "yaml"
#: What the messages about JSON say that is not so of YAML.
_JQ: Final = lazy_pattern(r" \(`jq [^`]{1,200}`\)")
_OBJECT: Final = "one JSON object"


def open_yaml(opening: Opening) -> Source:
    """Return the rows of a YAML file: the objects of a list, of one in an object, or of several documents.

    A file that is not read has a problem with the reason, and no rows.
    """
    try:
        found = written_as_json(opening.content.read(opening.start, opening.start + MOST + 1))
    except NotRowsError as error:
        return _refused(opening, error.why, error.line)
    content = spooled(block.encode("utf-8", "surrogatepass") for block in found.blocks)
    position = first_text(content, 0)
    first = content.read(position, position + 1)
    if first not in (b"{", b"["):
        return _refused(opening, "one value, and no list of objects with keys such as prompt and completion", 1)
    inner = opening._replace(content=content, start=0, problems=())
    rows = open_object(inner) if first == b"{" else open_array(inner, elements(content.blocks(), 1))
    if not isinstance(rows, Document):
        return _refused(opening, "no list of objects with keys such as prompt and completion", 1)
    noted = [*opening.problems, *map(_of_yaml, rows.problems)]
    if found.left_out:
        message = f"{counted(found.left_out, 'element')} of nlu with synonyms, regular expressions or lookup tables"
        noted.append(Problem("json-array", f"{message}, which are no examples: not read", is_note=True))
    return replace(rows, container=YAML_ROWS, problems=tuple(noted))


def _of_yaml(problem: Problem) -> Problem:
    """Return a problem of JSON as it is for YAML."""
    if problem.rule != "json-array":
        return problem
    message = _JQ.sub("", problem.message).replace(_OBJECT, "one YAML mapping")
    return problem._replace(message=message)


def _refused(opening: Opening, why: str, line: int) -> Source:
    """Return the source for a file without rows, with the reason as its problem."""
    problems = (*opening.problems, Problem("invalid-row", why, line, fixable=False))
    none = opening._replace(content=Content(), start=0)
    return Document.of(none, NO_PLACES, NO_PLACES, problems, YAML_ROWS, refused=1)
