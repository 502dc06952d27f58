"""Near-duplicates by brute force, and texts with planted ones."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import polars as pl

from datalint.neardup import Fetch, Shingling, Sketches, sketch_texts

CHAR = Shingling()
Found = dict[tuple[int, int], float]


@lru_cache(maxsize=10_000)
def shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 5] for i in range(max(len(text) - 4, 1))) if text else frozenset()


def jaccard(a: str, b: str) -> float:
    union = shingles(a) | shingles(b)
    return len(shingles(a) & shingles(b)) / len(union) if union else 1.0


def brute(rows: list[tuple[str, ...]], threshold: float) -> Found:
    found = {}
    for i, row in enumerate(rows):
        for j in range(i + 1, len(rows)):
            if any(row) and any(rows[j]):
                least = min(jaccard(a, b) for a, b in zip(row, rows[j], strict=True))
                if least >= threshold:
                    found[i, j] = least
    return found


def prepare(rows: list[tuple[str, ...]]) -> tuple[Sketches, Fetch]:
    parts = [pl.Series(list(part), dtype=pl.String) for part in zip(*rows, strict=True)]
    return sketch_texts(parts, CHAR), lambda wanted: [part.gather(wanted) for part in parts]


def as_dict(pairs: object) -> Found:
    columns = (getattr(pairs, name).tolist() for name in ("first", "second", "similarity"))
    return {(i, j): similarity for i, j, similarity in zip(*columns, strict=True)}


def sentence(chance: random.Random, words: int) -> str:
    return " ".join("".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 8))) for _ in range(words))


def mutate(chance: random.Random, text: str, edits: int) -> str:
    words = text.split(" ")
    for _ in range(edits):
        words[chance.randrange(len(words))] = sentence(chance, 1)
    return " ".join(words)


def planted(seed: int, families: int, words: Iterable[int]) -> list[tuple[str, ...]]:
    """Return rows of prompt and response: some alone, some with copies that differ in up to a third of the words."""
    chance = random.Random(seed)
    rows = []
    lengths = list(words)
    for _ in range(families):
        texts = [sentence(chance, chance.choice(lengths)) for _ in range(2)]
        rows.append((texts[0], texts[1]))
        for _ in range(chance.choice([0, 0, 1, 4])):
            copies = [mutate(chance, text, chance.randint(0, 1 + text.count(" ") // 6)) for text in texts]
            rows.append((copies[0], copies[1]))
    chance.shuffle(rows)
    return rows


def classes(rows: list[tuple[str, ...]]) -> np.ndarray:
    keys: dict[tuple[str, ...], int] = {}
    return np.array([keys.setdefault(row, len(keys)) for row in rows], np.uint64)
