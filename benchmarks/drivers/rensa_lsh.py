"""The usual recipe with rensa: R-MinHash of 5-word shingles, 128 permutations, its LSH at 0.7, the first one stays.

From "Keep unique documents" in the README of rensa: full sets, not the sampling "rho" pipeline.
"""

from __future__ import annotations

import sys

from rensa import RMinHashDeduplicator
from shingling import texts, word_shingles


def main(path: str) -> None:
    """Print how many rows repeat an earlier one that stays."""
    rows = RMinHashDeduplicator(threshold=0.7, num_perm=128, use_lsh=True)
    keep = rows.add_pairs((str(number), word_shingles(text)) for number, text in enumerate(texts(path)))
    print(f"copies: {len(keep) - sum(keep)}")


if __name__ == "__main__":
    main(sys.argv[1])
