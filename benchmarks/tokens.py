"""Compare counts of tokens, pieces and spans of the packaged vocabularies with the library tokenizers.

    python benchmarks/tokens.py FOLDER TOKENIZER.json [NAME]

FOLDER has datasets; the first rows of each file are encoded as they are, half of them with control tokens around them.
Without NAME, a vocabulary of quicktok (qwen3), only the counts of the file itself are printed. Exits with 1 if any
differs.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from datalint.models.packaged import PackagedTokenizer
from datalint.models.tokenizer import JsonTokenizer, Tokenizer

ROWS = 40
CHARS = 3000


def texts(folder: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield texts, and up to two spans in each."""
    chosen = random.Random(1)
    for path in sorted(folder.rglob("*.json*")):
        with path.open(encoding="utf-8", errors="ignore") as lines:
            for _, line in zip(range(ROWS), lines, strict=False):
                text = line[:CHARS]
                if chosen.random() < 0.5:
                    text = f"<|im_start|>user\n{text}<think>x</think><|im_end|>"
                edges = sorted(chosen.sample(range(len(text) + 1), min(4, len(text) + 1) & ~1))
                yield text, list(zip(edges[::2], edges[1::2], strict=True))


def main(arguments: list[str]) -> int:
    """Compare."""
    folder, file, *name = arguments
    theirs: Tokenizer = JsonTokenizer(file)
    ours: Tokenizer = PackagedTokenizer(name[0]) if name else theirs
    counts = [0, 0]
    wrong = number = 0
    for text, spans in texts(Path(folder)):
        number += 1
        (expected,) = theirs.measure([text], [spans])
        (found,) = ours.measure([text], [spans])
        counts = [counts[0] + expected.tokens, counts[1] + found.tokens]
        wrong += expected != found or theirs.pieces(text) != ours.pieces(text)
    print(f"{number:,} texts, {counts[0]:,} = {counts[1]:,} tokens, {wrong} texts differ")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
