"""Advice in GitHub's Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from datalint.privacy.display import printable
from datalint.report.advice.view import AdviceSection, advice_sections
from datalint.report.markdown import escape

if TYPE_CHECKING:
    from datalint.advise.advice import Advice


def to_markdown(advice: Advice) -> str:
    """Return the report as a document of Markdown."""
    lines = [f"# {escape(printable(advice.headline))}"]
    for section in advice_sections(advice):
        lines += ["", f"## {escape(printable(section.title))}", "", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: AdviceSection) -> Iterator[str]:
    for words, source in section.lines:
        yield f"- {escape(words)}{f' *({escape(source)})*' if source else ''}"
    if section.table is not None:
        if section.lines:
            yield ""
        yield f"| {' | '.join(map(escape, section.table.columns))} |"
        yield f"|{'|'.join(':--' for _ in section.table.columns)}|"
        for row in section.table.rows:
            yield f"| {' | '.join(map(escape, row))} |"
    if section.code:
        yield from ("```python", *section.code.splitlines(), "```")
