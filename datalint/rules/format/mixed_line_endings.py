"""A file mixes CRLF and LF line endings, or a carriage return has no line feed.

## What it does

Reports a file once if it contains both line endings, at the first line with the rarer one. Also reports carriage
returns that are not followed by a line feed. If a file has no line feed at all, as old Mac programs wrote text, they
end its lines: datalint reads these as lines, and a fix writes LF.

## Why it matters

Mixed line endings show that a file was put together on several systems. Tools that split on one of them leave the
other in the text. Python's text mode reads a bare CR as the end of a line and so splits the row in two.

## Bad

```bytes
{"text": "A first paragraph."}\\r\\n{"text": "A second paragraph."}\\n
```

## Good

```bytes
{"text": "A first paragraph."}\\n{"text": "A second paragraph."}\\n
```

## What to do

Write LF everywhere: `datalint fix DATA --output FILE`. In git, `* text eol=lf` in `.gitattributes` keeps it so. Where a
carriage return alone ends lines, deleting it would join them.

## Known limits

A file that uses CRLF throughout is consistent and not reported. Tables with a line feed are not checked, because a line
break inside quotes is text there. Escapes (`\\r\\n`) inside strings are text and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, counted, rule


@rule(
    "FMT015",
    "mixed-line-endings",
    severity=Severity.INFO,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.layout("line-endings"),
)
def mixed_line_endings(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit for mixed endings, and one for carriage returns without a line feed."""
    yield from file.seen("mixed-line-endings")
    if file.container in ("csv", "tsv"):
        return
    if file.crlf and file.lf:
        endings = ((file.crlf, "CRLF", file.first_crlf), (file.lf, "LF", file.first_lf))
        (rare, name, first), (_, common, _) = endings if file.crlf < file.lf else endings[::-1]
        lines = f"{rare:,} of {counted(file.crlf + file.lf, 'line')} end in {name}, the others in {common}"
        yield Hit(f"{lines}{_where(first)}", line=first)
    if file.bare_cr:
        first = file.first_bare_cr
        lone = counted(file.bare_cr, "carriage return")
        yield Hit(f"{lone} without a line feed{_where(first)}", line=first)


def _where(line: int | None) -> str:
    return f", the first on line {line:,}" if line else ""
