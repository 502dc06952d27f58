"""The file is a Git LFS pointer, not the data.

## What it does

Recognises the three-line text that Git LFS leaves in place of a file that was not downloaded.

## Why it matters

A clone without LFS, or a CI checkout without `lfs: true`, has 130 bytes where the dataset should be. An error about
invalid JSON would suggest a mistake in the data, although the data was never downloaded.

## Bad

```bytes
version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\\nsize 12345\\n
```

## Good

```bytes
{"text": "A paragraph."}\\n
```

## What to do

Run `git lfs pull`; in GitHub Actions, give `actions/checkout` the input `lfs: true`.

## Known limits

None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, rule


@rule("FMT018", "git-lfs-pointer", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH)
def git_lfs_pointer(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("git-lfs-pointer")
