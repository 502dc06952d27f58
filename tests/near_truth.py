"""Real datasets whose near-duplicates are known by brute force: every pair with J ≥ 0.70 there is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

CORPUS: Final = Path(os.environ.get("DATALINT_CORPUS", ""))
needs_corpus: Final = pytest.mark.skipif(
    "DATALINT_CORPUS" not in os.environ, reason="DATALINT_CORPUS names no folder of real datasets"
)
#: The table of a folder's true pairs, and the file that it speaks of.
TABLE: Final = "truth_j5_070.tsv"
WITHIN: Final = {
    "anth-coord": "coordinate-itself.jsonl",
    "banking77": "test.csv",
    "fastchat-dummy": "dummy_conversation.json",
    "febrl3": "dataset3.csv",
    "gpteacher-codegen": "codegen-instruct.json",
    "gpteacher-toolformer": "toolformer-similarity-0.6-dataset.json",
    "lf-alpaca-en": "alpaca_en_demo.json",
    "lf-dpo-en": "dpo_en_demo.json",
    "lf-glaive-en": "glaive_toolcall_en_demo.json",
    "mawps": "test.json",
    "mbpp": "mbpp.jsonl",
    "mlx-wikisql": "train.jsonl",
}


def truth(path: Path, offset: int = 0) -> dict[tuple[int, int], float]:
    """Return the similarity of each true pair; ``offset`` is added to the second row's number."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {(int(i), int(j) + offset): float(similarity) for i, j, similarity in lines if i.isdigit()}
