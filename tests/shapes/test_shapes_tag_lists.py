"""Texts that list tags or labels."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.operations.check import lint
from datalint.shapes.evidence.tag_lists import are_codes, are_joined


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["late; full", "late", "full; slow", "slow"] * 10, True),
        (["late|full", "slow|late", "full"] * 10, True),
        (["late, full", "slow", "full"] * 10, True),
        (["late", "full"] * 20, False),
        ([f"late at {n}, full at {n}" for n in range(40)], False),
        (["1, 2", "2, 3"] * 20, False),
        (['[{"who": "boat", "late": "by day"}]', '[{"who": "ferry", "late": "by night"}]'] * 20, False),
    ],
)
def test_several_labels_in_one_text_come_again_and_again(texts: list[str], joined: bool) -> None:
    assert are_joined(texts) is joined


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["1, 2", "2, 3", "12"] * 10, True),
        (["2,1", "1,2"] * 20, False),
        (["2, 1", "1, 2"] * 20, True),
        (["2, 2", "1, 2"] * 20, False),
        (["1", "2"] * 20, False),
        (["late, full", "1, 2"] * 20, False),
        ([f"1, {n}" for n in range(2, 42)], False),
        (["[0 2]", "[1]", "[]", "[ 1  2]"] * 10, True),
        (["[0, 2]", "[1]", "[]", "[1,2]"] * 10, True),
        (["[0]", "[1]", "[]"] * 10, False),
        (["[0, 2]", "[1,]", "[1, 2"] * 10, False),
        ([f"[{n}, {n + 1}]" for n in range(40)], False),
        ([f"[{n} 1]" for n in range(40)], False),
        (["[0 2]", "[1, 2]", "[late]"] * 10, False),
        (["[" + "1" * 5_000, "[0 2]"] * 10, False),
    ],
)
def test_numbers_of_several_classes_are_in_order(texts: list[str], codes: bool) -> None:
    assert are_codes(texts) is codes


@pytest.mark.parametrize("golden", [False, True])
def test_what_people_annotated_is_read_instead_of_the_tags_of_a_program(*, golden: bool) -> None:
    rows: list[dict[str, Any]] = []
    for n in range(40):
        words = ["Dock", str(n), "fills", "in", ("May", "June", "July")[n % 3]]
        mentions = [{"text": f"Dock {n}", "entity-type": "PLACE", "start": 0, "end": 2}]
        row = {"words": words, "sentence": " ".join(words), "ner": ["O", "O", "O", "O", "DATE"]}
        rows.append(row | ({"golden-entity-mentions": mentions} if golden else {}))
    notes = " ".join(map(str, lint(rows, eval=False, config={"select": ["FMT"]}).notes))
    assert ("labels=golden-entity-mentions" in notes) is golden
