"""What is guessed of rows in the layouts of well-known datasets, and what notes say of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.operations.check import lint
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object


def guessed(row: dict[str, Any], size: int = 30) -> tuple[list[str], list[str]]:
    """Return the clear guesses about rows like ``row``, in which ``{n}`` is a number, and the notes on them."""
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(size)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, notes = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    return [guess.mapping for guess in plan.guesses if guess.clear], [*map(str, notes)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"inputs_pretokenized": "Is dock {n} full?", "targets_pretokenized": "Dock {n} is."},
            ["prompt=inputs_pretokenized,response=targets_pretokenized"],
        ),
        ({"inputs_pretokenized": "Is dock {n} full?"}, []),
        ({"inputs_pretokenized": [3, 4], "targets_pretokenized": [5]}, []),
    ],
)
def test_texts_are_read_instead_of_their_token_ids(more: dict[str, Any], expected: list[str]) -> None:
    assert guessed({"inputs": [1, 2, 7], "targets": [3, 1], **more})[0] == expected
    assert guessed({"inputs": "Is dock {n} full?", "targets": "No, dock {n} is free.", **more})[0] == []


@pytest.mark.parametrize(
    ("row", "half"),
    [
        ({"body": {"messages": [{"role": "user", "content": "Is {n} full?"}]}}, "requests of a batch"),
        ({"request": {"contents": [{"parts": [{"text": "Is {n} full?"}]}]}}, "requests of a batch"),
        ({"response": {"body": {"choices": [{"message": {"content": "No, {n} is."}}]}}}, "responses of a batch"),
        ({"messages": [{"role": "user", "content": "Is {n} full?"}]}, ""),
    ],
)
def test_a_note_says_what_to_join_halves_of_batches_with(row: dict[str, Any], half: str) -> None:
    notes = guessed({"custom_id": "r{n}", **row})[1]
    assert [half in note and 'by "custom_id"' in note for note in notes] == ([True] if half else [])


@pytest.mark.parametrize(
    ("more", "said"),
    [({"sol1": "Pull it {n}.", "sol2": "Wait {n} days."}, "(sol1, sol2)"), ({"passage": "Dock {n} is shut."}, "")],
)
def test_a_note_says_that_no_option_is_said_to_be_right(more: dict[str, Any], said: str) -> None:
    notes = guessed({"goal": "How do you open dock {n} at night?", **more})[1]
    assert [said in note for note in notes if "which of the options is right" in note] == ([True] if said else [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Dock {n} is shut as long as it rains.", ["text=content"]), (["Dock {n} is shut.", "It rains at gate {n}."], [])],
)
def test_what_no_text_is_read_of_is_not_guessed(value: object, expected: list[str]) -> None:
    assert guessed({"content": value, "samples": ["dock {n}", "gate {n}"]})[0] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"id": "a{n}", "bot_id": "b{n}", "turns": ["I am {n}.", "Is it full?", "No.", "Bye."]},
            ["messages=turns"],
        ),
        ({"question_id": "a{n}", "turns": ["Is dock {n} full?", "And {n} m further?", "And now?"]}, []),
        ({"id": "a{n}", "turns": ["Is dock {n} full?", "And {n} m further?"]}, []),
    ],
)
def test_turns_of_both_speakers_are_no_prompts(row: dict[str, Any], expected: list[str]) -> None:
    assert guessed(row)[0] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"rating": 0}, ["prompt=text,response=rating,category=rating"]),
        ({"stars": 0, "useful": 0, "funny": 0, "cool": 0}, ["prompt=text,response=stars,category=stars"]),
        ({"rating": 0, "license": "cc-by"}, []),
        ({"score": 0}, []),
    ],
)
def test_a_text_with_its_rating_is_none_to_continue(row: dict[str, Any], expected: list[str]) -> None:
    rows = [{"text": f"Dock {n} was full, and I waited."} | row for n in range(30)]
    rated = [{k: v if isinstance(v, str) else (n + len(k)) % 5 for k, v in r.items()} for n, r in enumerate(rows)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rated)])
    assert [guess.mapping for guess in plan.guesses if guess.clear] == expected


def test_a_text_with_opinions_in_numbered_columns_is_none_to_continue() -> None:
    rows = [
        {
            "text": f"The rope of dock {n} is good, and its guard is late.",
            "opinions/0/target": "rope",
            "opinions/0/polarity": ("good", "bad")[n % 2],
            "opinions/1/target": f"guard {n}" if n % 3 else None,
            "opinions/1/polarity": "bad" if n % 3 else None,
        }
        for n in range(30)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    assert [(guess.clear, guess.over) for guess in plan.guesses] == [(False, frozenset(("text",)))]


DOCS = ["Dock {n} takes no boat as long as the bridge is shut.", "The bridge opens at eight, unless it rains."]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"question": "Is {n} full?", "docs": DOCS, "answer": "No {n}"},
            "prompt=question,context=docs,response=answer",
        ),
        (
            {"query": "Is {n} full?", "ctxs": [{"title": "Dock", "text": each} for each in DOCS], "response": "No {n}"},
            "prompt=query,context=ctxs,response=response",
        ),
        (
            {"question": "{n}满了吗？", "answers": ["No {n}"], "search_results": [{"content": each} for each in DOCS]},
            "prompt=question,context=search_results,response=answers",
        ),
        (
            {"question": "¿Está {n}?", "context": "Es {n}.", "documentos": DOCS, "answer": "No {n}"},
            "prompt=question,context=context+documentos,response=answer",
        ),
        (
            {"question": "Is {n} full?", "docs": str(DOCS), "answer": "No {n}"},
            "prompt=question,context=docs,response=answer",
        ),
        (
            {"instruction": "Is {n} full?", "input": "", "docs": DOCS, "output": "No {n}"},
            "prompt=instruction,context=input+docs,response=output",
        ),
        (
            {"question": "Is {n} full?", "rag_context": DOCS[0], "answer": "No {n}"},
            "prompt=question,context=rag_context,response=answer",
        ),
        ({"question": "Is {n} full?", "bm25_rag_context": DOCS[0], "e5_rag_context": DOCS[1], "answer": "No {n}"}, ""),
        ({"question": "Is {n} full?", "law": DOCS[0], "answer": "No {n}"}, ""),
        ({"question": "Is {n} full?", "document_summary": DOCS[0], "answer": "No {n}"}, ""),
        ({"question": "Is {n} full?", "docs": ["d1", "d{n}"], "answer": "No {n}"}, ""),
        ({"question": "Is {n} full?", "cited_docs": DOCS, "answer": "No {n}"}, ""),
        ({"question": "Is {n} full?", "remarks": DOCS, "answer": "No {n}"}, ""),
        ({"question": f"{DOCS[0]} Is {{n}} full?", "docs": DOCS, "answer": "No {n}"}, ""),
    ],
)
def test_documents_that_were_found_for_a_question_are_read(row: dict[str, Any], expected: str) -> None:
    assert guessed(row)[0] == ([expected] if expected else [])


SIDES = {"en": "The boat {n} of the old harbour is late.", "de": "Das Boot {n} des alten Hafens kommt zu spät."}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"translation": SIDES, "src_tags": [1, 0, 1], "mt_tags": [1, 0, 1, 1], "pe": "Das Boot {n} ist spät."},
            "prompt=translation.en,context=translation.de,labels=mt_tags",
        ),
        (
            {"translation": SIDES, "scores": [70.5, 80.25], "mean": 75.5, "z_mean": 0.5},
            "prompt=translation.en,context=translation.de,response=z_mean",
        ),
        (
            {"source": SIDES["en"], "target": SIDES["de"], "category": "Style", "severity": "Minor", "rater": "r1"},
            "prompt=source,context=target+rater,response=category+severity",
        ),
        ({"source": SIDES["en"], "target": SIDES["de"], "category": "Style", "rater": "r1"}, ""),
        (
            {"source": SIDES["en"], "target": SIDES["de"], "da_score": "7{n}.5"},
            "prompt=source,context=target,response=da_score",
        ),
        ({"source": SIDES["en"], "target": SIDES["de"], "mean_length": "7{n}.5"}, ""),
        ({"translation": SIDES, "tags": ["docks", "boats"]}, ""),
        ({"translation": SIDES}, ""),
        (
            {"scenario": "alarm", "intent": "set", "answer": "wake me at {n}", "question": "Say when to wake you."},
            "prompt=answer,response=scenario+intent",
        ),
        ({"scenario": "alarm", "intent": "set", "answer": "wake me at {n}", "question": "Who wakes me at {n}?"}, ""),
        ({"intent": "set", "answer": "wake me at {n}", "question": "Say when to wake you."}, ""),
    ],
)
def test_what_is_said_of_a_translation_or_an_answer_is_learned(row: dict[str, Any], expected: str) -> None:
    assert guessed(row)[0] == ([expected] if expected else [])


@pytest.mark.parametrize(("values", "read"), [(2, True), (40, False)])
def test_all_labels_that_people_agreed_on_are_learned(values: int, read: bool) -> None:
    keys = ("late_final_answer", "old_final_label")
    rows = [
        {"text": f"The boat {n} is late.", "late_answers": "1 0", **dict.fromkeys(keys, str(n % values))}
        for n in range(40)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    expected = [f"prompt=text,response={'+'.join(keys)}"] if read else []
    assert [guess.mapping for guess in plan.guesses if guess.clear] == expected


@pytest.mark.parametrize(
    ("key", "read"), [("is_sexist", True), ("isIronic", True), ("clickbait", True), ("is_train", False)]
)
def test_a_flag_that_says_what_a_text_is_like_is_its_label(key: str, read: bool) -> None:
    rows = [{"id": n, "text": f"The boat {n} of the old harbour is late.", key: n % 3 == 0} for n in range(40)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    expected = [f"prompt=text,response={key},category={key}"] if read else []
    assert [guess.mapping for guess in plan.guesses if guess.clear] == expected


@pytest.mark.parametrize(("key", "read"), [("stars", True), ("frame_rate_id", False)])
def test_the_stars_of_a_review_are_learned(key: str, read: bool) -> None:
    rows = [{"text": f"The boat {n} of the old harbour is late.", "helpful": n, key: n % 5 + 1} for n in range(40)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    expected = [f"prompt=text,response={key},category={key}"] if read else []
    assert [guess.mapping for guess in plan.guesses if guess.clear] == expected


@pytest.mark.parametrize(("codes", "read"), [(["nb", "nn", "da"], True), (["a1", "b2", "c3"], False)])
def test_the_languages_of_a_text_may_be_a_list(codes: list[str], read: bool) -> None:
    rows = [{"text": f"The boat {n} of the old harbour is late.", "languages": [codes[n % 3]]} for n in range(40)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    expected = ["prompt=text,response=languages,category=languages"] if read else []
    assert [guess.mapping for guess in plan.guesses if guess.clear] == expected


def test_the_mean_of_what_several_say_of_a_text_and_its_source_is_proposed() -> None:
    row = {"source": SIDES["en"], "target": SIDES["de"], "word": "boat {n}", "average": "3.{n}", "stdev": "0.{n}"}
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(10, 40)]
    [message] = {each.message for each in lint(rows, config={"select": ["FMT101"]}, eval=False).findings}
    assert message.endswith("try --columns prompt=source,context=target+word,response=average")


def test_a_finding_says_that_columns_are_versions_of_one_text() -> None:
    places = [" ".join(format(n * 7919 + place * 104729, "x") for place in range(9)) for n in range(30)]
    row = {
        "neutral": "The staff {n} of it sleep.",
        "male": "The man {n} of it sleeps.",
        "female": "The lady {n} sleeps.",
    }
    rows = [{key: text.replace("{n}", place) for key, text in row.items()} for place in places]
    [message] = {each.message for each in lint(rows, config={"select": ["FMT101"]}, eval=False).findings}
    said = "3 of these are versions of one text, and the model learns one from another"
    assert message.endswith(f"{said}: try --columns prompt=male,response=neutral")


def test_a_finding_says_that_two_columns_continue_one_text() -> None:
    begin = "The boats of dock {n} come back at {n}, and all who wait go down to "
    row = {"LLM": f"{begin}see the catch of silver fish.", "Elman": f"{begin}quick, a morrow never lantern!"}
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(40)]
    [message] = {each.message for each in lint(rows, config={"select": ["FMT101"]}, eval=False).findings}
    said = "two of these continue one text, and nothing says which is the better answer"
    assert message.endswith(f"{said}: try --columns chosen=LLM,rejected=Elman, or the other way round")
