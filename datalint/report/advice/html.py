"""Advice as one page of HTML that loads nothing and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.report.advice.view import sections
from datalint.report.html import environment, inert

if TYPE_CHECKING:
    from datalint.advise.advice import Advice


def to_html(advice: Advice) -> str:
    """Return the report as a page; equal input gives equal bytes."""
    page = environment().get_template("advice.html")
    return inert(page.render(headline=advice.headline, sections=[*sections(advice)])) + "\n"
