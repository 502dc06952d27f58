"""The data of pictures: counted right, small, free of secrets, and gathered only when it is asked for."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import datalint
from datalint.config.load import load_settings
from datalint.core.charts import CategoryValue, Charts, ThresholdLevel
from datalint.core.registry import Registry
from datalint.engine.reduce.charts import POSITIONS, length_edges
from datalint.operations.check import run_lint
from datalint.privacy.display import printable
from datalint.sources import open_sources


def charts(folder: Path, lines: list[dict[str, Any] | str], **settings: Any) -> Charts:
    path = folder / "train.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    registry = Registry.default()
    overrides = {"eval": False, **settings}
    resolved = load_settings([str(path)], registry=registry, isolated=True, overrides=overrides)
    found = run_lint(resolved, registry, open_sources([str(path)]), charts=True).charts
    assert found is not None
    return found


def row(prompt: str, completion: str, **more: Any) -> dict[str, Any]:
    return {"prompt": prompt, "completion": completion, **more}


def test_nothing_is_gathered_unless_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps(row("a", "b")))
    assert datalint.lint(path).charts is None
    assert datalint.lint(path, charts=True).charts is not None


def test_all_of_it_is_frozen(tmp_path: Path) -> None:
    found = charts(tmp_path, [row("How are you?", "Fine."), row("How are you?", "Fine."), "{"])
    assert found.clusters is not None
    for value, name in ((found, "members"), (found.clusters, "count"), (found.members[0].members[0], "row")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


@given(st.integers(1, 10**7))
def test_edges_rise_and_hold_every_length(longest: int) -> None:
    edges = length_edges(longest)
    assert edges[0] == 1
    assert all(low < high for low, high in pairwise(edges))
    assert edges[-1] > longest
    assert len(edges) <= 6 * math.log10(longest) + 8
    assert {10**power for power in range(8) if 10**power <= longest} <= set(edges)


def test_lengths(tmp_path: Path) -> None:
    lengths = charts(tmp_path, [row("x" * 12, "y" * 150), row("x" * 14, ""), row("x" * 30, "y" * 150)]).lengths
    assert lengths.edges == (10, 15, 22, 32, 46, 68, 100, 147, 215)
    prompt, response = lengths.roles
    assert prompt.counts == (2, 0, 1, 0, 0, 0, 0, 0)
    assert (prompt.median, prompt.longest, prompt.empty) == (14, 30, 0)
    assert response.counts == (0, 0, 0, 0, 0, 0, 0, 2)
    assert response.empty == 1


def test_no_text_no_lengths(tmp_path: Path) -> None:
    assert charts(tmp_path, [row("", "")]).lengths is None


def test_categories(tmp_path: Path) -> None:
    rows = [row(f"question {n}", f"answer {n}", topic=f"t{min(n % 30, 24):02}") for n in range(300)]
    category = charts(tmp_path, [*rows, row("q", "a")], balance={"field": "topic"}).category
    assert (category.key, category.total, category.missing) == ("topic", 300, 1)
    assert category.values[0] == CategoryValue(printable("t24"), count=60, share=0.2, expected=1 / 25)
    assert len(category.values) == 20
    assert (category.others, category.other_count) == (5, 50)
    assert category.other_expected == 1 / 25 * 5


def test_categories_against_what_was_declared(tmp_path: Path) -> None:
    rows = [row(f"question {n}", f"answer {n}", topic="rain") for n in range(4)]
    declared = {"field": "topic", "expected": {"rain": 0.5, "sun": 0.5}}
    category = charts(tmp_path, rows, balance=declared).category
    assert category.values == (
        CategoryValue(printable("rain"), count=4, share=1.0, expected=0.5),
        CategoryValue(printable("sun"), count=0, share=0.0, expected=0.5),
    )


ANCHOR = "The back tyre went flat near the canal. Do I have to push the bike to the next station myself?"
NEAR = ANCHOR.replace("canal", "market")
ANSWER = "No, park it where it blocks nobody and report the wheel in the app; the ride ends there."


def test_clusters_join_copies_and_near_duplicates(tmp_path: Path) -> None:
    rows = [row(ANCHOR, ANSWER), row("Hello", "Hi"), row(NEAR, ANSWER), row(NEAR, ANSWER), row(ANCHOR.upper(), ANSWER)]
    found = charts(tmp_path, rows)
    sizes = found.clusters
    assert (sizes.count, sizes.redundant, sizes.examples) == (1, 3, 5)
    assert (sizes.largest[0].size, sizes.largest[0].line, sizes.by_size) == (4, 1, ((4, 1),))
    (cluster,) = found.members
    assert [(member.line, member.similarity) for member in cluster.members][::4] == [(1, None)]
    similar = {member.line: member.similarity for member in cluster.members[1:]}
    assert similar.keys() == {3, 4, 5}
    assert similar[3] == similar[4] < 1 == similar[5]
    assert cluster.members[1].prompt[1:3] == (("gone", "canal"), ("new", "market"))


def test_similarities_count_down_from_the_threshold(tmp_path: Path) -> None:
    similarity = charts(tmp_path, [row(ANCHOR, ANSWER), row(NEAR, ANSWER), row(ANCHOR, ANSWER)]).similarity
    steps = similarity.steps
    assert steps[0] == (similarity.threshold, 2)
    assert steps[-1] == (1.0, 1)
    counts = [count for _, count in steps]
    assert counts == sorted(counts, reverse=True)


def test_other_thresholds(tmp_path: Path) -> None:
    levels = charts(tmp_path, [row(ANCHOR, ANSWER), row(NEAR, ANSWER), row(ANCHOR, ANSWER)]).thresholds
    assert [level.threshold for level in levels] == [0.5, 0.6, 0.7, 0.8, 0.9]
    assert levels[0] == ThresholdLevel(0.5, clusters=1, redundant=2, largest=3, complete=True)
    assert levels[-1].redundant == 1
    assert charts(tmp_path, ["{"]).thresholds == ()


def test_few_members_of_few_clusters(tmp_path: Path) -> None:
    rows = [row(f"{ANCHOR} {n % 40}{'xyz' * (n % 40)}", ANSWER * (n % 40)) for n in range(400)]
    found = charts(tmp_path, rows)
    assert len(found.members) <= 30
    assert all(len(cluster.members) <= 6 for cluster in found.members)
    assert max(cluster.size for cluster in found.members) >= 10


def test_no_secret_in_the_texts_of_clusters(tmp_path: Path) -> None:
    secret = "ghp_" + "k3J8s" * 7 + "Q"
    rows = [row(f"{ANCHOR} {secret}", ANSWER), row(f"{NEAR} {secret}", f"{ANSWER} ada@example.com")]
    assert secret[:12] not in repr(charts(tmp_path, rows).members)


def test_positions(tmp_path: Path) -> None:
    rows: list[dict[str, Any] | str] = [row(f"question {n}", f"answer {n}") for n in range(600)]
    rows[0] = row("question", "")
    rows[299] = row("what", "")
    rows[599] = "{"
    (file,) = charts(tmp_path, rows, select=["QUA002", "FMT001", "FMT019"]).positions
    assert file.rows == 599
    errors = file.severities["error"]
    assert len(errors) == POSITIONS
    assert [at for at, count in enumerate(errors) if count] == [0, 29, 59]


def test_positions_of_a_short_file(tmp_path: Path) -> None:
    rows = [row(f"question {n}", "" if n == 2 else f"answer {n}") for n in range(4)]
    (file,) = charts(tmp_path, rows, select=["QUA002"]).positions
    assert file.severities == {"error": (0, 0, 1, 0)}


@pytest.mark.parametrize("lines", [[], ["", ""], ["{"], ["[1]"]])
def test_no_rows(tmp_path: Path, lines: list[dict[str, Any] | str]) -> None:
    found = charts(tmp_path, lines)
    assert found.lengths is None
    assert found.members == ()
