"""The note on responses that Python wrote as lists or objects."""

from __future__ import annotations

import pytest

import datalint

#: One rule, as none makes the note.
SELECT = {"select": ["FMT001"]}


def note(answer: str, rows: int = 30, key: str = "input") -> str:
    data = [{key: f"Where is boat {n}?", "output": answer.replace("<n>", str(n))} for n in range(rows)]
    return next((each for each in datalint.lint(data, config=SELECT).notes if "as Python writes it" in each), "")


@pytest.mark.parametrize(
    "answer", ["['At pier <n>', 'At gate <n>']", "{'where': \"Ada's pier\", 'n': <n>}", "[\"It's at <n>\", 'pier']"]
)
def test_values_of_python(answer: str) -> None:
    assert '"output" is a list or an object as Python writes it in 30 of 30 rows' in note(answer)


@pytest.mark.parametrize(
    "answer", ['["At pier <n>"]', '{"where": "Ada\'s pier <n>"}', "[<n>, 2]", "['At pier <n>'] is a list.", "['<n>"]
)
def test_json_and_other_texts(answer: str) -> None:
    assert note(answer) == ""


def test_few_rows() -> None:
    assert note("['At pier <n>']", rows=9) == ""


def test_alternatives_of_a_question() -> None:
    assert note("['At pier <n>', 'At gate <n>']", key="query") == ""
    assert note("{'where': 'At pier <n>'}", key="query")


def passage_note(passages: str) -> str:
    rows = [
        {"question": f"Where is boat {n}?", "context": passages.replace("<n>", str(n)), "answer": f"At pier {n}."}
        for n in range(30)
    ]
    return next((each for each in datalint.lint(rows, config=SELECT).notes if "as Python writes it" in each), "")


LONG = "Boat <n> lies at the pier that is named after its first owner, and leaves it once a year. " * 3


@pytest.mark.parametrize("passages", [f"['{LONG}', '{LONG}']", f"['{LONG}', \"Ada's pier\"]", f"['1\\n{LONG}']"])
def test_passages_of_python(passages: str) -> None:
    assert '"context" is a list as Python writes it in 30 of 30 rows' in passage_note(passages)


@pytest.mark.parametrize("passages", [f'["{LONG}", "{LONG}"]', "['red', 'blue']", LONG, f"['a', '{LONG}' and so on"])
def test_other_passages(passages: str) -> None:
    assert passage_note(passages) == ""
