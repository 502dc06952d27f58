"""Conversations of ParlAI and bAbI, an exchange in each line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

STORY = "1 Ann took the cup.\n2 She went out.\n3 Where is the cup? \toutside\t1 2\n4 Who has it now?\tAnn\t1\n"
PERSONA = "1 your persona: I sail.\n2 your persona: I bake.\n3 hi there , who is it ?\tann .\t\ta\n4 well met .\tbye\n"
#: Each line says who sees it, by their numbers.
SEEN = "1 Ann took the cup.\t1 2\n2 She went out.\t1\n3 Where is the cup?\toutside\t1\n"
NAMED = (
    "text:I sail.\\nWho is it?\tlabels:Ann|Ben\tlabel_candidates:Ann|Ben|Cy\n"
    "text:And where?\tlabels:Here\tepisode_done:True\n"
)


def exchange(asked: str, reply: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": reply}]


EPISODES = {
    STORY: exchange("Ann took the cup.\nShe went out.\nWhere is the cup?", "outside")
    + exchange("Who has it now?", "Ann"),
    SEEN: exchange("Ann took the cup.\nShe went out.\nWhere is the cup?", "outside"),
    PERSONA: exchange("your persona: I sail.\nyour persona: I bake.\nhi there , who is it ?", "ann .")
    + exchange("well met .", "bye"),
    NAMED: exchange("I sail.\nWho is it?", "Ann") + exchange("And where?", "Here"),
    "1 who wrote the letter ?\tann\n": exchange("who wrote the letter ?", "ann"),
    "1 what is left\tnothing\n2 and then nobody came\n\n": [
        *exchange("what is left", "nothing"),
        {"role": "user", "content": "and then nobody came"},
    ],
}


@pytest.mark.parametrize(("written", "messages"), EPISODES.items())
@pytest.mark.parametrize("chunk_bytes", [16, 150, 1 << 20])
def test_a_row_is_an_episode(tmp_path: Path, written: str, messages: list[dict[str, Any]], chunk_bytes: int) -> None:
    (tmp_path / "a.txt").write_text(written * 12)
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"messages": messages}] * 12, "episodes")


def test_a_report_says_what_a_row_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY * 4)
    notes = lint(tmp_path / "a.txt", eval=False).notes
    assert "a.txt: a row is an episode of ParlAI or bAbI: what is said and replied in its lines" in notes


@pytest.mark.parametrize(
    "written",
    [
        "1 Boil the water.\n2 Add the salt.\n3 Wait.\n",
        "1 The\tDET\n2 cat\tNOUN\n3 sleeps\tVERB\n",
        "1 The cat\tx\n5 slept well\ty\n",
        "text: a line of its own\n",
        "1 euro is enough\nfor a cup of tea\n",
    ],
)
def test_other_texts_have_no_episodes(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt").write_text(written * 12)
    assert read(tmp_path / "a.txt")[2].container != "episodes"
