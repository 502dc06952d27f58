"""The usual recipe with datasketch: 128 permutations of 5-word shingles, an LSH index at 0.7, the first one stays.

From https://ekzhu.com/datasketch/lsh.html and minhash.html (``MinHash.generator`` spares the set-up of each).
"""

from __future__ import annotations

import sys

from datasketch import MinHash, MinHashLSH
from shingling import texts, word_shingles

PERMUTATIONS = 128


def main(path: str) -> None:
    """Print how many rows repeat an earlier one that stays."""
    index = MinHashLSH(threshold=0.7, num_perm=PERMUTATIONS)
    pieces = ([piece.encode() for piece in word_shingles(text)] for text in texts(path))
    copies = 0
    for number, sketch in enumerate(MinHash.generator(pieces, num_perm=PERMUTATIONS)):
        if index.query(sketch):
            copies += 1
        else:
            index.insert(number, sketch)
    print(f"copies: {copies}")


if __name__ == "__main__":
    main(sys.argv[1])
