"""Notes on keys that the prompts list as parts of the answer."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object

ASKED = "Write the fields verdict, citations and answer, in this order. "


def noted(instruction: str, every: int = 1, **more: Any) -> str:
    """Return the note on keys that are asked for, of rows of which each one of ``every`` has the instruction."""
    row = {"verdict": "partly", "citations": ["dock-3"], "answer": "It is full."} | more
    rows = [
        {"question": (instruction if n % every == 0 else "") + f"Is dock {n} full?", "id": n} | row for n in range(40)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    _, notes = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    return " ".join(str(each) for each in notes if "ask for" in str(each))


@pytest.mark.parametrize(
    "instruction",
    [ASKED, "답변은 verdict, citations, answer 필드를 포함하라. ", 'Reply as {"verdict", "citations", "answer"}. '],
)
def test_parts_of_the_answer_that_prompts_list_are_named(instruction: str) -> None:
    assert 'the prompts ask for "verdict" and "citations" with the answer' in noted(instruction)


def test_words_of_a_prompt_are_no_parts_of_the_answer() -> None:
    assert noted("Give an answer with citations, and then say what your verdict is. ") == ""
    assert noted(ASKED, every=2) == ""
    assert noted(ASKED, answer="verdict: partly\ncitations: dock-3\nanswer: It is full.") == ""
