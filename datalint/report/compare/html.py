"""A comparison as one page of HTML that loads nothing and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.core.results import Verdict
from datalint.report.compare.places import files_of
from datalint.report.compare.view import comparison_sections, verdict_line
from datalint.report.html import inert_page, page_environment
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.compare.model import Comparison

#: Rows of a table: a page for people, under 2 MB whatever a row holds.
_ROWS: Final = 200


def to_html(found: Comparison) -> str:
    """Return the comparison as a page; equal input gives equal bytes."""
    verdict = found.new.outcome.verdict
    page = (
        page_environment()
        .get_template("compare.html")
        .render(
            verdict=verdict_line(found),
            tone=verdict.value if verdict in (Verdict.PASS, Verdict.WARN, Verdict.FAIL) else "dim",
            sides=[(files_of(side), counted(side.rows, "row")) for side in (found.old, found.new)],
            summary=found.summary,
            notes=found.notes,
            sections=comparison_sections(found, limit=_ROWS),
        )
    )
    return inert_page(page) + "\n"
