"""Neither a licence nor a source of the data is given.

## What it does
Looks for a licence file (`LICENSE`, `COPYING` …) or a dataset card (`README.md`, `dataset_info.json`, `CITATION.cff`
…) that mentions a licence, in the folder of each file and in its parent folders up to the root of the repository, and
for a key in the rows (`license`, `source`, `url` …). Reports a dataset that has none of these.

## Why it matters
The licence decides whether you may train a model on the rows, and sell or publish it. The source says whom to ask if a
row has to be removed. Of over 1,800 public fine-tuning datasets, more than 70 % had no licence on the sites that host
them (Longpre et al. 2023, "The Data Provenance Initiative").

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page.", "license": "CC-BY-4.0"}
```
## What to do
Add a README.md next to the data that names licence and sources, in the form of the Hugging Face hub (`license:
cc-by-4.0`).
## Known limits
Files are found by name, and any mention of a licence is enough. A company's internal data needs no licence, so this
rule runs only if you select it by name. Rows from the hub, from standard input and from memory are *not assessed*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Chunk, Confidence, Dataset, Hit, Options, Severity, counted, rule
from datalint.rules.common.keys.key_names import NESTS

_KEYS: Final = frozenset(
    """license licence licenses licences source source_url source_dataset dataset_source url origin provenance
    attribution copyright dataset dataset_name citation""".split()
)


@rule("RDY011", "no-licence", severity=Severity.INFO, since="0.1", needs={"provenance"}, confidence=Confidence.LOW)
def no_licence(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when neither files next to it nor its rows name a licence or a source."""
    if data.size and not data.provenance and not data.measured:
        yield Hit(
            f"no licence or source of {counted(data.size, 'row')}: no licence file or dataset card next to "
            f"{counted(len(data.files), 'file')}, and no key such as license or source"
        )


@no_licence.measure
def has_key(chunk: Chunk, options: Options) -> bool:
    """Return whether a row of the chunk has something under a key that names its licence or source."""
    root = chunk.structure.root
    nodes = (root, *(root.children[name] for name in NESTS if name in root.children))
    return any(
        key.strip().lower() in _KEYS and any(group.column(key))
        for node in nodes
        for group in node.groups
        for key in group.keys
    )


@no_licence.merge
def either(one: bool, other: bool) -> bool:
    """Return whether either chunk has one."""
    return one or other
