"""Notes about responses that are wrong, and about several responses to a prompt that is read alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint

PAIR = {"prompt": "Where is dock {n}?", "response": "Next to gate {n}, as always."}
TEXT = "It leaves from gate {n}, as always."


def filled(value: Any, number: int) -> Any:
    if isinstance(value, dict):
        return {key: filled(item, number) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, number) for item in value]
    return value.format(n=number) if isinstance(value, str) else value


def notes(rows: list[dict[str, Any]] | Path, words: str) -> list[str]:
    # The notes are of what is read, whichever rules run.
    read = rows if isinstance(rows, Path) else [filled(row, n) for n, row in enumerate(rows)]
    report = lint(read, config={"select": ["FMT101"]})
    return [note for note in map(str, report.notes) if words in note]


@pytest.mark.parametrize(
    ("row", "key", "values"),
    [
        (PAIR, "label", (True, False)),
        (PAIR, "label", ("True", "False")),
        (PAIR, "is_correct", (False, True, False)),
        ({"question": "Where is dock {n}?", "answer": "Next to gate {n}."}, "correct", (True, False)),
        ({"instruction": "Name dock {n}.", "input": "", "output": "It is dock {n}."}, "factuality", (True, False)),
        ({"problem": "Add {n} and 1.", "generated_solution": "It is {n}1."}, "correctness_flag", (True, False)),
    ],
)
def test_false_may_say_that_a_response_is_wrong(row: dict[str, Any], key: str, values: tuple[Any, ...]) -> None:
    rows = [row | {key: values[n % len(values)]} for n in range(30)]
    (found,) = notes(rows, "is false in")
    count = sum(str(each[key]) == "False" for each in rows)
    assert f'"{key}" is false in {count} of 30 rows, whose responses are learned' in found
    assert found.endswith(', or, to train with KTO, rename "response" to "completion"') == (key == "label")


@pytest.mark.parametrize(("key", "values"), [("is_correct", (0, 1)), ("validity", ("1", "0")), ("correct", (1.0, 0.0))])
def test_zero_may_say_that_a_response_is_wrong(key: str, values: tuple[Any, ...]) -> None:
    rows = [PAIR | {key: values[n % len(values)]} for n in range(30)]
    (found,) = notes(rows, "is 0 in")
    assert f'"{key}" is 0 in 15 of 30 rows, whose responses are learned like the others' in found


@pytest.mark.parametrize("more", [{}, {"prompt_de": "Wo ist Dock {n}?", "response_de": "Neben Tor {n}, wie immer."}])
def test_a_number_may_say_that_a_response_is_not_acceptable(more: dict[str, Any]) -> None:
    found = notes([PAIR | more | {"acceptable?": int(n % 3 > 0)} for n in range(30)], "acceptable")
    assert ['"acceptable?" is 0 in 10 of 30 rows, whose responses are learned' in each for each in found] == [True]


def test_a_note_says_that_no_response_is_acceptable() -> None:
    found = notes([PAIR | {"acceptable": False} for _ in range(30)], "acceptable")
    assert ['"acceptable" is false in 30 of 30 rows' in each for each in found] == [True]


@pytest.mark.parametrize(
    ("more", "values"),
    [
        ({}, (True,)),
        ({}, (False,)),
        ({}, (0, 1)),
        ({}, (True, None)),
        ({}, ("safe", "unsafe")),
        ({"model_answer": "At gate {n}."}, (True, False)),
        ({"prediction": "At gate {n}."}, (True, False)),
        ({"is_correct": True}, (True, False)),
    ],
)
def test_other_labels_do_not_judge_the_response(more: dict[str, Any], values: tuple[Any, ...]) -> None:
    assert notes([PAIR | more | {"label": values[n % len(values)]} for n in range(30)], "is false in") == []


@pytest.mark.parametrize(
    ("row", "key", "values"),
    [
        (PAIR, "Expert", ("CORRECT", "WRONG", "NOT SURE", "")),
        (PAIR, "Reviewer 1", ("Correct", "Incorrect", "Correct")),
        (PAIR, "human_evaluation", ("good", "bad")),
        (PAIR, "validity", ("valid", "invalid")),
        ({"问题": "{n} 号码头在哪里？", "回答": "它就在 {n} 号门的旁边，和平常一样。"}, "人工评价", ("正确", "错误")),
    ],
)
def test_somebody_may_say_that_a_response_is_wrong(row: dict[str, Any], key: str, values: tuple[Any, ...]) -> None:
    rows = [row | {key: values[n % len(values)]} for n in range(30)]
    (found,) = notes(rows, "which responses are wrong")
    assert f'"{key}" says which responses are wrong, and all are learned; to learn the verdicts: --columns' in found


@pytest.mark.parametrize(
    ("question", "values", "is_verdict"),
    [
        ("Where is dock {n}?", ("yes", "no"), True),
        ("Quay 3 is long.\nWho opens dock {n}?", ("Yes", "No", "Yes"), True),
        ("Is dock {n} open?", ("yes", "no"), False),
        ("Where is dock {n}?", ("yes",), False),
        ("Where is dock {n}?", ("yes", "no", "later"), False),
    ],
)
def test_yes_and_no_of_open_questions_judge_the_response(
    question: str, values: tuple[str, ...], is_verdict: bool
) -> None:
    rows = [{"question": question, "answer": TEXT, "label": values[n % len(values)]} for n in range(30)]
    found = notes(rows, "wrong ones are learned")
    assert len(found) == is_verdict
    for note in found:
        assert '"label" is yes or no for open questions as well' in note
        assert note.endswith("to learn the verdicts: --columns prompt=question,context=answer,response=label")


@pytest.mark.parametrize(
    ("more", "key", "values"),
    [
        ({}, "Expert", ("Kim", "Lee")),
        ({}, "Expert", ("CORRECT",)),
        ({}, "Expert", ("CORRECT", "not sure")),
        ({}, "hand", ("right", "wrong")),
        ({"student_answer": "At gate {n}."}, "grade", ("correct", "incorrect")),
    ],
)
def test_other_values_are_no_verdict(more: dict[str, Any], key: str, values: tuple[Any, ...]) -> None:
    rows = [PAIR | more | {key: values[n % len(values)]} for n in range(30)]
    assert notes(rows, "which responses are wrong") == []


@pytest.mark.parametrize(
    ("keys", "answer", "words"),
    [
        (("question", "answers"), '["dock {n}", "gate {n}"]', "a list that is written as text in 30 of 30 rows"),
        (("question", "answers"), "['dock {n}', 'gate {n}']", "a list that is written as text in 30 of 30 rows"),
        (("question", "possible_answers"), '["dock {n}"]', "a list that is written as text in 30 of 30 rows"),
        (("question", "answer"), "dock {n}|gate {n}", "alternatives in one text in 30 of 30 rows"),
        (("question", "answer"), "Dock {n}, or the gate next to it.", ""),
        (("question", "answer"), "| dock | {n} |", ""),
        (("question", "answer"), "ls | grep {n} | head", ""),
        (("instruction", "output"), '["dock {n}", "gate {n}"]', ""),
    ],
)
def test_alternatives_in_one_text_are_named(keys: tuple[str, str], answer: str, words: str) -> None:
    rows = [{keys[0]: "Where does ferry {n} of the line leave?", keys[1]: answer}] * 30
    found = notes(rows, "keep one answer in each row")
    assert len(found) == bool(words)
    assert all(words in note for note in found)


@pytest.mark.parametrize(
    ("question", "targets", "found"),
    [
        ("Where does ferry {n} of the line leave?", ["dock {n}", "gate {n}"], True),
        ("Where does ferry {n} of the line leave?", ["dock {n}"], False),
        ("Where does ferry {n} of the line leave?", [TEXT * 9, TEXT], False),
        ("Split this: the ferry {n} of the line leaves, and arrives", ["It leaves.", "It arrives."], False),
    ],
)
def test_lists_of_answers_to_a_question_are_named(question: str, targets: list[str], found: bool) -> None:
    rows = [{"anchor": question, "targets": [each.replace("{n}", str(n)) for each in targets]} for n in range(30)]
    seen = notes([row | {"anchor": question.replace("{n}", str(n))} for n, row in enumerate(rows)], "keep one in each")
    assert len(seen) == found


def test_a_rejected_completion_is_not_learned_and_needs_no_note() -> None:
    rows = [{"prompt": "Where is {n}?", "completion": TEXT, "label": n % 2 == 0} for n in range(30)]
    assert notes(rows, "is false in") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("responses_and_scores", [{"model": "a", "response": TEXT, "fine": True}, {"model": "b", "response": TEXT}]),
        ("by_model", [{"response": TEXT}, {"response": "Gate {n}, or is it the next one?"}]),
        ("model_outputs", [{"text": TEXT}, {"text": "Gate {n}, or is it the next one?"}]),
        ("candidates", [TEXT, "Gate {n}, or is it the next one?"]),
        ("model_responses", {"model-a": TEXT, "model-b": "Gate {n}, or is it the next one?"}),
    ],
)
def test_several_responses_that_are_not_read_are_named(key: str, value: Any) -> None:
    (found,) = notes([{"prompt": "Where does ferry {n} leave?", key: value}] * 20, "responses to a prompt")
    assert f'"{key}" has up to 2 responses to a prompt, which are not read' in found


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("candidates", [TEXT]),
        ("candidates", ["gate {n}", "dock {n}"]),
        ("documents", [{"text": TEXT}, {"text": TEXT}]),
        ("tests", [{"input": "{n}", "output": TEXT}, {"input": "1", "output": TEXT}]),
        ("turns_before", [{"question": "Which dock?", "response": TEXT}, {"question": "When?", "response": TEXT}]),
        ("tags", [TEXT, TEXT]),
        ("info", {"a": TEXT, "b": TEXT}),
    ],
)
def test_other_lists_next_to_a_prompt_are_no_responses(key: str, value: Any) -> None:
    assert notes([{"prompt": "Where does ferry {n} leave?", key: value}] * 20, "responses to a prompt") == []


def test_one_note_says_which_answers_are_wrong() -> None:
    answer = "It leaves from gate {n}, behind the house of the harbour master, as always."
    rows = [{"question": "Where is dock {n}?", "answer": answer, "is_correct": n % 4 > 0} for n in range(40)]
    assert notes(rows, "is_correct") == notes(rows, "is false in 10 of 40 rows") != []
    # Of 0 and 1, the other note is the only one.
    assert len(notes([row | {"is_correct": int(row["is_correct"])} for row in rows], "is_correct")) == 1


@pytest.mark.parametrize(
    ("value", "is_read"),
    [
        ([{"Q": "Where is dock {n}?", "A": "At gate {n}."}], False),
        ("[{{'question': 'Where is dock {n}?', 'answer': 'At gate {n}.'}}]", False),
        ([{"question": "Where is dock {n}?"}], True),
        ("[{{'name': 'dock {n}'}}]", True),
        ([], True),
    ],
)
def test_questions_and_answers_that_are_not_read_are_noted(value: Any, *, is_read: bool) -> None:
    rows = [{"input": "Dock {n} is at gate {n}, as always.", "output": "A text on dock {n}.", "qa_pairs": value}] * 3
    found = notes(rows, "are not read; write each pair as a row")
    assert len(found) == (not is_read)
    assert all('"qa_pairs"' in note for note in found)


@pytest.mark.parametrize(
    ("more", "noted"),
    [
        ({"session_id": "s7", "sources": []}, True),
        ({"sessionId": "s7", "latency_ms": 7, "intent": "ask"}, True),
        ({"intent": "ask", "sources": []}, False),
        ({"session_id": "s7", "sources": [], "text": "Gate {n}."}, False),
    ],
)
def test_what_a_service_returned_is_more_than_its_answer(more: dict[str, Any], *, noted: bool) -> None:
    rows = [{"prompt": PAIR["prompt"], "response": {"answer": TEXT} | more}] * 5
    found = notes(rows, "service returned")
    option = "--columns prompt=prompt,response=response.answer"
    assert [each.endswith(option) for each in found] == [True] * noted


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("label_alone", (1, 0, 0), True),
        ("label_alone", (0, 1, 0), False),
        ("label_score", (0.2, 0.7, 0.1), False),
        ("label_2", (1, 0, 0), False),
    ],
)
def test_a_second_label_may_be_learned(key: str, values: tuple[Any, ...], *, expected: bool) -> None:
    said = {"text": "The boat {n} left from the gate of the dock.", "parent_text": "When did boat {n} leave today?"}
    rows = [said | {"label_joint": (0, 1, 0)[n % 3], key: values[n % 3]} for n in range(60)]
    found = notes(rows, "to learn that instead")
    option = "--columns prompt=text,context=parent_text,response=label_alone"
    assert [
        f'"label_joint" is learned, and "label_alone" is not read; to learn that instead: {option}' in each
        for each in found
    ] == [True] * expected


@pytest.mark.parametrize(
    ("values", "expected"), [((0, 1, 2), True), ((0, 2, 1), True), ((1, 1, 0), False), ((71, 82, 93), False)]
)
def test_a_second_person_may_have_given_other_labels(values: tuple[int, ...], *, expected: bool) -> None:
    rows = [
        {"EssayText": f"The boat {n} left from the gate of the dock.", "Score1": (0, 1, 1)[n % 3]}
        | {"Score2": values[n % 3]}
        for n in range(60)
    ]
    found = notes(rows, '"Score2" is not read; to learn that instead: --columns prompt=EssayText,response=Score2')
    assert bool(found) is expected


@pytest.mark.parametrize(("rest", "expected"), [("and not late", True), ("7", False)])
def test_the_rest_of_texts_may_be_in_columns_without_a_name(tmp_path: Path, rest: str, *, expected: bool) -> None:
    lines = [f"{'ab'[n % 2]},the boat {n} is at its dock,{rest if n % 8 == 0 else ''}," for n in range(80)]
    (tmp_path / "a.csv").write_text("\n".join(["label,text,,", *lines]))
    found = notes(tmp_path / "a.csv", "no name")
    said = "the last 2 columns have no name and are not read, but 10 of the first 80 rows have text there"
    assert [said in each for each in found] == [True] * expected
