"""The HTML report: one page that loads nothing, reads without scripts, and stays under 2 MB.

Templates are rendered with escaping on; the only text that is not escaped is the page's own style sheet and script.
Their hashes are the page's content security policy, so nothing that a row holds could run even if it were markup.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from jinja2 import Environment

    from datalint.core.results import Outcome

#: Bytes that a page may have; a page that size opens at once, and fits in a mail.
MOST_BYTES: Final = 2_000_000


class Room(NamedTuple):
    """How much a page shows: findings in all, clusters, and files."""

    findings: int
    clusters: int
    files: int


#: Tried in turn until the page fits. Findings are up to about 3 kB each, and usually 400 bytes.
_ROOMS: Final = (
    Room(1500, 30, 200),
    Room(750, 30, 200),
    Room(300, 20, 100),
    Room(100, 10, 50),
    Room(20, 3, 20),
    Room(0, 0, 5),
)


def to_html(outcome: Outcome) -> str:
    """Return the whole report as a page of at most :data:`MOST_BYTES`; equal input gives equal bytes.

    What does not fit is left out, from the rules with the most findings first, and counted where it would stand.
    Pictures are drawn of what ``outcome.charts`` holds; without it there are none.
    """
    page = ""
    for room in _ROOMS:
        page = _render(outcome, room)
        if len(page.encode()) <= MOST_BYTES:
            break
    return page


def _render(outcome: Outcome, room: Room) -> str:
    from datalint.report.html.view import view

    page = page_environment().get_template("page.html").render(view(outcome, room))
    return inert_page(page)


@cache
def page_environment() -> Environment:
    """Return the environment of the page templates: escaping, with the style sheet and the script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("datalint.report.html")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name, file in (("style", "style.css"), ("script", "script.js")):
        text = loader.get_source(environment, file)[0].replace("\r\n", "\n")
        environment.globals[name] = Markup(text)  # our own file, no data in it
        environment.globals[f"{name}_hash"] = _hash(text)
    return environment


def _hash(text: str) -> str:
    import base64
    import hashlib

    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def inert_page(page: str) -> str:
    """Write what a build runner would take for a command in other characters of the same meaning."""
    page = page.replace("##[", "#&#35;[")
    return re.sub(r"^([ \t]*)::", r"\1&#58;:", page, flags=re.MULTILINE)
