"""Rows that are lines of a script: the error says by which keys to put them together."""

from __future__ import annotations

from datalint.operations.check import lint

WORDS = "boat card gate lamp oar rope sail mast crane buoy anchor hull deck cabin harbour ferry jetty wheel map flag"
LINES = [
    {
        "season": 1,
        "episode": 3,
        "character": ("Ada", "Ben")[place % 2],
        "line": f"Has the {word} of dock {place} come back?" if place % 2 else f"The {word} is at gate {place} now.",
    }
    for place, word in enumerate(WORDS.split())
]


def test_lines_of_one_episode_are_put_in_one_list() -> None:
    report = lint(LINES, config={"select": ["FMT101"]})
    assert {each.message for each in report.findings} == {
        'each row is a line of a script; put those with the same "season" and "episode" in one list under "messages"'
    }


def test_lines_of_other_scenes_are_texts() -> None:
    rows = [each | {"episode": place} for place, each in enumerate(LINES)]
    report = lint(rows, config={"select": ["FMT101"]})
    assert not [each for each in report.findings if "script" in each.message]


def test_lines_of_one_chapter_are_put_in_one_list() -> None:
    parts = [{"Character": row["character"], "Chapter": "1 - The Dock", "Line": row["line"]} for row in LINES]
    report = lint(parts, config={"select": ["FMT101"]})
    assert {each.message for each in report.findings} == {
        'each row is a line of a script; put those with the same "Chapter" in one list under "messages"'
    }
