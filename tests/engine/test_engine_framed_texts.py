"""The note on texts that have the same headings in all rows."""

from __future__ import annotations

import pytest

import datalint

START = "only the text is read, whose parts are "
ACT = (
    "User: I need {0} ropes.\n###\nTool Choices: rope seller, gate {0}\nThought: A seller has {0}.\nAct: CALL[rope {0}]"
)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((ACT,), '"User", "Tool Choices", "Thought" and "Act" in all of the first 40 rows'),
        ((ACT, "User: I need {0} sails.\nThought: None is left.\nAct: WAIT"), ""),
        (("Soup {0}\nFor: two\nNeeds: onions\nTakes: an hour",), ""),
        (("Note: dock {0} is full.\nNote: gate {0} is shut.\nPlace: Keel\nTime: noon",), ""),
        (("System: Be kind.\nUser: Where is dock {0}?\nAssistant: It is at gate {0}.",), ""),
        (("Question: Where is dock {0}?\nAnswer: At gate {0}.",), ""),
    ],
)
def test_texts_with_the_same_headings(texts: tuple[str, ...], said: str) -> None:
    rows = [{"text": texts[number % len(texts)].format(number)} for number in range(40)]
    notes = [str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes]
    found = [note.partition(START)[2].partition(";")[0] for note in notes if START in note]
    assert found == ([said] if said else [])


@pytest.mark.parametrize(
    ("row", "noted"),
    [
        ({"text": "Q: Where is dock {0}?\nA: At gate {0}, as always.", "category": "docks"}, True),
        ({"content": "Question: Where is dock {0}?\n\nAnswer: At gate {0}, as it was.", "category": "c{0}"}, True),
        ({"text": "Q: Where is dock {0}?\nNobody knows.", "category": "docks"}, False),
        ({"text": "Q: Where is dock {0}?\nA: At gate {0}, as always."}, False),
    ],
)
def test_texts_with_a_question_and_its_answer_are_noted(row: dict[str, str], *, noted: bool) -> None:
    rows = [{key: value.format(number) for key, value in row.items()} for number in range(8)]
    notes = [str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes]
    assert any("has a question and its answer" in note for note in notes) == noted
