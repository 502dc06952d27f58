"""Real datasets whose near-duplicates are known by brute force: every pair with J ≥ 0.70 there is."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from every import every
from near_truth import CORPUS, TABLE, WITHIN, needs_corpus, truth

from datalint.neardup import Pairs, Query, Shingling, find_clusters, find_pairs, normalize, sketch_texts

pytestmark = needs_corpus

ACROSS = {
    "apibench-torch/truth_train_eval": ("torchhub_train.json", "torchhub_eval.json"),
    "azure-chat/truth_train_validation": ("chat_train.jsonl", "chat_validation.jsonl"),
    "banking77/truth_train_test": ("train.csv", "test.csv"),
    "mlx-wikisql/truth_train_test": ("train.jsonl", "test.jsonl"),
    "mlx-wikisql/truth_train_valid": ("train.jsonl", "valid.jsonl"),
    "vedaz/truth_train_validation": ("train.jsonl", "validation.jsonl"),
}
COLUMNS = (
    ("instruction", "input", "output"),
    ("instruction", "input", "response"),
    ("prompt", "completion"),
    ("question", "answer"),
)
CHAR = Shingling()


def rows(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        return list(csv.DictReader(text.splitlines(keepends=True)))
    if text.startswith("["):
        return list(json.loads(text))
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def as_text(row: dict[str, Any]) -> str:
    for key in ("messages", "conversations"):
        if key in row:
            return "\n".join(
                f"{turn.get('role', turn.get('from'))}: {turn.get('content', turn.get('value'))}" for turn in row[key]
            )
    for keys in COLUMNS:
        if all(key in row for key in keys):
            return "\n".join(row[key] for key in keys)
    return "\n".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in row.values())


def load(folder: Path, *names: str) -> tuple[pl.Series, int]:
    texts = [[as_text(row) for row in rows(folder / name)] for name in names]
    return normalize(pl.Series([text for some in texts for text in some])), len(texts[0])


def check(pairs: Pairs, known: dict[tuple[int, int], float]) -> None:
    columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist())
    found = {(i, j): similarity for i, j, similarity in zip(*columns, strict=True)}
    assert not [pair for pair, similarity in known.items() if similarity >= 0.75 and pair not in found]
    assert found.keys() <= known.keys()
    assert min(found.values(), default=1.0) >= 0.7
    assert all(abs(similarity - known[pair]) < 1e-4 for pair, similarity in found.items())


@every("limit", [None, 1000])
@every("name", WITHIN)
def test_pairs_within_a_file(name: str, limit: int | None) -> None:
    folder = CORPUS / name
    texts, _ = load(folder, WITHIN[name])
    sketches = sketch_texts([texts], CHAR)
    pairs = find_pairs(
        sketches, lambda wanted: [texts.gather(wanted)], Query(threshold=0.7, shingling=CHAR, bucket_limit=limit)
    )
    check(pairs, truth(folder / TABLE))


@pytest.mark.parametrize("name", ACROSS)
def test_pairs_across_files(name: str) -> None:
    path = CORPUS / f"{name}_j5_070.tsv"
    texts, first = load(path.parent, *ACROSS[name])
    groups = (np.arange(len(texts)) >= first).astype(np.uint8)
    sketches = sketch_texts([texts], CHAR)
    pairs = find_pairs(
        sketches, lambda wanted: [texts.gather(wanted)], Query(threshold=0.7, shingling=CHAR, groups=groups)
    )
    check(pairs, truth(path, first))


@every("name", WITHIN)
def test_clusters_hold_every_row_that_has_a_pair(name: str) -> None:
    folder = CORPUS / name
    texts, _ = load(folder, WITHIN[name])
    known = truth(folder / TABLE)
    _, clusters = find_clusters(
        sketch_texts([texts], CHAR), lambda wanted: [texts.gather(wanted)], Query(threshold=0.7, shingling=CHAR)
    )
    anchors = clusters.anchors.tolist()
    members = [(anchor, row) for row, anchor in enumerate(anchors) if anchor != row]
    assert all(abs(known[pair] - clusters.similarity[pair[1]]) < 1e-4 for pair in members)
    # An anchor that has a lower row's anchor as its near-duplicate would belong to that one.
    apart = {pair for pair, similarity in known.items() if similarity >= 0.75 and anchors[pair[0]] == pair[0]}
    assert not [pair for pair in apart if anchors[pair[1]] == pair[1]]
