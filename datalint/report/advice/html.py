"""Advice as one page of HTML that loads nothing and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.report.advice.view import sections

if TYPE_CHECKING:
    from datalint.advise.advice import Advice

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>datalint advise: {{ headline }}</title>
<style>
:root { color-scheme: light dark; --line: #8884; --dim: #6b7280 }
@media (prefers-color-scheme: dark) { :root { --dim: #9ca3af } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.dim { color: var(--dim); font-size: .9rem } ul { padding-left: 1.2rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line) }
th { color: var(--dim); font-weight: 500 } td { overflow-wrap: break-word; min-width: 5.5rem }
pre { overflow-x: auto; padding: .8rem; border: 1px solid var(--line) }
@media print { body { margin: 0; max-width: none } .wide { overflow: visible } }
</style>
</head>
<body>
<main>
<h1>{{ headline }}</h1>
{% for section in sections %}
<section>
<h2>{{ section.title }}</h2>
{% if section.lines %}
<ul>
{% for words, source in section.lines %}
<li>{{ words }}{% if source %} <span class="dim">{{ source }}</span>{% endif %}</li>
{% endfor %}
</ul>
{% endif %}
{% if section.table %}
<div class="wide" tabindex="0" role="group" aria-label="{{ section.title }}">
<table>
<thead><tr>{% for column in section.table.columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in section.table.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
</div>
{% endif %}
{% if section.code %}<pre>{{ section.code }}</pre>{% endif %}
</section>
{% endfor %}
</main>
</body>
</html>
"""


def to_html(advice: Advice) -> str:
    """Return the report as a page; equal input gives equal bytes."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(_PAGE).render(headline=advice.headline, sections=[*sections(advice)])
    return page.replace("##[", "##&#91;") + "\n"
