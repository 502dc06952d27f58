"""Advice as one page of HTML that loads nothing and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.report.advice.view import advice_sections
from datalint.report.html import inert_page, page_environment

if TYPE_CHECKING:
    from datalint.advise.advice import Advice


def to_html(advice: Advice) -> str:
    """Return the report as a page; equal input gives equal bytes."""
    page = page_environment().get_template("advice.html")
    return inert_page(page.render(headline=advice.headline, sections=[*advice_sections(advice)])) + "\n"
