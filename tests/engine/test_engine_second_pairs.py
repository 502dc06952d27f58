"""Notes about a second prompt and response in a row."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.operations.check import lint

PAIR = {"prompt": "Where is dock {n}?", "response": "Next to gate {n}, as always."}
OPTION = "to read it instead: --columns prompt={},response={}"


def notes_on(rows: list[Any]) -> list[str]:
    """Return the notes of a run of one rule, as no rule makes them."""
    return [*map(str, lint(rows, config={"select": ["FMT001"]}).notes)]


def notes(row: dict[str, Any], size: int = 20) -> list[str]:
    rows = [{k: v.format(n=n) if isinstance(v, str) else v for k, v in row.items()} for n in range(size)]
    return [note for note in notes_on(rows) if "of prompt and response, which" in note]


@pytest.mark.parametrize(
    ("more", "option"),
    [
        ({"prompt_de": "Wo ist Dock {n}?", "response_de": "Neben Tor {n}."}, ("prompt_de", "response_de")),
        ({"en-prompt": "Where is dock {n}?", "en-response": "Next to gate {n}."}, ("en-prompt", "en-response")),
        ({"prompt 2": "Where is gate {n}?", "response 2": "At dock {n}, you know."}, None),
    ],
)
def test_another_pair_is_named_with_its_option(more: dict[str, str], option: tuple[str, str] | None) -> None:
    found = notes(PAIR | more)
    assert len(found) == 1
    assert option is None or found[0].endswith(OPTION.format(*option))


def test_of_several_pairs_the_first_one_is_proposed() -> None:
    more = {f"{key}_{language}": text for language in ("de", "fr", "it") for key, text in PAIR.items()}
    (found,) = notes(PAIR | more)
    assert '"prompt_de" and "response_de" are one of 3 other pairs' in found


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"prompt_de": "Wo ist Dock {n}?"},
        {"prompt_de": "Wo ist Dock {n}?", "response_fr": "A côté de la porte {n}."},
        {"prompt_tokens": 7, "response_tokens": 9},
        {"prompt_id": "p{n}", "response_id": "r{n}"},
        {"prompt_de": "", "response_de": ""},
        {"prompting": "Where is dock {n}?", "responseing": "Next to gate {n}."},
    ],
)
def test_other_keys_are_no_pair(more: dict[str, Any]) -> None:
    assert notes(PAIR | more) == []


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (
            {
                "question_ru": "Какой причал номер {n} открыт сегодня?",
                "answer_ru": "Открыт причал {n} у старых ворот.",
                "question_uz": "Bugun {n}-bandargoh ochiqmi?",
                "answer_uz": "Eski darvoza yonidagi {n}-bandargoh ochiq.",
            },
            '"question_uz" and "answer_uz" are the prompt and the response in another language and not read; to read '
            "that language instead: --columns prompt=question_uz,response=answer_uz",
        ),
        (
            {"question": "Where is dock {n}?", "answer": "{n}", "question_de": "Wo liegt heute Dock {n}?"},
            '"question_de" is the prompt in another language and not read; to read that language instead: '
            "--columns prompt=question_de,response=answer",
        ),
        ({"question": "Where is dock {n}?", "answer": "Next to gate {n}.", "question_de": ""}, ""),
        ({"question": "Where is dock {n}?", "answer": "Next to gate {n}.", "question_id": "dock number {n}"}, ""),
    ],
)
def test_a_prompt_in_another_language_is_named_with_its_option(row: dict[str, str], note: str) -> None:
    rows = [{key: text.format(n=n) for key, text in row.items()} for n in range(30)]
    found = [each for each in notes_on(rows) if "language" in each]
    assert [each.endswith(note) for each in found] == [True] * bool(note)


TEXT = "Dock {n} was full all day. " * 12
SUMMARY = {
    "text": TEXT,
    "summary_short": "Dock {n} was full.",
    "summary_long": "Dock {n} was full, and it took all day.",
}


def test_another_version_of_a_summary_is_named_with_its_option() -> None:
    rows = [{key: text.format(n=n) for key, text in SUMMARY.items()} for n in range(20)]
    (found,) = [note for note in notes_on(rows) if "summary" in note and "guessed" not in note]
    said = 'the summary under "summary_short" is learned, and "summary_long" is not read; to learn that instead: '
    assert found.endswith(f"{said}--columns prompt=text,response=summary_long")


def test_the_address_of_a_summary_is_none() -> None:
    more = {"summary": "Dock {n} was full.", "summary_url": "https://example.org/dock/{n}"}
    rows = [{key: text.format(n=n) for key, text in ({"text": TEXT} | more).items()} for n in range(20)]
    assert not [note for note in notes_on(rows) if "summary" in note]


def test_more_answers_to_one_prompt_are_named() -> None:
    row = {"toxic_comment": "What a silly dock {n}, you fool!", "neutral_comment1": "I do not like dock {n} much."}
    more = {"neutral_comment2": "Dock {n} could be better.", "neutral_comment3": "I would change dock {n}."}
    for each, said in ((more, 'neutral_comment2" and "neutral_comment3" are not read, more answers'), ({}, "")):
        rows = [{key: text.format(n=n) for key, text in (row | each).items()} for n in range(20)]
        found = [note for note in notes_on(rows) if "to the same prompt" in note]
        assert bool(found) is bool(said)
        assert all(said in note for note in found)
