"""Prompts that share a long context ask otherwise if their questions do, also long ones that a label answers."""

from __future__ import annotations

import pytest

from datalint.engine.reduce.comparing.asked_otherwise import ask_otherwise
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import Words

CONTEXT = (
    "The harbour has six places in a row from the west to the east, and each has a different one of six boats: a "
    "barge, a cutter, a dinghy, a ferry, a ketch, or a tug. The cutter lies further east than the dinghy. The dinghy "
    "lies further east than the tug. The ketch lies further east than the barge. The tug is next to the ketch. The "
    "ferry never lies at either end of the row, and the barge never lies next to it. No boat leaves before noon of "
    "the day, whatever the weather may be on the river, and none comes back before the evening."
)
ASKED = "then for how many of them can a visitor who reads this say without any doubt where they have to be?"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (f"If number 4 is given to a sailing boat, {ASKED}", True),
        (f"If two of those vessels are separated by one, {ASKED}", False),
    ],
)
def test_a_long_question_that_a_label_answers_asks_otherwise(other: str, expected: bool) -> None:
    question = f"If two of those vessels are seperated by one, {ASKED}"
    one, two = (Words(f"{asked}\n{CONTEXT}", "C", asked=True) for asked in (question, other))
    assert ask_otherwise(Difference(one, two), same_answer=True, common=True) is expected
