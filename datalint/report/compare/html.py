"""A comparison as one page of HTML that loads nothing and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.core.results import Verdict
from datalint.report.compare.places import files_of
from datalint.report.compare.view import sections, verdict_line
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.compare.model import Comparison

#: Rows of a table: a page for people, under 2 MB whatever a row holds.
_ROWS: Final = 200

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>datalint compare: {{ verdict }}</title>
<style>
:root { color-scheme: light dark; --line: #8884; --dim: #6b7280; --pass: #15803d; --warn: #a16207; --fail: #b91c1c }
@media (prefers-color-scheme: dark) {
  :root { --dim: #9ca3af; --pass: #4ade80; --warn: #facc15; --fail: #f87171 }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.pass { color: var(--pass) } .warn { color: var(--warn) } .fail { color: var(--fail) }
.dim { color: var(--dim) } .said { font-size: 1.1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line) }
th { color: var(--dim); font-weight: 500 } td { overflow-wrap: break-word; min-width: 5.5rem }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
@media print { body { margin: 0; max-width: none } .wide { overflow: visible } }
</style>
</head>
<body>
<main>
<h1 class="{{ tone }}">{{ verdict }}</h1>
<p class="dim">{% for name, rows in sides %}{% if not loop.first %} → {% endif %}{{ name }} ({{ rows }}){% endfor %}</p>
{% for line in summary %}<p class="said">{{ line }}</p>
{% endfor %}
{% for note in notes %}<p class="dim">Note: {{ note }}</p>
{% endfor %}
{% for section in sections %}
<section>
<h2>{{ section.title }}</h2>
<div class="wide" tabindex="0" role="group" aria-label="{{ section.title }}">
<table>
<thead><tr>{% for column in section.columns %}<th scope="col"{% if loop.index0 in section.numbers %} class="number"
{%- endif %}>{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in section.rows %}<tr>{% for cell in row %}<td{% if loop.index0 in section.numbers %} class="number"
{%- endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
</div>
{% if section.rest %}<p class="dim">{{ section.rest }}</p>{% endif %}
</section>
{% endfor %}
</main>
</body>
</html>
"""


def to_html(found: Comparison) -> str:
    """Return the comparison as a page; equal input gives equal bytes."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    verdict = found.new.outcome.verdict
    page = environment.from_string(_PAGE).render(
        verdict=verdict_line(found),
        tone=verdict.value if verdict in (Verdict.PASS, Verdict.WARN, Verdict.FAIL) else "dim",
        sides=[(files_of(side), counted(side.rows, "row")) for side in (found.old, found.new)],
        summary=found.summary,
        notes=found.notes,
        sections=sections(found, limit=_ROWS),
    )
    return page.replace("##[", "##&#91;") + "\n"
