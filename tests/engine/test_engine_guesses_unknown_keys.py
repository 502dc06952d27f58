"""Guesses about rows of unknown shape: when they are used, what the report says, and which rows differ from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from guess_runs import CLEAR, FRAGE, asked, checked, codes, write

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.guesses.source_columns import guess_columns
from datalint.operations.check import lint
from datalint.setup.plan import make_plan
from datalint.shapes.detect import Detector
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object


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


def test_what_the_user_maps_is_not_guessed(tmp_path: Path) -> None:
    sources = open_sources([write(tmp_path / "train.jsonl", FRAGE)])
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"columns": {"text": "Frage"}})
    plan, notes = with_guesses(make_plan(settings, Registry.default()), sources)
    assert (plan.guesses, notes) == ((), [])


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


def test_a_misspelled_key_is_no_layout_where_other_rows_have_it_right() -> None:
    def row(key: str, n: int) -> dict[str, Any]:
        turns = (("user", f"Is dock {n} full?"), ("assistant", f"No, {n + 3} places are free."))
        return {key: [{"role": role, "content": text} for role, text in turns]}

    rows = [row("mesages" if n < 3 else "messages", n) for n in range(30)]
    report = lint(rows, config={}, eval=False)
    assert "FMT106" in codes(report)
    assert not any("guessed" in note for note in report.notes)


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


def test_a_few_rows_of_one_layout_have_one_message() -> None:
    piers = [
        {"name": "pier of the long rope", "about": "for boats that stay the night"},
        {"name": "pier of the old lamp", "about": "for boats that leave at noon"},
    ]
    rows = [
        {"url": f"ports://{side}", "data": {"harbour": f"harbour of the {side}", "way": "12 min walk", "piers": piers}}
        for side in ("north", "south")
    ]
    west = {"harbour": "harbour of the west", "way": "9 min walk", "piers": [{"name": "west pier", "about": "for all"}]}
    rows.append({"url": "ports://the-harbour-of-the-west/pier", "data": west})
    found = [each.message for each in lint(rows, config={"select": ["FMT101"]}).findings]
    assert found == ['no known shape for keys url, data; write each item of "data.piers" as a row'] * 3


def test_one_proposal_is_made_for_a_few_rows_with_the_same_keys() -> None:
    title = "A boat of the old pier lay at the quay for two days, and nobody came to see it."
    usual = {"note": "north", "status": "open", "harbour": "The lamp is out.", "title": title}
    rows = [usual, usual, {"note": title, "status": "7", "harbour": "north", "title": title}]
    found = {each.message.rpartition("; ")[2] for each in lint(rows, config={"select": ["FMT101"]}).findings}
    assert found == {"try --columns prompt=title,response=status"}


def test_an_empty_list_of_messages_under_a_guessed_key_is_no_example(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Is it full?"}, {"role": "assistant", "content": "No, it is not."}]
    report = checked(write(tmp_path / "a.jsonl", [{"history": turns, "dock": 1}, {"history": [], "dock": 2}]))
    found = [(each.rule, each.line) for each in report.findings if each.rule.startswith("FMT")]
    assert found == [("FMT201", 2)]
