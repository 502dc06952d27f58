"""Pairs in long form, of which each row is one side: what several pairs have in common is no copy."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import datalint

_WORDS = [
    f"{a}{b}" for a in ("nor", "sel", "tar", "ver", "wim", "lu", "ko") for b in ("by", "dal", "ham", "mor", "ston")
]


def pairs() -> list[dict[str, Any]]:
    """Return 60 pairs of 30 sentences, of which each has two simpler forms; the last pair repeats the one before it."""
    rows = []
    for number in range(60):
        words = Random(number // 2).sample(_WORDS, 12)
        easy = words[:7] if number % 2 == 0 or number == 59 else [*words[2:8], "gladly"]
        rows += [(number, "hard", words), (number, "easy", easy)]
    return [{"id": number, "label": label, "text": " ".join(words)} for number, label, words in rows]


def repeats(rows: list[dict[str, Any]]) -> tuple[set[int | None], datalint.Report]:
    found = datalint.lint(rows, config={"select": ["DIV", "RDY001"]})
    return {each.row for each in found.findings if each.rule.startswith("DIV")}, found


def test_a_side_that_several_pairs_have_is_no_copy() -> None:
    rows, found = repeats(pairs())
    assert rows == {119, 120}
    assert any("each 'id' has one row of each label: sides of a pair, to join by 'id'" in note for note in found.notes)
    assert found.group_key == "id"


@pytest.mark.parametrize("other", ["numbered anew", "sides without a pair", "other texts", "claims"])
def test_other_ids_are_of_no_pairs(other: str) -> None:
    rows = pairs()
    for number, row in enumerate(rows):
        if other == "sides without a pair":
            row["id"] = number
        elif other == "numbered anew":
            row["id"] = (row["id"] * 7 + 11 * (row["label"] == "easy")) % 60
        elif other == "claims":
            words = row.pop("text").split()
            rows[number] = row | {
                "premise": " ".join(Random(row["id"]).sample(_WORDS, 9)),
                "hypothesis": " ".join(words),
            }
        elif row["label"] == "easy":
            row["text"] = " ".join(Random(100 + number // 4).sample(_WORDS, 9))
    assert not any("sides of a pair" in note for note in repeats(rows)[1].notes)
