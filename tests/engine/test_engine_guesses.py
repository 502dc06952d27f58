"""Guesses about columns in a run: which sources are sampled, what is used, and what is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.guesses.first_rows import FirstRows, _first_rows
from datalint.engine.guesses.sampling import ROWS, sample
from datalint.engine.guesses.source_columns import guess_columns
from datalint.operations.check import lint, run_lint
from datalint.report.model import Report
from datalint.setup.plan import make_plan
from datalint.shapes.detect import Detector
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object

#: What rows are read as shows in the findings of these rules, and in notes. All rules take three times as long.
SELECTED = ("FMT02", "FMT10", "FMT20", "QUA002", "BAL011", "RDY001")
SETTINGS = load_settings(registry=Registry.default(), isolated=True, overrides={"select": SELECTED})
FRAGE = [{"Frage": f"Wie hoch ist Berg Nummer {n}?", "Antwort": f"Er hat {n * 7} Meter."} for n in range(60)]
SONGS = [{"tweet": f"song {n} of the day is rather long", "class": "abc"[n % 3]} for n in range(60)]
OPTION = "--columns prompt=Frage,response=Antwort"
CLEAR = f"guessed from the names: {OPTION}"
MIXED = [FRAGE, SONGS[:1] + FRAGE, [*FRAGE[:3], {"a": 1}, *FRAGE[3:]]]
RUN = "prompt=code+input,response=output"
PLAIN = "text=text"
ANSWER = "No, dock {n} has a place at the left side of the gate."
CRITIC = "The answer is wrong: it says nothing of gate {n}, which is closed."
DEFINED = "prompt=task_definition+input,response=output"
QUERY = "prompt=question_en,response=query"
CRITICIZED = "prompt=question,context=answer,response=feedback"
HEAD = {"prompt": "def f_{n}(xs):\n    return ", "canonical_solution": "[x for x in xs if x != {n}]"}
LANGUAGE = {"text": "Boat {n} lies at dock {n}."}
STEM_CHOICES = [{"text": "It is", "label": "A"}, {"text": "It is not", "label": "B"}]
LATE = {"Frage": "x", "Antwort": "y", "Lösung": "z"}


def write(path: Path, rows: Sequence[Any]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def checked(*paths: str, jobs: int = 1, chunk_bytes: int = 8 << 20) -> Report:
    sources = open_sources(paths, chunk_bytes=chunk_bytes)
    return run_lint(SETTINGS, Registry.default(), sources, jobs=jobs)


def codes(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def test_a_clear_guess_is_used_and_said_once(tmp_path: Path) -> None:
    report = checked(write(tmp_path / "train.jsonl", FRAGE))
    assert "FMT101" not in codes(report)
    assert [file.shape for file in report.files] == ["mapped"]
    assert [note for note in report.notes if "guessed" in note] == [f"train.jsonl: {CLEAR}"]


@pytest.mark.parametrize(
    ("keys", "option"),
    [
        (("data.prompt", "data.response"), "prompt=data.prompt,response=data.response"),
        (("talk.user", "talk.assistant"), "prompt=talk.user,response=talk.assistant"),
        (
            ("row.prompt", "row.chosen", "row.rejected"),
            "prompt=row.prompt,chosen=row.chosen,rejected=row.rejected",
        ),
    ],
)
def test_keys_with_dots_that_reach_into_no_object_are_read(tmp_path: Path, keys: Sequence[str], option: str) -> None:
    texts = (
        "Which gate of dock {n} is open?",
        "Gate {m} is open at dock {n}, as far as I know.",
        "All of them are shut at dock {n}, as I fear.",
    )
    rows = [
        {key: text.format(n=n, m=n * 7 % 60) for key, text in zip(keys, texts, strict=False)} | {"row.id": n}
        for n in range(60)
    ]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert "FMT101" not in codes(report)
    assert f"train.jsonl: guessed from the names: --columns {option}" in report.notes


def test_a_key_with_blanks_around_it_is_named_in_the_note(tmp_path: Path) -> None:
    lines = (f"Where is boat {n * 7 % 60} of dock {n}?,It is at pier {n * 11 % 60}." for n in range(60))
    (tmp_path / "a.csv").write_text("\n".join((" Frage,Antwort", *lines)))
    (note,) = [note for note in checked(str(tmp_path / "a.csv")).notes if "guessed" in note]
    assert note.endswith('response=Antwort" (the name of the column "Frage" has blanks around it)')


def test_no_columns_are_proposed_for_files_that_are_settings(tmp_path: Path) -> None:
    rows = [
        {"backend": "tokenizers", "fast": True, "tokenizer_class": "DockTokenizer", "unk_token": "<unk>"},
        {"features": "lf", "HS": "0.6260226", "NHS": "0.37397742", "label": "NHS"},
    ]
    report = checked(*(write(tmp_path / f"{number}.jsonl", [row]) for number, row in enumerate(rows)))
    said = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert [message.partition("; ")[2] for message in said] == [
        "say what they mean, or leave the file out if it is not training data: --columns prompt=KEY,response=KEY"
    ] * 2


def test_rows_that_differ_in_keys_that_few_have_are_one_finding(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for number in range(60):
        text = f"Dock {number} has a place at the left side of gate {number * 7 % 60}, as far as I know."
        row = {"id": number, "ask": f"Is there a place at dock {number}?", "talk": text}
        rows.append(dict(reversed(row.items())) if number % 5 == 1 else row)
        if number % 20 == 3:
            rows[-1] |= {"remark": "Be brief.", "new_answer": f"Yes, there is one at gate {number}, as far as I know."}
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert {finding.message for finding in report.findings if finding.rule == "FMT101"} == {
        "no known shape for keys id, ask, talk and up to 2 more; try --columns prompt=ask,response=talk"
    }


def test_rows_of_many_sets_of_keys_are_one_finding(tmp_path: Path) -> None:
    """Also those with keys that none of the first rows has."""
    rows = [
        {f"{name}{n % 40}": f"The {name} of dock {n} is shut.", f"n{n % 40}": n} for n in range(400) for name in "ab"
    ]
    report = checked(write(tmp_path / "train.jsonl", [*rows, {"late": "A word.", "later": "Another one."}]))
    [found] = [each for each in report.findings.grouped if each.rule == "FMT101"]
    assert found.places == len(rows) + 1
    assert found.message.startswith("rows have many different sets of keys")


def test_keys_of_a_few_rows_change_no_guess(tmp_path: Path) -> None:
    rows = [{"prompt": f"Is {n} more than {n * n % 7}?", "implicature": ("yes", "no")[n % 2]} for n in range(250)]
    rows[7]["remark"] = rows[240]["late"] = "Somebody wrote this at dock 7 in the rain."
    report = checked(write(tmp_path / "train.jsonl", rows))
    options = {finding.message.partition("try ")[2] for finding in report.findings if finding.rule == "FMT101"}
    assert options == {"--columns prompt=prompt,response=implicature,category=implicature"}


def test_a_row_without_a_key_of_a_clear_guess_is_told_which(tmp_path: Path) -> None:
    report = checked(write(tmp_path / "train.jsonl", [*FRAGE, {"Antwort": "Er hat 3000 Meter."}]))
    found = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert found == ["no 'Frage', which other rows have; add it, or remove the row"]


@pytest.mark.parametrize("rows", [FRAGE, FRAGE * 200], ids=["among the first rows", "later"])
def test_a_row_with_another_name_of_a_key_is_told_to_rename_it(rows: list[dict[str, str]], tmp_path: Path) -> None:
    report = checked(write(tmp_path / "train.jsonl", [*rows, {"Antwort": "Hoch.", "Nutzer_Frage": "Wie hoch ist er?"}]))
    found = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert found == ["no 'Frage', which other rows have: if 'Nutzer_Frage' is the same, rename it"]


def test_rows_that_are_others_with_a_short_form_of_a_key_are_told_to_rename_it(tmp_path: Path) -> None:
    """A mapping of columns would be applied to all rows, and take the context from those that have one."""
    rows = [
        {"id": str(n), "group": "a", "instruction": f"Lift {n}.", "input": "", "output": f"Up {n}.", "history": []}
        for n in range(40)
    ]
    odd = [{"instruct": f"Lower barrel {n}.", "output": f"Down {n}."} for n in range(3)]
    report = checked(write(tmp_path / "train.jsonl", [*rows, *odd]))
    found = {finding.message for finding in report.findings if finding.rule == "FMT101"}
    assert found == {"no 'instruction', which other rows have: if 'instruct' is the same, rename it"}


def test_the_report_is_that_of_the_option_but_for_the_note(tmp_path: Path) -> None:
    path = write(tmp_path / "train.jsonl", [*FRAGE, FRAGE[0]])
    told = lint(path, config={"columns": {"prompt": "Frage", "response": "Antwort"}}, eval=False)
    guessed = lint(path, config={}, eval=False)
    assert [*guessed.findings] == [*told.findings]
    assert guessed.score == told.score
    assert [note for note in guessed.notes if "guessed" not in note] == [*told.notes]


def asked(number: int, *answers: str) -> dict[str, Any]:
    """Return a conversation: a question, and after each answer another."""
    turns = [{"role": "user", "content": f"What comes after {number} in the row of {'abcdefgh'[number % 8]}?"}]
    for answer in answers:
        turns += [{"role": "assistant", "content": answer}, {"role": "user", "content": f"And after {answer}?"}]
    return {"messages": turns}


PROMPTS = [[asked(n) for n in range(60)], [asked(n, "Eight") for n in range(60)]]


@pytest.mark.parametrize("rows", PROMPTS, ids=["questions", "conversations"])
def test_messages_that_nobody_answers_fail(tmp_path: Path, rows: Sequence[Any]) -> None:
    """They may be an export that lost its answers, and must not pass as prompts."""
    path = write(tmp_path / "train.jsonl", rows)
    report = checked(path)
    assert codes(report) & {"FMT206", "FMT209"}
    assert (report.kind, report.factors["format"].verdict) == ("sft", "fail")
    assert all(": --kind rl (or" in each.message for each in report.findings if each.rule == "FMT209")
    report = lint(path, config={"kind": "rl"}, eval=False)
    assert codes(report).isdisjoint({"FMT206", "FMT209"})
    assert report.measures["valid-examples"] == len(rows)


@pytest.mark.parametrize("rows", PROMPTS, ids=["questions", "conversations"])
def test_an_evaluation_set_may_be_prompts_alone(tmp_path: Path, rows: Sequence[Any]) -> None:
    """It is so by its name or by what the user says, and passes with one info; a few rows without an answer do not."""
    for name, config in (("test_data", {}), ("rows", {"kind": "evaluation"})):
        report = lint(write(tmp_path / f"{name}.jsonl", rows), config=config, eval=False)
        [found] = [each for each in report.findings if each.rule in ("FMT206", "FMT209")]
        assert (found.severity, found.line, report.factors["format"].verdict) == ("info", None, "pass")
        assert found.message.startswith("60 of 60 examples (100 %) ")
        assert report.measures["valid-examples"] == len(rows)
    answered = [{"messages": asked(n, "Eight")["messages"][:2]} for n in range(58)]
    report = lint(write(tmp_path / "test_data.jsonl", [*answered, *rows[58:]]), config={}, eval=False)
    assert [each.severity for each in report.findings if each.rule in ("FMT206", "FMT209")] == ["error"] * 2


def test_a_file_of_prompts_alone_among_others_is_named(tmp_path: Path) -> None:
    answered = [{"messages": asked(n, "Eight")["messages"][:2]} for n in range(40, 60)]
    write(tmp_path / "a.jsonl", [*answered, *PROMPTS[0][:2]])
    write(tmp_path / "b.jsonl", PROMPTS[0][2:22])
    report = lint(tmp_path, config={}, eval=False)
    said = {each.file: "if this file is prompts" in each.message for each in report.findings if each.rule == "FMT209"}
    assert {Path(file or "").name: found for file, found in said.items()} == {"a.jsonl": False, "b.jsonl": True}


NO_PROMPTS = {
    "system prompts": [{"messages": [{"role": "system", "content": f"Count to {n}."}]} for n in range(60)],
    "labelled": [{**asked(n), "label": True} for n in range(60)],
    "some answered": [asked(n) if n % 20 else {"messages": asked(n, "Eight")["messages"][:2]} for n in range(60)],
}


@pytest.mark.parametrize("rows", NO_PROMPTS.values(), ids=NO_PROMPTS)
def test_rows_that_are_no_prompts_name_no_kind(tmp_path: Path, rows: Sequence[Any]) -> None:
    report = checked(write(tmp_path / "train.jsonl", rows))
    said = {each.message for each in report.findings if each.rule == "FMT209"}
    assert said == {"no assistant turn, so there is nothing to learn"}


@pytest.mark.parametrize("how", [{}, {"columns": {"prompt": "Frage", "response": "Antwort"}}], ids=["guessed", "told"])
@pytest.mark.parametrize("nothing", [None, ""], ids=["null", "text"])
def test_an_answer_that_is_nothing_is_one_empty_response(tmp_path: Path, nothing: Any, how: dict[str, Any]) -> None:
    rows = [{"Frage": f"Wie heißt der {n}. Fluss des Landes?", "Antwort": f"Fluss {n * 7}"} for n in range(40)]
    rows[7]["Antwort"] = nothing
    report = lint(write(tmp_path / "train.jsonl", rows), config=how, eval=False)
    assert [(each.rule, each.path) for each in report.findings if each.row == 8] == [("QUA002", "$.Antwort")]
    assert codes(report).isdisjoint({"FMT101", "FMT105", "FMT209"})


def test_prompts_under_another_name_are_read_as_such(tmp_path: Path) -> None:
    rows = [{"idx": n, "Skill": "AB"[n % 2], "Instruction": f"Write {n * 7} lines about lake {n}."} for n in range(60)]
    path = write(tmp_path / "train.jsonl", rows)
    report = checked(path)
    assert codes(report).isdisjoint({"FMT101", "FMT106", "FMT206", "FMT209"})
    assert report.kind == "rl"
    told = lint(path, config={"columns": {"prompt": "Instruction", "category": "Skill"}}, eval=False)
    assert [*lint(path, config={}, eval=False).findings] == [*told.findings]


def test_what_the_user_maps_is_not_guessed(tmp_path: Path) -> None:
    sources = open_sources([write(tmp_path / "train.jsonl", FRAGE)])
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"columns": {"text": "Frage"}})
    plan, notes = with_guesses(make_plan(settings, Registry.default()), sources)
    assert (plan.guesses, notes) == ((), [])


def test_first_rows_are_read_once_and_no_further_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def first_rows(rows: Sequence[Any]) -> Iterator[Any]:
        for number, row in enumerate(rows):
            read.append(number)
            yield row

    monkeypatch.setattr("datalint.engine.guesses.first_rows.first_rows", first_rows)
    found: Any = FirstRows(SONGS[:5])  # type: ignore[arg-type]
    assert next(iter(found)) == SONGS[0]
    assert read == [0]
    one, other = iter(found), iter(found)
    assert [next(rows) for rows in (one, other, one, other)] == [SONGS[0], SONGS[0], SONGS[1], SONGS[1]]
    assert list(found) == list(found) == SONGS[:5]
    assert read == list(range(5))


def test_no_more_of_a_known_shape_is_read_than_shows_its_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"question": f"How deep is lake {n}? {'Think of it. ' * 9}", "answer": f"{n} m"} for n in range(3_000)]
    [source] = open_sources([write(tmp_path / "train.jsonl", rows)])
    read: list[dict[str, Any]] = []

    def first_rows(source: Any) -> Iterator[Any]:
        for row in _first_rows(source):
            read.append(row)
            yield row

    monkeypatch.setattr("datalint.engine.guesses.first_rows._first_rows", first_rows)
    with_guesses(make_plan(SETTINGS, Registry.default(), [source]), [source])
    assert 0 < len(read) < 300


def test_files_of_one_dataset_are_read_each_in_its_way(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a.jsonl", FRAGE), write(tmp_path / "b.jsonl", SONGS)
    report = checked(one, other)
    assert "FMT101" not in codes(report)
    assert sum("guessed" in note for note in report.notes) == 2


@pytest.mark.parametrize("fits", [True, False])
def test_evaluation_rows_are_read_as_the_training_rows_are(tmp_path: Path, *, fits: bool) -> None:
    rows = [
        {"conclusion": f"Boat {n} is safe.", "premises": [f"Boat {n} floats."], "label": "TFU"[n % 3]}
        for n in range(60)
    ]
    held = [{**row, "conclusion-F": f"s({n})"} for n, row in enumerate(rows[:9])]
    if not fits:
        held = [{"conclusion-F": each["conclusion-F"], "conclusion": each["conclusion"], "label": "T"} for each in held]
    sides = [open_sources([write(tmp_path / f"{name}.jsonl", each)]) for name, each in (("a", rows), ("b", held))]
    plan, notes = with_guesses(make_plan(SETTINGS, Registry.default()), *sides)
    assert plan.guesses[0].mapping == "prompt=conclusion,context=premises,response=label,category=label"
    assert (len(plan.guesses) == 1) == fits
    assert any(note.startswith("a.jsonl, b.jsonl: guessed") for note in notes) == fits


@pytest.mark.parametrize(("rows", "jobs"), [*zip(MIXED, (1, 1, 2), strict=True)], ids=["plain", "two", "odd"])
def test_workers_and_chunks_change_nothing(tmp_path: Path, rows: Sequence[Any], jobs: int) -> None:
    path = write(tmp_path / "train.jsonl", list(rows) * 3)
    whole, pieces = checked(path), checked(path, jobs=jobs, chunk_bytes=2000)
    assert [*whole.findings] == [*pieces.findings]
    assert whole.notes == pieces.notes


def test_an_unclear_guess_is_proposed_to_all_rows_in_the_same_words(tmp_path: Path) -> None:
    rows = [{"prompt": f"Is {n} more than {n * n % 7}?", "implicature": ("yes", "no")[n % 2]} for n in range(30)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    messages = {finding.message for finding in report.findings if finding.rule == "FMT101"}
    assert messages == {
        "no known shape for keys prompt, implicature; try --columns "
        "prompt=prompt,response=implicature,category=implicature"
    }
    assert not any("guessed" in note for note in report.notes)


def test_rows_without_the_guessed_keys_are_of_unknown_shape(tmp_path: Path) -> None:
    report = checked(write(tmp_path / "train.jsonl", [*FRAGE, {"Antwort": "Ohne Frage."}]))
    assert [finding.row for finding in report.findings if finding.rule == "FMT101"] == [len(FRAGE) + 1]


@pytest.mark.parametrize("known", [{"prompt": "Hi", "completion": "Hello"}, {"messages": []}, {"text": "Hi"}])
def test_of_a_source_whose_first_row_has_a_known_shape_nothing_is_guessed(known: dict[str, Any]) -> None:
    assert guess_columns(from_object([known, *FRAGE]), Detector()) is None


def test_a_misspelled_key_is_no_layout_next_to_rows_of_a_known_shape() -> None:
    """Otherwise what is read depends on which row is the first, and a fix that removes it changes what is reported."""
    chats = [{"mesages": asked(n, "Eight")["messages"]} for n in range(6)]
    known = [{"prompt": f"What is {n} plus {n}?", "completion": f"It is {2 * n}."} for n in range(9)]
    assert guess_columns(from_object([*chats, *known]), Detector()) is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {
                "question": "Who has boat {n}?",
                "reference": ["Ada {n}"],
                "answers": [{"model": "m1", "answer": "Bo {n}"}, {"model": "m1", "answer": "Kim {n}"}],
            },
            "prompt=question,response=reference",
        ),
        (
            {"question": "Who has boat {n}?", "reference": "page {n}", "answers": [{"text": "Bo {n}"}]},
            None,
        ),
        ({"text": "A boat in the harbour of {n}", "emoji": "⛵ {n}"}, "prompt=text,response=emoji"),
        (
            {"text": "The boat of harbour {n} is full", "gloss": "BOAT HARBOUR {n} FULL THERE", "category": "sea"},
            "prompt=text,response=gloss",
        ),
        ({"prompt": "Count boat {n}", "code": "def count(boats):\n    return {n}"}, "prompt=prompt,response=code"),
        (
            {"source": "Ada_{n}", "translation": "The boat of {n}.", "sentence": "Il battello {n}", "label": 1},
            "prompt=sentence,response=label",
        ),
        (
            {
                "task": "Count the boats of {n}.",
                "chosen": "There are {n} boats in it, as I count.",
                "rejected": "I do not know it, and nobody does, {n}.",
            },
            "prompt=task,chosen=chosen,rejected=rejected",
        ),
        (
            {"question": "Is harbour {n} full?", "answer": "Boats of dock {n} are out.", "match": 1},
            "prompt=question,context=answer,response=match",
        ),
        ({"question": "Is harbour {n} full?", "answer": "Boats of dock {n} are out.", "match": 2}, None),
        ({"text": "Harbour {n} is full.", "title": "Harbour {n}"}, None),
        ({"text": "Il porto {n} è pieno.", "Etichetta": 1}, "prompt=text,response=Etichetta"),
        ({"text": "Harbour {n} is full.", "y": 1}, "prompt=text,response=y"),
        ({"text": "Harbour {n} is full.", "chunk": 1}, None),
        ({"text": "Harbour {n} is full.", "source": "a {n}", "page": 1}, None),
        ({"prompt": "Count the boats of {n}.", "tests": "assert count() == {n}"}, None),
        ({"source": "Il battello {n}", "translation": "The boat {n}", "label": 1}, None),
        (
            {"conversations": [{"from": "human", "value": "Full?"}], "output": "Yes {n}"},
            "prompt=conversations,response=output",
        ),
        (
            {"messages": [{"role": "user", "content": "Full?"}], "answer": "Dock {n} is full, and so is dock 7."},
            "prompt=messages,response=answer",
        ),
        ({"messages": [{"role": "user", "content": "Full?"}], "answer": "{n}"}, None),
        (
            {"conversations": "Ann: Is dock {n} full?\nBo: It is, and {n} boats wait.", "summarizations": "Full {n}."},
            "prompt=conversations,response=summarizations",
        ),
        ({"messages": "Ann: Is dock {n} full? Bo: It is.", "label": 1}, "prompt=messages,response=label"),
        ({"conversations": "[{'from': 'human', 'value': 'Full {n}?'}]", "summary": "Full {n}."}, None),
        ({"context": ["Hi", "Hello {n}", "Full?"], "response": "Yes {n}"}, "messages=context,response=response"),
        ({"context": ["Dock {n} is full.", "It opens at 7."], "response": "Yes {n}"}, None),
        (
            {
                "prompt": "Is dock {n} full?",
                "response_accepted": "Dock {n} has a place at the left side of the gate.",
                "response_rejected": "How should I know whether dock {n} is full or not?",
            },
            "prompt=prompt,chosen=response_accepted,rejected=response_rejected",
        ),
        (
            {"chunk_id": "c{n}", "chunk": "Dock {n} holds 9 boats.", "question": "How many?", "answer": "9, at {n}"},
            "prompt=question,context=chunk,response=answer",
        ),
        (
            {"doc_text": "Dock {n} holds 9 boats.", "query": "How many?", "response": "9, at {n}"},
            "prompt=query,context=doc_text,response=response",
        ),
        ({"chunk": "{n}", "question": "Is dock {n} full?", "answer": "No {n}"}, None),
        (
            {
                "title": "The card, case {n}",
                "ask": "My card {n} does not open the dock since Monday. What can I do to open it?",
                "answer": "Ask at the gate.",
            },
            "prompt=ask,context=title,response=answer",
        ),
        ({"title": "Docks of {n}", "question": "Who opened them?", "answer": "The guard {n}."}, None),
        (
            {"title": "Dock {n}", "text": "Dock {n} is full again.", "stars": 1},
            "prompt=text,context=title,response=stars",
        ),
        (
            {"title": "Help {n}", "text": "Is dock {n} full, or am I wrong?", "verdict": 1},
            "prompt=text,context=title,response=verdict",
        ),
        ({"text": "Dock {n} is at the gate.", "annotations": [[0, 4, "PLACE"]]}, "prompt=text,labels=annotations"),
        (
            {"text": "Is dock {n} full?", "intents": ["ask", "hurry"], "sections": ["plan"]},
            "prompt=text,labels=intents",
        ),
        ({"text": "Dock {n} is full.", "sections": ["plan"]}, None),
        ({"text": "Dock {n} is full.", "sentences": ["Dock 4 is full."]}, None),
        (
            {
                "question": "Is dock {n} full?",
                "contexts": ["Dock {n} is shut."],
                "answer": "Yes.",
                "ground_truth": "No, {n}.",
            },
            "prompt=question,context=contexts,response=ground_truth",
        ),
        (
            {"user_input": "Is {n} full?", "retrieved_contexts": ["{n}"], "response": "Yes.", "reference": "No, {n}."},
            "prompt=user_input,context=retrieved_contexts,response=reference",
        ),
        ({"question": "Is dock {n} full?", "answer": "Yes.", "ground_truth": "Yes, {n}."}, None),
        ({"doc_id": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", "{n}"]}, "prompt=text,response=keywords"),
        ({"url": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", "{n}"]}, None),
        ({"id": "{n}", "text": "Dock {n} is full.", "keywords": ["dock", 7]}, None),
        ({"id": "{n}", "text": "Dock {n} is full.", "keywords": []}, None),
        ({"code": "def f(x):\n    return x + {n}", "input": "'{n} is a day', 2", "output": "{n}"}, RUN),
        ({"code": "def f(x):\n    return x + {n}", "input": "", "output": "{n}"}, RUN),
        ({"code": "def f(x):\n    return x + {n}", "input": "Write a function that adds {n}.", "output": "x"}, None),
        ({"input": "{n}", "output": "{n}", "code": "def f(x):\n    return x + {n}"}, None),
        ({"text": "Dock {n} is full.", "label": {"place": {"Dock": [[0, 4]]}}}, "prompt=text,labels=label"),
        ({"text": "Dock {n} is full.", "label": {"place": {"Dock": 1}}}, None),
        ({"text": "Dock {n} is full.", "label": {"place": "Dock"}}, None),
        ({"text": "Dock {n} is full.", "label": {}}, None),
        ({**HEAD, "intent": "Take {n} from the list `xs`"}, "prompt=intent,context=prompt,response=canonical_solution"),
        ({**HEAD, "intent": "リスト`xs`から{n}を取り除く"}, "prompt=intent,context=prompt,response=canonical_solution"),
        ({**HEAD, "intent": "list_{n}"}, None),
        ({"code": "ABC-{n}", "text": "Step {n}: tell who asks that the dock is full."}, PLAIN),
        ({"code": "J{n}.1", "text": "Rope {n} hurts the hand of who holds it."}, None),
        ({"code": "ABC-7", "text": "Step {n}: tell who asks that the dock is full."}, None),
        (
            {
                "prompt": "Add {n} to x.",
                "code": "def f(x):\n    pass",
                "instruction": "Add {n} to x.\nassert f(1) == {n}",
            },
            "prompt=instruction,response=code",
        ),
        (
            {"prompt": HEAD["prompt"], "code": "xs - {n}", "instruction": "Take {n} from the list `xs`"},
            "prompt=instruction,context=prompt,response=code",
        ),
        ({**HEAD, "prompt": "# Take {n} away\ndef f(xs):", "intent": "Take {n} away"}, None),
        ({**HEAD, "prompt": "Take {n} from `xs`.", "intent": "ask for the code of dock {n}"}, None),
        ({"prompt": HEAD["prompt"], "response": "xs - {n}", "intent": "Take {n} from the list `xs`"}, None),
        ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": CRITIC}, CRITICIZED),
        ({"task_definition": "Say where the text is set, in a word.", "input": ANSWER, "output": "Dock."}, DEFINED),
        ({"task": "where", "input": ANSWER, "output": "Dock."}, None),
        ({"question_de": "Ist {n} voll?", "question_en": "Is {n} full?", "query": "SELECT {n} FROM docks"}, QUERY),
        (
            {"prompt": "Is dock {n} full?", "response": ANSWER, "critique": CRITIC},
            "prompt=prompt,context=response,response=critique",
        ),
        (
            {"instruction": "Is dock {n} full?", "input": "", "output": ANSWER, "gpt4_critique": CRITIC},
            "prompt=instruction,context=input+output,response=gpt4_critique",
        ),
        ({"question": "Is dock {n} full?", "answer": ANSWER, "user_feedback": CRITIC}, None),
        (
            {
                "question": "Is dock {n} full?",
                "answer": ANSWER,
                "feedback": "Dock {n} was built long before the others.",
            },
            None,
        ),
        ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": "good {n}"}, None),
        ({"question": "Is dock {n} full?", "options": ["No.", ANSWER], "answer": ANSWER, "feedback": CRITIC}, None),
        ({"question": "Is dock {n} full?", "answer": ANSWER, "feedback": CRITIC, "revised_answer": ANSWER}, None),
        (
            {"text": "What a plan, {n} of them", "topic": "The town plans dock {n} at the gate", "label": 1},
            "prompt=text,context=topic,response=label",
        ),
        (
            {"topic": "市里计划在河边修第{n}座桥。", "text": "真是好主意，{n}年再看吧。", "label": 1},
            "prompt=text,context=topic,response=label",
        ),
        ({"text": "What a plan, {n} of them", "topic": "The town plans a dock at the gate", "label": 1}, None),
        ({"text": "What a plan, {n} of them", "topic": "Dock {n}", "label": 1}, None),
        (
            {"text": "go to Oslo on day {n}", "label": 1, "tags": "O O B-city O O O"},
            "prompt=text,response=label,labels=tags",
        ),
        ({"text": "go to Oslo on day {n}", "tags": "O O B-city O O O"}, "prompt=text,labels=tags"),
        ({"text": "Dock {n} is at the gate again, or so", "title": "Dock {n} is at the gate", "label": 1}, None),
        ({"text": f"Is dock {{n}} full?\n\n### Response\n{ANSWER}", "category": "a"}, PLAIN),
        ({"text": f"Question: is dock {{n}} full?\nAnswer: {ANSWER}", "category": "a"}, PLAIN),
        (
            {"text": f"User: is {{n}} full?\nAssistant: {ANSWER}\nUser: Why?\nAssistant: {ANSWER}", "category": "a"},
            None,
        ),
        ({"text": f"Is dock {{n}} full?\nResponse: {ANSWER}", "label": "a"}, None),
        ({"text": f"You are a keeper. Respond to this.\n{ANSWER * 30}", "category": "a"}, PLAIN),
        ({"text": f"You are a keeper. Write which class it is.\n{ANSWER * 30}", "category": "a"}, None),
        ({"question": "Is dock {n} full?", "answer": ANSWER, "solution": ""}, "prompt=question,response=answer"),
        (
            {"system": "Be kind.", "question": "Is {n} full?", "context": "Dock {n}", "solution": [], "answer": "no"},
            "system=system,prompt=question,context=context,response=answer",
        ),
        ({"question": "Is dock {n} full?", "solution": "", "answer": ""}, None),
        (
            {
                "q": "Is dock {n} full?",
                "a": "At noon of day {n}.",
                "c": "Dock {n} was full at noon of day {n}, I heard.",
            },
            "prompt=q,context=c,response=a",
        ),
        (
            {
                "query": "When is dock {n} full?",
                "answer": [["noon", "12:00"], ["Monday"]],
                "positive": ["The dock is full at noon, all agree.", "It was shut on Tuesday."],
                "negative": ["The gate is open.", "Boats wait in the rain."],
            },
            "prompt=query,context=positive+negative,response=answer",
        ),
        (
            {
                "query": "When is dock {n} full?",
                "answer": ["noon", "Monday"],
                "positive": [["The dock is full at noon, all agree."], ["It was shut on Monday."]],
                "negative": ["The gate is open.", "Boats wait in the rain."],
            },
            "prompt=query,context=positive+negative,response=answer",
        ),
        (
            {
                "query": "When is dock {n} full?",
                "answer": "noon",
                "positive": ["The dock is full at noon, all agree."],
                "negative": ["The gate is open."],
            },
            None,
        ),
        (
            {
                "text": {
                    "en": "The dock of harbour {n} is full.",
                    "de": "Die Station am Hafen {n} ist voll.",
                    "fr": "Plein {n}.",
                }
            },
            "prompt=text.en,response=text.de",
        ),
        (
            {
                "text": {
                    "en": "The dock of harbour {n} is full.",
                    "de": "Die Station {n} ist voll.",
                    "fr": "Plein {n}.",
                },
                "label": 1,
            },
            "prompt=text.en,response=label",
        ),
        ({"q": "Is dock {n} full?", "a": "At noon of day {n}.", "c": "Ask for day and hour, and for the dock."}, None),
        (
            {
                "text": "Which boat lies at berth {n}?",
                "category": "harbour",
                "paragraph": "All boats lie at berth {n}, as the office says in its report.",
                "reference_answer": "All boats lie at berth {n}, says the office.",
            },
            "prompt=text,context=paragraph,response=reference_answer",
        ),
        (
            {
                "text": "Which boat lies at berth {n}?",
                "category": "harbour",
                "_paragraph": "All boats lie at berth {n}, as the office says in its report.",
                "reference_answer": "All boats lie at berth {n}, says the office.",
            },
            "prompt=text,response=reference_answer",
        ),
        (
            {
                "text": "Dock {n} has room, as the office says.",
                "question": {"stem": "Is dock {n} full?", "choices": STEM_CHOICES},
                "answer": "B",
            },
            "prompt=question.stem,context=text+question.choices[].text,response=answer",
        ),
    ],
)
def test_a_known_shape_that_leaves_something_out_gives_way(
    tmp_path: Path, row: dict[str, Any], expected: str | None
) -> None:
    def filled(item: Any, n: int) -> Any:
        if isinstance(item, dict):
            return {key: filled(each, n) for key, each in item.items()}
        return item.replace("{n}", str(n)) if isinstance(item, str) else n % 2 if item == 1 else item

    rows = [{key: filled(item, n) for key, item in row.items()} for n in range(40)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping.partition(",category=")[0]) == expected
    if guess is not None:
        assert Detector((), [guess]).shape(rows[0]).title != Detector().shape(rows[0]).title


@pytest.mark.parametrize(("filled", "given"), [(0, True), (2, True), (10, False), (40, False)])
def test_an_empty_response_gives_way_to_another_one_only_if_nearly_all_are_empty(
    tmp_path: Path, filled: int, given: bool
) -> None:
    rows = [{"question": f"Is dock {n} full?", "solution": "", "answer": "A,D"} for n in range(40)]
    rows += [row | {"solution": "It is not."} for row in rows[:filled]]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (guess is not None) is given


@pytest.mark.parametrize(
    ("empty", "norwegian", "read"),
    [
        pytest.param("", "Kai {n} er BLANK.", "prompt=context_norwegian,response=response", id="filled"),
        pytest.param("Dock {n} is BLANK.", "Kai {n} er BLANK.", None, id="both"),
        pytest.param("", "", None, id="neither"),
    ],
)
def test_an_empty_prompt_gives_way_to_one_in_another_language(
    tmp_path: Path, empty: str, norwegian: str, read: str | None
) -> None:
    rows = [
        {
            "context": (empty if n % 4 == 0 else "Dock {n} is BLANK.").format(n=n),
            "context_norwegian": (norwegian if n % 4 == 0 else "Kai {n} er BLANK.").format(n=n),
            "response": f"full of {n} boats",
        }
        for n in range(60)
    ]
    guessed = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "guessed from" in note]
    assert guessed == ([f"train.jsonl: guessed from the values: --columns {read}"] if read else [])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("question", "1", "2", "3", "answer"), "prompt=question,context=1+2+3,response=answer"),
        (("question", "answer1", "answer2", "answer3", "answer"), None),
    ],
)
def test_options_are_read_next_to_a_question_with_an_answer(
    tmp_path: Path, keys: Sequence[str], expected: str | None
) -> None:
    rows = [dict(zip(keys, (f"Who has {n}?", f"Tom {n}", "Kim", "Lee", n % 3 + 1), strict=True)) for n in range(40)]
    if expected is None:
        rows = [row | {"answer": f"It is {n}."} for n, row in enumerate(rows)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping) == expected


def test_of_options_in_a_row_each_it_is_learned_which_is_right(tmp_path: Path) -> None:
    rows = [{"question": f"Who has {n}?", "answer": f"{name} {n}", "is_correct": name == "Kim"}
            for n in range(20) for name in ("Tom", "Kim", "Lee")]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert guess.mapping == "prompt=question,context=answer,response=is_correct,category=is_correct"


@pytest.mark.parametrize(("rows", "shape"), [(4, "sharegpt"), (30, "unknown")])
def test_texts_for_conversations_are_of_no_known_shape(tmp_path: Path, rows: int, shape: str) -> None:
    said = [{"conversations": f"Ann: Is dock {n} full? Bo: It is.", "score": n % 3} for n in range(rows)]
    report = checked(write(tmp_path / "train.jsonl", said))
    assert [file.shape for file in report.files] == [shape]
    proposed = {each.message.rpartition(" ")[2] for each in report.findings if each.rule == "FMT101"}
    assert proposed == ({"prompt=conversations,response=score,category=score"} if shape == "unknown" else set())
    assert ("FMT105" in codes(report)) is (shape == "sharegpt")


@pytest.mark.parametrize(("rating", "asked"), [(lambda n: n * 7 % 23, True), (lambda n: n // 2, False)])
def test_a_number_that_rates_two_texts_is_no_response(tmp_path: Path, rating: Any, asked: bool) -> None:
    texts = {f"version{n}": f"In version {n}, the dock is shut until the evening." for n in (1, 2)}
    rows = [{"prompt": f"Rewrite in simple words: dock {n // 2}", **texts, "answer": rating(n)} for n in range(40)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    proposed = {each.message.rpartition(" ")[2] for each in report.findings if each.rule == "FMT101"}
    assert proposed == ({"prompt=prompt,context=version1+version2,response=answer"} if asked else set())


SPANS: dict[str, Any] = {
    "text": "Ada rows to dock {n}.",
    "spans": [{"start": 0, "end": 3, "label": "PER"}],
    "meta": {"page": "{n}"},
    "answer": "accept",
}
DOCCANO = {"text": "Ada rows to dock {n}.", "label": [[0, 3, "PER"]], "id": 7}
WRITTEN = DOCCANO | {"label": '[{"start":0,"end":3,"text":"Ada","labels":["PER"]}]'}
IGNORED = {"text": "Page {n}", "meta": {"page": "{n}"}, "answer": "ignore"}
LABELLED = {"text": "Dock {n} is full.", "label": "state", "proba": None}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"input": [[1, "{n}"]], "dialogue": [["YOU", "Dock {n}?"], ["THEM", "No."]], "output": [[0, 1]]},
            "; try --columns messages=dialogue",
        ),
        ({"input": [[1, 2], [3, "{n}"]], "output": [[0, 1]], "size": 3}, "no known shape for keys input, output, size"),
        ({"input": [1, 2, "{n}"], "output": "dock"}, ""),
        ({"input": "Dock {n}?", "output": [[0, 1]]}, ""),
        ({"input": [[1, 2]], "context": "Dock {n} is full.", "output": "Yes"}, ""),
    ],
)
def test_without_a_text_to_answer_rows_are_no_prompts(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    """What differs in them is not read, and equal responses would make copies of them."""
    text = json.dumps(row)
    rows = [json.loads(text.replace('"{n}"', str(n)).replace("{n}", str(n))) for n in range(40)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    unread = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert len(unread) == (40 if said else 0)
    assert all(said in message for message in unread)
    assert codes(report).isdisjoint({"DIV001", "DIV002"})


@pytest.mark.parametrize(
    ("values", "read"),
    [(("0", "1"), "mapped"), ((True, False), "mapped"), (("1", "1"), "text"), (("0", "1", "7"), "text")],
)
def test_an_annotation_of_two_values_is_the_label_of_texts_that_repeat(
    tmp_path: Path, values: tuple[Any], read: str
) -> None:
    key = "extraction_correctness_annotation"
    rows = [
        {"query:subj:obj": f"a:{n}:b", "text": f"Dock {n // 3} is calm", key: values[n % len(values)]}
        for n in range(60)
    ]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([{"text": "Dock {n} is calm", "status": each} for each in ("Calm", "Angry")] * 30, "mapped"),
        # Numbers may be those of classes; what is done with a row is no class of its text.
        (
            [{"id": "{n}", "text": "Dock {n} is calm", "status": each} for each in (0, 1)] * 30,
            "try --columns prompt=text",
        ),
        ([{"text": "Dock {n} is calm", "status": each} for each in ("done", "pending")] * 30, "text"),
        ([{"text": "Dock {n} is calm", "status": each} for each in (200, 200)] * 30, "text"),
        ([{"text": "Dock {n} is calm. " * 200, "status": each} for each in (0, 1)] * 30, "text"),
        ([{"text": "Dock {n} is calm", "url": "a/{n}", "status": each} for each in (0, 1)] * 30, "text"),
    ],
)
def test_a_status_may_be_the_label_of_a_text(tmp_path: Path, rows: list[dict[str, Any]], read: str) -> None:
    named = [json.loads(json.dumps(row).replace("{n}", str(n))) for n, row in enumerate(rows)]
    report = checked(write(tmp_path / "train.jsonl", named))
    unread = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert (read in unread[0]) if unread else [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(
    ("rows", "shape", "told"),
    [
        ([IGNORED, *[SPANS] * 30, IGNORED, *[SPANS] * 30], "mapped-labels", "FMT107"),
        ([DOCCANO, DOCCANO | {"label": []}] * 30, "mapped-labels", ""),
        ([WRITTEN, WRITTEN | {"label": "[]"}] * 30, "mapped-labels", ""),
        ([DOCCANO | {"label": f"[draft {n % 3}]"} for n in range(60)], "text-label", ""),
        ([*[LABELLED] * 4, *[LABELLED | {"label": None}] * 90], "mapped", "QUA002"),
        ([*[LANGUAGE | {"lang": "en"}] * 300, *[LANGUAGE | {"lang": "de"}] * 300], "mapped", "BAL011"),
        ([LANGUAGE | {"lang": "en"}] * 60, "text", ""),
        ([LANGUAGE | {"lang": "en", "url": "a"}, LANGUAGE | {"lang": "de", "url": "b"}] * 30, "text", ""),
    ],
    ids=[
        "spans",
        "pairs of places",
        "places that are written as text",
        "a text in brackets",
        "labels",
        "languages",
        "one language",
        "languages of pages",
    ],
)
def test_rows_without_their_labels_are_of_the_shape_of_the_others(
    tmp_path: Path, rows: list[dict[str, Any]], shape: str, told: str
) -> None:
    named = [json.loads(json.dumps(row).replace("{n}", str(n))) for n, row in enumerate(rows)]
    report = checked(write(tmp_path / "train.jsonl", named))
    assert [file.shape for file in report.files] == [shape]
    assert not told or told in codes(report)
    assert codes(report).isdisjoint({"FMT101", "FMT103", "FMT104"})


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"prompt": "Full {n}?", "response": "It is.", "label": "intrinsic"}, "which responses are wrong"),
        ({"prompt": "Full {n}?", "response": "It is.", "label": "dock"}, ""),
        ({"history": ["Hi {n}", "Full?"], "response": "It is {n}."}, "--columns messages=history,response=response"),
        (
            {"source": "Is it full {n}?", "gold": "Ist es voll {n}?", "model": "sysa", "target": "Ist {n} es voll?"},
            '"model" says which system wrote "target", which is learned; to learn the reference: '
            "--columns prompt=source,response=gold",
        ),
        ({"source": "Is it full {n}?", "gold": "Ist es voll?", "model": "sys{n}", "target": "Ist es {n} voll?"}, ""),
        ({"source": "Is it full {n}?", "gold": "Ist es voll {n}?", "model": "sys", "target": "Ist es voll {n}?"}, ""),
        ({"source": "Is it full {n}?", "gold_id": "{n}", "model": "sysa", "target": "Ist es {n} voll?"}, ""),
        ({"source": "Is it full {n}?", "gold": "Ist es voll?", "source_file": "a", "target": "Ist {n} voll?"}, ""),
        ({"prompt": "Full {n}?", "history": ["Hi", "Yes?", "Ah"], "response": "No."}, "with an odd number of them"),
        (
            {"conversations": [{"from": "user", "content": "Full {n}?"}, {"from": "assistant", "content": "No {n}."}]},
            'rename "content" to "value", or "from" to "role"',
        ),
        (
            {"messages": [{"role": "user", "value": "Full {n}?"}], "chosen": "No {n}.", "rejected": "Yes {n}."},
            'rename "value" to "content", or "role" to "from"',
        ),
    ],
)
def test_a_note_says_what_is_read_as_something_else(tmp_path: Path, row: dict[str, Any], note: str) -> None:
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(40)]
    notes = [
        each
        for each in checked(write(tmp_path / "a.jsonl", rows)).notes
        if "balance" not in each and "--kind" not in each
    ]
    assert any(note in each for each in notes) if note else not any("guessed" not in each for each in notes)


@pytest.mark.parametrize(("models", "named"), [(2, '"gpt-4" and "llama"'), (3, '"gpt-4", "llama", "qwen"')])
def test_a_note_says_that_no_answer_of_several_models_is_learned(tmp_path: Path, models: int, named: str) -> None:
    answers = {
        "gpt-4": "It is full at {n}, I think.",
        "llama": "There is room for {n} boats.",
        "qwen": "Ask me at {n} again, please.",
    }
    answers = dict([*answers.items()][:models])
    rows = [
        {"question": f"Is it full {n}?"} | {key: text.format(n=n) for key, text in answers.items()} for n in range(40)
    ]
    option = "--columns prompt=question,response=gpt-4"
    note = f"a.jsonl: {named} are answers of models, and none of them is learned; to learn one: {option}"
    assert note in checked(write(tmp_path / "a.jsonl", rows)).notes


@pytest.mark.parametrize(("names", "learned"), [(["eval.jsonl"], True), (["train.jsonl", "eval.jsonl"], False)])
def test_the_right_answer_of_an_evaluation_set_is_that_beside_the_response(
    tmp_path: Path, names: list[str], learned: bool
) -> None:
    rows = [
        {"query": f"Who owns boat {n}?", "reference": f"Ada owns {n}.", "response": f"Nobody {n}.", "context": f"a {n}"}
        for n in range(60)
    ]
    sources = open_sources([write(tmp_path / name, rows) for name in names])
    plan, _ = with_guesses(make_plan(SETTINGS, Registry.default()), sources)
    assert [guess.mapping for guess in plan.guesses] == ["prompt=query,context=context,response=reference"] * learned
    assert [guess_columns(each, Detector()) for each in sources if learned] == [*plan.guesses]


@pytest.mark.parametrize(
    ("folder", "key", "kind", "learned"),
    [
        ("boat-benchmark", "reference_answer", None, "reference_answer"),
        ("boat-benchmark", "gold_answer", None, "gold_answer"),
        ("boat-benchmark", "expected", None, "expected"),
        ("boat-benchmark", "reference_answer", "sft", ""),
        ("boat-benchmark", "reference", None, ""),
        ("boats", "reference_answer", None, ""),
    ],
)
def test_the_answer_of_a_model_under_test_is_not_learned_where_a_key_and_a_name_say_what_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, key: str, kind: str | None, learned: str
) -> None:
    rows = [
        {"question": f"Who owns boat {n}?", key: f"Ada owns {n}.", "model": "sys", "answer": f"Ada owns {n // 2 * 2}."}
        for n in range(60)
    ]
    (tmp_path / folder / "of systems").mkdir(parents=True)
    write(tmp_path / folder / "of systems" / "outputs.jsonl", rows)
    monkeypatch.chdir(tmp_path)
    plan = make_plan(replace(SETTINGS, kind=kind), Registry.default())
    plan, _ = with_guesses(plan, open_sources([f"{folder}/of systems/outputs.jsonl"]))
    expected = [f"prompt=question,response={learned}"] if learned else []
    assert [guess.mapping for guess in plan.guesses] == expected


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("eval.jsonl", {"expected_keywords": ["{n}", "card"]}, "prompt=question,response=expected_keywords"),
        ("eval.jsonl", {"must_contain": "card {n}", "source": "a.pdf"}, "prompt=question,response=must_contain"),
        ("eval.jsonl", {"fatos_esperados": ["{n}"]}, "prompt=question,response=fatos_esperados"),
        (
            "eval.jsonl",
            {"expected_facts": ["{n}"], "expected_agent": "a", "previous_answer": "It was {n}."},
            "prompt=question,response=expected_facts",
        ),
        ("eval.jsonl", {"key_points": ["{n}"], "category": "a"}, "prompt=question,response=key_points"),
        ("eval.jsonl", {"expected_keywords": ["{n}"], "expected_answer": "It is {n}."}, None),
        ("eval.jsonl", {"expected_keywords": ["{n}"], "answer": "It is {n}."}, None),
        ("eval.jsonl", {"expected_source_docs": ["{n}.pdf"]}, "prompt=question"),
        ("rows.jsonl", {"expected_keywords": ["{n}", "card"]}, "prompt=question"),
    ],
)
def test_what_an_answer_must_contain_is_that_of_an_evaluation_set(
    tmp_path: Path, name: str, row: dict[str, Any], expected: str | None
) -> None:
    texts = [json.dumps({"question": "Who has card {n}?"} | row).replace("{n}", str(n)) for n in range(30)]
    (source,) = open_sources([write(tmp_path / name, [json.loads(text) for text in texts])])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping) == expected


def test_what_an_answer_must_contain_is_that_of_instructions_too(tmp_path: Path) -> None:
    rows = [
        {
            "instruction": f"Say who has card {n}.",
            "input": f"Log {n % 7} of dock {n}.",
            "expected_key_points": [f"It is {n}.", "Yes."],
        }
        | {"task_type": "owner", "scenario": "night", "source_trace": ["log 1", "log 2"]}
        for n in range(30)
    ]
    (source,) = open_sources([write(tmp_path / "eval.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=instruction,context=input,response=expected_key_points", True)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        *(("thought_process", True), ("thinking_trajectories", True), ("r1_thinking_trajectory", True)),
        *(("teacher_reasoning", True), ("teacherRationale", True), ("teacher_name", False)),
        *(("reasoning_type", False), ("trajectories", False)),
        *(("assistant_scratchpad", True), ("hiddenReasoning", True), ("internal_note", False)),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_note_says_that_reasoning_is_not_read(tmp_path: Path, key: str, said: bool, listed: bool) -> None:
    thoughts = [f"It has the sign of Ada, {n}." for n in range(9)]
    rows = [
        {"question": f"Who owns boat {n}?", key: [text] if listed else text, "answer": "Ada"}
        for n, text in enumerate(thoughts)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    learned, read = f"prompt=question,response={key}+answer", f"prompt=question,context={key},response=answer"
    # A list is no text.
    how = "" if listed else f"; to learn it: --columns {learned}; to have it in the prompt: --columns {read}"
    assert [*map(str, notes)] == [f'a.jsonl: the reasoning under "{key}" is neither read nor learned{how}'] * said


def test_a_thought_in_rows_that_are_not_read_is_no_reasoning(tmp_path: Path) -> None:
    rows = [{"place": f"Dock {n}", "thought": f"Nobody waits for me at dock {n}.", "mood": "low"} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert not notes


@pytest.mark.parametrize("said", [False, True])
def test_reasoning_that_is_in_a_message_is_learned(tmp_path: Path, said: bool) -> None:
    rows = [
        {
            "prompt": f"Who owns boat {n}?",
            "generation": (thought := f"<think>It has the sign of Ada, {n}.</think>Ada"),
            "messages": [
                {"role": "user", "content": f"Who owns boat {n}?"},
                {"role": "assistant", "content": thought if said else "Ada"},
            ],
        }
        for n in range(9)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any("neither read nor learned" in str(note) for note in notes) is not said


@pytest.mark.parametrize(("key", "said"), [("answer_format", False), ("answer_draft", True)])
def test_the_format_of_an_answer_is_no_reasoning(tmp_path: Path, key: str, said: bool) -> None:
    form = "<think>Why it is so.</think> Then the name alone."
    rows = [{"question": f"Who owns boat {n}?", "answer": "Ada", key: form} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any("the reasoning under" in note for note in notes) is said


def test_a_null_among_generated_answers_is_not_filled_from_the_right_ones(tmp_path: Path) -> None:
    def guessed(failed: object, right: object = "It is {n}.", name: str = "a.jsonl", key: str = "final_answer") -> str:
        rows = [
            {"question": f"How many boats are at dock {n}?", key: failed if n % 9 == 7 else f"About {n}."}
            | {"ground_truth": right.replace("{n}", str(n)) if isinstance(right, str) else right}
            for n in range(60)
        ]
        (source,) = open_sources([write(tmp_path / name, rows)])
        guess = guess_columns(source, Detector())
        return "" if guess is None else guess.mapping

    assert guessed(None) == "prompt=question,response=final_answer"
    assert guessed("") == ""  # which is reported anyway
    assert guessed("About 7.") == ""
    assert guessed(None, key="gold_answer") == ""  # both are right
    assert guessed(None, name="test.jsonl") != "prompt=question,response=final_answer"  # what is right is learned


def test_rows_of_two_layouts_in_one_table_have_their_answer_under_one_of_two_keys(tmp_path: Path) -> None:
    rows = [
        {"question": f"How many boats are at dock {n}?", "answer": None, "ground_truth": None}
        | {("answer", "ground_truth")[n % 9 == 7]: f"About {n}."}
        for n in range(60)
    ]
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>It has the sign of Ada.</think>", True),
        ("\n<think>\nIt has the sign of Ada.\n</think>\nIt is hers.", True),
        ("<think>It has the sign of Ada.", False),
        ("Write <think>it has the sign of Ada</think> first.", False),
    ],
)
def test_a_note_names_reasoning_between_tags_under_any_key(tmp_path: Path, text: str, said: bool) -> None:
    rows = [{"question": f"Who owns boat {n}?", "why": text, "answer": "Ada"} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any('the reasoning under "why" is neither read' in each for each in notes) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [("[{0}, {1}]", True), ("[({0}, {1})]", True), ("[[{0}, {1}]]", True), ("[2, 3]", False), ("[900, 901]", False)],
)
def test_a_note_names_places_in_a_text(tmp_path: Path, places: str, said: bool) -> None:
    spans = [places.format(21, 24 + n % 5) for n in range(30)]
    rows = [{"text": f"Boat {n} is at dock {n * 7} in the old harbour.", "spans": each} for n, each in enumerate(spans)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    found = "a.jsonl: numbers next to the text look like offsets in it and are not read: spans"
    expected = f"{found}; to learn them: --columns prompt=text,response=spans"
    assert [*map(str, notes)] == [expected] * said


def test_a_note_names_lists_of_parts_of_a_text(tmp_path: Path) -> None:
    rows = [{"text": f"Boat {n} is at dock {n * 7}.", "n_boat": f"['Boat {n}']", "n_gate": "['x']"} for n in range(30)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    option = "--columns prompt=text,response=n_boat"
    said = f"a.jsonl: lists next to the text contain parts of it and are not read; to learn them: {option}"
    assert [*map(str, notes)] == [said]


@pytest.mark.parametrize(
    ("chosen", "rejected", "said"), [(["It is."], ["No.", "Go away."], True), ("It is.", "No.", False)]
)
def test_a_note_says_that_one_of_several_answers_is_read(
    tmp_path: Path, chosen: object, rejected: object, said: bool
) -> None:
    rows = [{"prompt": f"Is dock {n} full?", "chosen": chosen, "rejected": rejected} for n in range(30)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    expected = (
        "a.jsonl: of the answers listed in chosen and rejected, the first ones are read; the others are checked only "
        "for empty ones and those on both sides"
    )
    assert [*map(str, notes)] == [expected] * said


@pytest.mark.parametrize(("key", "said"), [("bart_summary", True), ("topic", False)])
def test_a_note_names_what_may_be_learned_of_a_text(tmp_path: Path, key: str, said: bool) -> None:
    text = "Boat {0} is at dock {1} in the old harbour. Its owner has not been seen since day {0}, and nobody asks."
    other = "Boat {0} is at a dock and has no owner." if said else "boats"
    rows = [
        {
            "text": text.format(n, n * 7),
            key: other.format(n),
            "pegasus_summary": f"Boat {n} has been alone at dock {n * 7} for days.",
        }
        for n in range(30)
    ]
    rows = rows if said else [{"text": row["text"], key: ("boats", "docks")[n % 2]} for n, row in enumerate(rows)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    option = "--columns prompt=text,response=bart_summary"
    assert [*map(str, notes)] == [
        f"a.jsonl: only the text is read; to learn an answer or label next to it: {option}"
    ] * said


@pytest.mark.parametrize(
    ("share", "expected"),
    [(1, "prompt=text,response=ground_truth,category=category"), (3, "prompt=text,category=category")],
)
def test_a_category_beside_what_is_expected_is_no_answer(tmp_path: Path, share: int, expected: str) -> None:
    rows: list[dict[str, Any]] = [
        {"text": f"Who owns boat {n}?", "category": ("boats", "docks")[n % 2]} for n in range(60)
    ]
    for row in rows[::share]:
        row["ground_truth"] = f"The guard owns it, says {row['text']}"
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, expected)


def test_what_is_expected_of_a_text_by_its_name_is_learned(tmp_path: Path) -> None:
    rows = [
        {"id": f"go-{n}", "text": f"walk to dock {n}", "expected_action": said, "expected_args": {}, "note": "a walk"}
        for n, said in enumerate(("move", "look", "move", "sow"))
    ]
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, "prompt=text,response=expected_action")
    # Where a row has none, it is no answer.
    (source,) = open_sources([write(tmp_path / "a.jsonl", [*rows, rows[0] | {"expected_action": ""}])])
    guess = guess_columns(source, Detector())
    assert guess is None or not guess.clear


def test_no_more_rows_are_read_than_the_sample(tmp_path: Path) -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield from FRAGE
        yield from (LATE for _ in range(10 * ROWS))

    guess = guess_columns(from_object(rows()), Detector())
    assert guess is not None
    few = guess_columns(from_object([*FRAGE, *[LATE] * ROWS][:ROWS]), Detector())
    assert guess == few


SORTED = [{"saying": f"said of boat {n}", "mood": "joy" if n < 900 else "anger"} for n in range(1300)]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.parquet"])
def test_of_sorted_rows_later_ones_are_sampled_too(tmp_path: Path, name: str) -> None:
    import polars as pl

    path = tmp_path / name
    if name == "rows.jsonl":
        write(path, SORTED)
    else:
        frame = pl.DataFrame(SORTED)
        frame.write_csv(path) if name == "rows.csv" else frame.write_parquet(path)
    (source,) = open_sources([str(path)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=saying,response=mood,category=mood", True)


def test_of_rows_that_are_sorted_by_sentences_later_ones_are_sampled_too(tmp_path: Path) -> None:
    said = "The signs that you describe are mostly those of a {}, so please let somebody on board look at it today."
    rows = [{"user input": f"signs of boat {n}", "assistant response": said.format("leak")} for n in range(900)]
    rows += [{"user input": f"signs of boat {n}", "assistant response": said.format(n)} for n in range(900, 1300)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=user input,response=assistant response", True)


def test_kinds_of_rows_that_take_turns_are_all_sampled() -> None:
    rows = [{"lang": "en", "kind": "ab"[n % 2], "n": n} for n in range(2000)]
    sampled = sample(rows[0], iter(rows[1:]))
    assert sampled[:ROWS] == rows[:ROWS]
    assert ROWS < len(sampled) <= 2 * ROWS
    assert {row["kind"] for row in sampled[ROWS:]} == {"a", "b"}
    assert max(row["n"] for row in sampled) > 1900


def test_of_rows_that_differ_no_more_are_sampled() -> None:
    rest = iter([{"a": n, "b": f"text {n}", "c": ""} for n in range(1, 1000)])
    assert len(sample({"a": 0, "b": "text 0", "c": ""}, rest)) == ROWS
    assert next(rest)["a"] == ROWS


def test_tables_and_compressed_files_are_sampled_too(tmp_path: Path) -> None:
    import polars as pl

    pl.DataFrame(FRAGE).write_parquet(tmp_path / "train.parquet")
    pl.DataFrame(FRAGE).write_csv(tmp_path / "train.csv", separator=";")
    (tmp_path / "train.json").write_text(json.dumps(FRAGE), encoding="utf-8")
    for name in ("train.parquet", "train.csv", "train.json"):
        report = checked(str(tmp_path / name))
        assert [file.shape for file in report.files] == ["mapped"], name
        assert any(CLEAR in note for note in report.notes), name


@pytest.mark.parametrize(("aspect", "context"), [("", ""), ("seat", "context=subject,")])
def test_what_separates_repeats_after_the_first_rows_is_read(tmp_path: Path, aspect: str, context: str) -> None:
    def row(n: int, subject: str, value: int) -> dict[str, Any]:
        return {"content": f"the car of week {n} is fine", "subject": subject, "sentiment_value": value}

    plain = [row(n, ("price", "power")[n % 2], n % 3) for n in range(260)]
    again = [row(n, aspect or ("price", "power")[n % 2], (n + 1) % 3) for n in range(240, 260)]
    [source] = open_sources([write(tmp_path / "train.jsonl", [*plain, *again])])
    guess = guess_columns(source, Detector({}))
    assert guess is not None
    assert guess.mapping == f"prompt=content,{context}response=sentiment_value,category=sentiment_value"


def test_a_table_that_is_read_in_spite_of_its_name_is_no_format_error(tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text("prompt;completion\nHi;Hello\nBye;See you\n", encoding="utf-8")
    report = checked(str(tmp_path / "train.csv"))
    assert [(f.rule, f.severity.value) for f in report.findings if f.rule == "FMT021"] == [("FMT021", "warning")]
    gates = [gate for factor in report.factors.values() for gate in factor.gates]
    assert [gate.value for gate in gates if gate.measure == "format-error-examples"] == [0]


def test_what_the_model_reads_beside_a_mapped_prompt_is_part_of_it() -> None:
    rows = [
        {"Kontext": f"Berg {n} ist {n * 7} m hoch.", "Frage": "Wie hoch?", "Antwort": f"{n * 7} m"} for n in range(9)
    ]
    report = lint(rows, config={}, eval=False)
    assert codes(report).isdisjoint({"DIV004", "DIV005"})


def test_the_kind_is_that_of_the_guess() -> None:
    rows = [{"Beschreibung": "x", "content": f"The story of day {n} goes on and on without an end."} for n in range(60)]
    [guess] = filter(None, [guess_columns(from_object(rows), Detector())])
    assert (guess.mapping, guess.clear) == ("text=content", True)
    assert lint(rows, config={}, eval=False).kind == "text"


def test_numbers_of_classes_in_brackets_are_learned_next_to_a_text(tmp_path: Path) -> None:
    classes = ("[0]", "[0 2]", "[1]", "[]")
    rows = [
        {"text": f"The boat of dock {n} is out", "labels": classes[n % 4], "source": "ab"[n % 2]} for n in range(40)
    ]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, "prompt=text,response=labels")


def test_several_labels_of_one_text_can_contradict_each_other() -> None:
    labels = ("rude", "funny", "angry", "worried", "grateful", "confused")
    rows = [
        {
            "Kommentar": f"Der Zug nach Ort {n} kam zu spät.",
            **{key: n // k % 2 for k, key in zip((1, 2) * 3, labels, strict=True)},
        }
        for n in range(60)
    ]
    report = lint([*rows, rows[9], rows[7] | {key: rows[8][key] for key in labels}], config={}, eval=False)
    assert [file.shape for file in report.files] == ["mapped"]
    assert [(f.row, f.related[0].row) for f in report.findings if f.rule == "DIV005"] == [(62, 8)]


def test_a_misspelled_key_is_no_layout_where_other_rows_have_it_right() -> None:
    def row(key: str, n: int) -> dict[str, Any]:
        turns = (("user", f"Is dock {n} full?"), ("assistant", f"No, {n + 3} places are free."))
        return {key: [{"role": role, "content": text} for role, text in turns]}

    rows = [row("mesages" if n < 3 else "messages", n) for n in range(30)]
    report = lint(rows, config={}, eval=False)
    assert "FMT106" in codes(report)
    assert not any("guessed" in note for note in report.notes)


@pytest.mark.parametrize(("key", "shape"), [("answer", "mapped"), ("remark", "text")])
def test_an_answer_to_a_text_is_read_in_a_few_rows(key: str, shape: str, tmp_path: Path) -> None:
    rows = [{"index": n, "text": f"The owner of dock {n} may close it.", key: ["Yes", "No"][n % 2]} for n in range(5)]
    report = checked(write(tmp_path / "rows.jsonl", rows))
    assert [file.shape for file in report.files] == [shape]


@pytest.mark.parametrize(
    ("key", "places", "shape"),
    [
        ("entities", [{"start": 0, "end": 4, "tag": "ORG"}, {"start": 8, "end": 12, "tag": "LOC"}], "mapped-labels"),
        ("tags", [{"start": 0, "end": 4, "tag": "ORG"}, {"start": 8, "end": 12, "tag": "LOC"}], "mapped-labels"),
        # A type does not make a part of a message of them, which has no text.
        ("entities", [{"entity": "Acme", "type": "company"}, {"entity": "Rome", "type": "town"}], "mapped"),
    ],
)
def test_places_in_a_text_are_read_although_text_alone_is_a_shape(
    key: str, places: list[dict[str, Any]], shape: str, tmp_path: Path
) -> None:
    rows = [{key: places, "text": f"Acme in Rome, {n}"} for n in range(40)]
    report = checked(write(tmp_path / "rows.jsonl", rows))
    assert [file.shape for file in report.files] == [shape]
    assert "QUA002" not in codes(report)


def test_a_note_counts_the_rows_that_an_annotator_left_out(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 4, "label": "SONG"}]
    rows = [{"text": f"song {n} of the day", "spans": spans, "answer": "accept"} for n in range(40)]
    assert not [note for note in checked(write(tmp_path / "a.jsonl", rows)).notes if "answer" in note]
    assert not checked(
        write(tmp_path / "c.jsonl", [{"question": f"Who {n}?", "answer": ["Bo"]} for n in range(9)])
    ).notes
    rows[3]["answer"], rows[5]["answer"], rows[8]["answer"] = "ignore", "reject", "ignore"
    (note,) = [note for note in checked(write(tmp_path / "b.jsonl", rows)).notes if "answer" in note]
    assert note == (
        'b.jsonl: "answer" is "reject" in 1 and "ignore" in 2 of 40 rows, which are learned like the others: '
        "delete them"
    )
    tasks = [{"text": r["text"], "label": "X", "answer": r["answer"], "_task_hash": n} for n, r in enumerate(rows)]
    report = checked(write(tmp_path / "d.jsonl", tasks))
    assert [file.shape for file in report.files] == ["prodigy"]
    assert report.notes[0] == (
        'd.jsonl: "answer" is "reject" in 1 and "ignore" in 2 of 40 rows, whose labels are not read: delete them'
    )


@pytest.mark.parametrize(
    ("name", "said", "note"),
    [
        ("train.jsonl", "test", '"metadata.split" is "test" in 3 of 60 rows, which are trained on'),
        ("val.jsonl", "train", '"metadata.split" is "train" in 3 of 60 rows, which are held out'),
        ("train.jsonl", "train", ""),
        ("rows.jsonl", "test", ""),
        ("test.jsonl", "validation", ""),
    ],
)
def test_a_note_says_where_rows_are_of_another_split_than_their_file(
    name: str, said: str, note: str, tmp_path: Path
) -> None:
    own = "train" if name == "train.jsonl" else "val"
    rows = [{**row, "metadata": {"split": said if n < 3 else own}} for n, row in enumerate(FRAGE)]
    found = [each for each in checked(write(tmp_path / name, rows)).notes if "split" in each]
    assert found == ([f"{name}: {note}"] if note else [])


def test_the_split_of_rows_without_an_evaluation_set_is_said_once(tmp_path: Path) -> None:
    rows = [{**row, "split": "test" if n < 3 else "train"} for n, row in enumerate(FRAGE)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert not [note for note in report.notes if "split" in note]
    assert "RDY001" in codes(report)


def test_a_note_names_the_languages_of_questions_that_are_not_read(tmp_path: Path) -> None:
    def rows(*languages: str) -> list[dict[str, Any]]:
        asked = [[{"language": name, "string": f"Is {n} full? ({name})"} for name in languages] for n in range(20)]
        return [{"question": each, "query": {"sparql": f"ASK {{ {n} }}"}} for n, each in enumerate(asked)]

    [note] = [note for note in checked(write(tmp_path / "a.jsonl", rows("de", "en", "fr"))).notes if "language" in note]
    assert note.startswith('a.jsonl: each question is in up to 3 languages, and "en" is read: write those in de, fr as')
    notes = checked(write(tmp_path / "b.jsonl", rows("en"))).notes
    assert not any("language" in note for note in notes)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"id": "{n}", "turns": [{"speaker": "USER", "utterance": "Is {n} full?", "frames": [{"slot": 1}]}]},
            "turns.frames",
        ),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "belief_state": {"dock": "{n}"}}, "belief_state"),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "Target": "The dock {n} is full again."}, "Target"),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "target": "dock {n}", "state": "CA", "slots": []}, ""),
    ],
)  # fmt: skip
def test_a_note_names_states_that_are_not_read(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    if "turns" in row:
        row = {**row, "turns": [*row["turns"], {"speaker": "SYSTEM", "utterance": "Not yet, {n}.", "frames": []}]}
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(20)]
    notes = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "neither read" in note]
    assert notes == ([f"train.jsonl: what is under {said} is neither read nor learned"] if said else [])


@pytest.mark.parametrize(("key", "said"), [("paragraph", True), ("context", False)])
def test_a_note_counts_the_passages_that_are_empty(tmp_path: Path, key: str, said: bool) -> None:
    rows = [
        {
            key: f"Dock {n} holds {n * 7} boats." if n % 4 else "",
            "question": f"Is dock {n} full?",
            "answer": f"No, {n}.",
        }
        for n in range(40)
    ]
    notes = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "empty" in note]
    note = f'train.jsonl: "{key}" is empty in 10 of the first 40 rows: their questions are asked without it'
    assert notes == ([note] if said else [])


UNANSWERED = [
    {"id": n, "instruction": "Answer with a number.", "input": f"How long is bridge {n} of the river?"}
    for n in range(30)
]


@pytest.mark.parametrize(("name", "kind"), [("test.jsonl", None), ("a.jsonl", "rl"), ("a.jsonl", "evaluation")])
def test_instructions_without_an_output_are_prompts_where_these_are_expected(
    tmp_path: Path, name: str, kind: str | None
) -> None:
    report = lint(write(tmp_path / name, UNANSWERED), eval=False, config={} if kind is None else {"kind": kind})
    assert "FMT104" not in codes(report)
    assert f"{name}: guessed from the names: --columns prompt=instruction,context=input" in report.notes


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (UNANSWERED, " to learn from; as prompts alone, try --columns prompt=instruction,context=input"),
        ([*UNANSWERED, {**UNANSWERED[0], "output": "7"}], ""),
        ([{**row, "note_of_the_reply": "It has no less than seven pillars in the water"} for row in UNANSWERED], None),
    ],
)
def test_instructions_without_an_output_lack_it_in_training_data(
    tmp_path: Path, rows: list[dict[str, Any]], said: str | None
) -> None:
    report = lint(write(tmp_path / "a.jsonl", rows), eval=False, config={"select": ["FMT104"]})
    found = {finding.message for finding in report.findings}
    assert found == (set() if said is None else {f"no 'output'; the row has 'instruction', which needs it{said}"})


@pytest.mark.parametrize(
    ("drop", "more", "leaked"),
    [
        (("output",), {}, True),
        ((), {}, False),  # a leak of the whole row
        (("output", "instruction"), {}, False),
        (("output",), {"hint": "x"}, False),
    ],
)
def test_an_evaluation_set_without_answers_is_compared_by_its_prompts(
    tmp_path: Path, drop: tuple[str, ...], more: dict[str, str], *, leaked: bool
) -> None:
    rows = [
        {"instruction": f"Is dock {n} full, or {n * 7 % 60}?", "output": ANSWER.format(n=n), "form": "ab"[n % 2]}
        for n in range(60)
    ]
    held = [{key: value for key, value in row.items() if key not in drop} | more for row in rows[:6]]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    assert [each.row for each in report.findings if each.rule == "RDY005"] == (list(range(1, 7)) if leaked else [])
    said = 'test.jsonl: no row has "output", so there is no answer to evaluate with: the prompts alone are compared'
    assert (said in report.notes) is leaked
    # A training row that lacks its answer is an error as ever.
    found = codes(lint([*rows, {"instruction": "Is it?", "form": "a"}], config={}, eval=test))
    assert not found.isdisjoint({"FMT101", "FMT104"})


def test_a_text_next_to_one_without_its_label_is_not_learned_instead(tmp_path: Path) -> None:
    rows = [
        {
            "text": f"Dock {n} was full of boats on day {n * 7}.",
            "bio": f"I sail boat {n} and repair {n} nets.",
            "label": n % 2,
        }
        for n in range(60)
    ]
    held = [{"text": row["text"], "bio": row["bio"]} for row in rows[:30]]
    train, test = (write(tmp_path / f"{name}.jsonl", part) for name, part in (("train", rows), ("test", held)))
    report = lint(train, config={}, eval=test)
    said = 'test.jsonl: no row has "label", so there is no answer to evaluate with: the prompts alone are compared'
    assert said in report.notes
    assert not any("response=bio" in str(note) for note in report.notes)


@pytest.mark.parametrize(
    ("row", "learned"),
    [
        ({"model": "big", "reference": ["No, {n}.", "{n}"]}, "reference"),
        ({"model": "big", "reference": ["https://dock.example/{n}"]}, None),
        ({"reference": ["No, {n}.", "{n}"]}, None),
    ],
)
def test_the_right_answers_next_to_that_of_a_named_model_are_learned(
    tmp_path: Path, row: dict[str, Any], learned: str | None
) -> None:
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(30)]
    rows = [{"question": f"Is dock {n} full?", "answer": f"It is, {n}."} | each for n, each in enumerate(rows)]
    [source] = open_sources([write(tmp_path / "leaderboard.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (guess and dict(guess.columns).get("response")) == learned


def test_of_many_keys_those_with_the_longest_texts_are_named(tmp_path: Path) -> None:
    rows = [
        {
            "row": number,
            "made": "2024-05-01",
            "link": f"https://example.org/harbour/of/the/old/town/{number}",
            "aa": f"The ferry leaves at {number} from the old pier.",
            "bb": f"Nobody knows who moored the grey boat {number} there, nor when it will leave again.",
            "cc": "a b",
            "dd": True,
            "ee": 2.5,
        }
        for number in range(30)
    ]
    report = checked(write(tmp_path / "train.jsonl", rows))
    [said] = {finding.message.partition(";")[0] for finding in report.findings if finding.rule == "FMT101"}
    assert said == "no known shape for keys bb, aa, link and 5 more"


def test_an_evaluation_set_that_is_damaged_does_not_change_how_the_training_rows_are_read(tmp_path: Path) -> None:
    train = write(
        tmp_path / "train.jsonl",
        [
            {"messages": [{"role": "user", "content": f"Is dock {n} full?"}, {"role": "assistant", "content": "Yes."}]}
            for n in range(30)
        ],
    )
    held = write(tmp_path / "test.jsonl", [{"messages": "none"} for _ in range(30)])
    report = lint(train, eval=held, config={"select": ["FMT101", "RDY002"]})
    assert [file.shape for file in report.files if file.path == train] == ["openai-chat"]
    assert (report.measures["valid-examples"], report.measures["evaluation-examples"]) == (30, 0)
