"""The note on prompts of several rows that differ in a key which is not read."""

from __future__ import annotations

import datalint

BANKS = ("Harbour Bank", "Pier Savings", "Dock Credit", "Quay Trust")


def note(rows: list[dict[str, object]]) -> str:
    notes = datalint.lint(rows, config={"select": ["VOL001"]}).notes
    return next((each for each in notes if "the model does not see" in each), "")


def rows(answer: str, key: str = "company", names: tuple[str, ...] = BANKS) -> list[dict[str, object]]:
    return [
        {"question": f"Which fee is due in case {n}?", "answer": answer.format(name=name, n=n), key: name}
        for n in range(10)
        for name in names
    ]


def test_a_key_that_says_what_a_question_is_about() -> None:
    found = note(rows("The fee of {name} for it is {n} euros a year."))
    assert found.startswith('10 prompts have several rows with another "company" each, 10 of them with other answers')
    assert "--columns prompt=question,context=company,response=answer" in found
    with_topic = [
        row | {"context": "A town by the sea."} for row in rows("The fee of {name} for it is {n} euros a year.")
    ]
    assert "--columns prompt=KEY,context=company,response=KEY" in note(with_topic)


def test_an_answer_that_never_differs_is_a_copy() -> None:
    same = rows("The fee for it is {n} euros a year.")
    assert note(same) == ""
    assert len(datalint.lint(same, config={"select": ["DIV002"]}).findings) == 30


def test_questions_that_say_it_and_keys_about_the_row() -> None:
    answer = "The fee of {name} for it is {n} euros a year."
    named = [row | {"question": f"{row['question']} ({row['company']})"} for row in rows(answer)]
    assert note(named) == ""
    assert note(rows(answer, key="annotator")) == ""
    assert note(rows(answer, key="explanation")) == ""
    assert note(rows(answer, key="DifficultyFromAnswerer")) == ""
    assert note(rows(answer)[:8]) == ""


def test_values_that_are_new_in_each_row() -> None:
    texts = [
        row | {"company": f"{'abcdefghij'[n % 10] * 3} house {'klmnopq'[n % 7] * 2}"}
        for n, row in enumerate(rows("It is {n}."))
    ]
    assert note(texts) == ""
