"""A comparison in GitHub's Markdown, short enough for a comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from datalint.report.compare.places import files_of
from datalint.report.compare.view import CompareSection, comparison_sections, verdict_line
from datalint.report.markdown import escape
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.compare.model import Comparison

#: Bytes of a page: a comment (65,536 characters at GitHub) has room for the report in addition to it.
ROOM: Final = 25_000
#: By this an action finds the comment that it wrote before.
MARK: Final = "<!-- datalint compare -->"
#: Rows of a table, tried in turn until the page has room.
_LIMITS: Final = (20, 10, 5, 2, 1)
#: The first sections are open, the others fold away.
_OPEN: Final = 4
_RESERVE: Final = 100


def to_markdown(found: Comparison) -> str:
    """Return the comparison in at most :data:`ROOM` bytes.

    Tables get shorter until all have room; if even the shortest have none, the last sections are left out.
    """
    head = list(_head(found))
    blocks: list[list[str]] = []
    for limit in _LIMITS:
        blocks = [
            ["", *_block(section, number)] for number, section in enumerate(comparison_sections(found, limit=limit))
        ]
        if _size(head, *blocks) <= ROOM:
            break
    total = len(blocks)
    while blocks and _size(head, *blocks) > ROOM - _RESERVE:
        blocks.pop()
    left = total - len(blocks)
    tail = ["", f"{counted(left, 'section')} left out for want of room."] if left else []
    return "\n".join([*head, *(line for block in blocks for line in block), *tail]) + "\n"


def _size(*blocks: list[str]) -> int:
    return sum(len(line.encode()) + 1 for block in blocks for line in block)


def _head(found: Comparison) -> Iterator[str]:
    yield MARK
    yield f"## datalint: {escape(verdict_line(found))}"
    yield ""
    old, new = (
        f"<code>{escape(files_of(side))}</code> ({counted(side.rows, 'row')})" for side in (found.old, found.new)
    )
    yield f"{old} → {new}"
    for line in (*map(escape, found.summary), *(f"Note: {escape(note)}" for note in found.notes)):
        yield ""
        yield line


def _block(section: CompareSection, number: int) -> Iterator[str]:
    yield from _section(section) if number < _OPEN else _folded(section)


def _section(section: CompareSection) -> Iterator[str]:
    yield f"### {escape(section.title)}"
    yield ""
    yield from _table(section)


def _folded(section: CompareSection) -> Iterator[str]:
    yield f"<details><summary>{escape(section.title)}</summary>"
    yield ""
    yield from _table(section)
    yield ""
    yield "</details>"


def _table(section: CompareSection) -> Iterator[str]:
    yield f"| {' | '.join(section.columns)} |"
    yield f"|{'|'.join('--:' if place in section.numbers else ':--' for place in range(len(section.columns)))}|"
    for row in section.rows:
        yield f"| {' | '.join(map(escape, row))} |"
    if section.rest:
        yield ""
        yield escape(section.rest)
