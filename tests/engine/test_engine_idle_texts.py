"""Texts that are not read and decide no answer: rows are the same examples whatever they have there."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.operations.check import lint

ANSWERS = {
    "Where is the key of the boat shed?": "Under the blue stone.",
    "Who paints the fence this year?": "Two pupils of the village school.",
    "When does the mill open?": "At noon, except on holidays.",
    "Why did the tram stop?": "A swan sat on the rails.",
    "How is the bread kept warm?": "It lies in a wool cloth.",
}
YES_OR_NO = dict(zip(ANSWERS, ("yes", "no", "yes", "no", "yes"), strict=True))
RULES = ("RDY003", "RDY004", "RDY005", "RDY009")


def rows(more: dict[str, Any], answers: dict[str, str] = ANSWERS) -> list[dict[str, Any]]:
    return [
        {"prompt": prompt, "completion": answer}
        | {key: value.format(n=n) if isinstance(value, str) else value for key, value in more.items()}
        for n, (prompt, answer) in enumerate(answers.items())
    ]


def leaks(train: list[dict[str, Any]], held: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    report = lint(train, eval=held, config={"select": list(RULES)})
    notes = [note for note in map(str, report.notes) if "when rows are compared" in note]
    return [f"{each.rule}:{each.row}" for each in report.findings], notes


SAID = {"of the clerk": "Letter {n} was read out."}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (SAID, {"of the clerk": "Form {n} was read out."}),
        (SAID, {"of the clerk": None}),
        ({"of the clerk": ["Letter one.", "Letter two."]}, SAID),
        ({"of the clerk": "", "image_ID": None}, SAID | {"image_ID": "b{n}.jpg"}),
        ({"sentence_fr": "La lettre est lue."}, {"sentence_fr": "On a lu le mot."}),
    ],
)
def test_rows_leak_whatever_is_under_a_key_that_decides_no_answer(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    found, notes = leaks(rows(mine), rows(theirs))
    assert found == [f"RDY003:{row}" for row in range(1, 6)]
    assert len(notes) == 1


def test_the_note_names_the_keys() -> None:
    more = {
        "of the clerk": "Form {n} was read out.",
        "of the baker": "Loaf {n} was sold.",
        "of the smith": "It was hot.",
    }
    _, notes = leaks(rows(dict.fromkeys(more, "")), rows(more))
    assert notes == [
        '"of the baker", "of the clerk", "of the smith" are ignored when rows are compared: those that '
        "differ in them alone mostly have the same answer"
    ]


def test_the_note_says_that_two_keys_differ_in_blanks() -> None:
    _, notes = leaks(rows({"of the clerk": "Form {n} was read out."}), rows({"of the clerk ": "Loaf {n} was sold."}))
    (note,) = notes
    assert note.endswith('; "of the clerk " differs from "of the clerk" in blanks only: rename it if the two are one')


@pytest.mark.parametrize(
    ("mine", "theirs", "answers"),
    [
        # It may be what the questions are about.
        (SAID, {"of the clerk": "Form {n} was read out."}, ANSWERS | {"Why did the tram stop?": "The road was wet."}),
        # Labels are the same by chance.
        (SAID, {"of the clerk": "Form {n} was read out."}, YES_OR_NO),
        ({"image": "a{n}.png"}, {"image": "b{n}.png"}, ANSWERS),
        ({"of the clerk": {"said": "Letter {n} was read out."}}, SAID, ANSWERS),
        # What a worker answered, next to what is right.
        (SAID | {"of the clerk_gold": ""}, {"of the clerk": "A form.", "of the clerk_gold": ""}, ANSWERS),
    ],
)
def test_rows_are_other_ones_without_evidence(
    mine: dict[str, Any], theirs: dict[str, Any], answers: dict[str, str]
) -> None:
    ours = YES_OR_NO if answers is YES_OR_NO else ANSWERS
    assert leaks(rows(mine, ours), rows(theirs, answers)) == ([], [])


def test_two_prompts_are_no_evidence() -> None:
    few = dict(list(ANSWERS.items())[:2])
    assert leaks(rows(SAID, few), rows({"of the clerk": "Form {n} was read out."}, few)) == ([], [])


@pytest.mark.parametrize("value", [5, True, [1, "two"], [[1]], {"a": 1}, 0.5, None, "a text of words"])
def test_values_of_any_type_are_read(value: Any) -> None:
    odd = [row | {"of the clerk": value if n % 2 else "Letter one."} for n, row in enumerate(rows({}))]
    leaks(odd, rows(SAID))


def test_words_that_stand_in_the_answers_are_a_part_of_what_is_asked() -> None:
    """Two rows with other words that the answer must have are two tests, though it is the same answer."""
    asked = {f"Where is key number {n}?": f"Under the blue stone at gate {n} of the mill." for n in range(20)}
    first, second = (
        [{"prompt": prompt, "completion": answer, "constraint": words} for prompt, answer in asked.items()]
        for words in (["blue stone"], ["gate", "mill"])
    )
    report = lint([*first, *second], config={"select": ["DIV001", "DIV002", "DIV003"]})
    assert not [note for note in map(str, report.notes) if "when rows are compared" in note]
    assert not report.findings
    other = [{**row, "constraint": ["the red barn"]} for row in second]
    report = lint([*first, *other], config={"select": ["DIV001", "DIV002", "DIV003"]})
    assert [note for note in map(str, report.notes) if "when rows are compared" in note]


def test_rows_whose_translations_differ_are_no_copies() -> None:
    said = ["Wo {n}?", "Welcher {n}?"]
    translated = [
        row | {"prompt_de": text.format(n=n)}
        for text in said
        for n, row in enumerate({"prompt_uz": "Qani?"} | each for each in rows({}))
    ]
    keys = {"prompt": "prompt_ru", "completion": "answer_ru"}
    report = lint([{keys.get(key, key): value for key, value in row.items()} for row in translated])
    assert not [note for note in map(str, report.notes) if "when rows are compared" in note]
    assert not [finding for finding in report.findings if finding.rule in ("DIV001", "DIV002")]


@pytest.mark.parametrize(("followed", "copies"), [("followers_count", 9), ("length_count", 0)])
def test_posts_of_several_accounts_are_copies_whatever_their_profiles_say(followed: str, copies: int) -> None:
    posts = [f"Dock {n} is closed until the evening." for n in range(60)] + ["Stay away from the shed."] * 10
    said = [
        {"tweet": post, followed: 70 + n, "description": f"I paint boat {n} of the old yard.", "label": n % 7 // 6}
        for n, post in enumerate(posts[:60])
    ]
    said += [{**said[0], "tweet": post, "description": f"Sailor {n}", "label": 1} for n, post in enumerate(posts[60:])]
    report = lint(said, config={"select": ["DIV001", "DIV002"]})
    assert len(report.findings) == copies
