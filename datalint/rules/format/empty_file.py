"""The file contains no rows.

## What it does

Reports a file that contains neither a row nor a broken line: no bytes, only blank lines, or an empty array.

## Why it matters

An empty file passes every check on its rows. The usual causes are a failed export, a filter that kept nothing, and a
wrong path. Together rejects the upload of an empty file.

## Bad

```bytes
\\n\\n
```

## Good

```bytes
{"text": "A paragraph."}\\n
```

## What to do

Check the step that wrote the file.

## Known limits

A file that contains only broken lines is not empty; each of them has its own finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, counted, rule

#: What says already why there is no row.
_EXPLAINED = frozenset(("git-lfs-pointer", "truncated-file", "wrong-encoding"))


@rule("FMT020", "empty-file", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH)
def empty_file(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield one hit for a file from which no row was read and none refused."""
    known = next(file.seen("empty-file"), None)
    if known is not None:
        yield known
        return
    if file.rows_read or file.rows_refused or any(problem.rule in _EXPLAINED for problem in file.problems):
        return
    what = "only blank lines" if file.blank_lines else counted(file.size, "byte")
    yield Hit(f"no row in the file ({what})")
