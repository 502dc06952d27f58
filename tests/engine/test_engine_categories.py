"""Which key the balance factor counts, and which field says that a row was reviewed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from category_runs import ROWS, SELECT, key_of, lint, measures

import datalint
from datalint import Verdict
from datalint.core.errors import DatalintError
from datalint.testing import sentence


def halves(key: str) -> list[dict[str, Any]]:
    return [{key: "a"}, {key: "b"}]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ([{}], None),
        (halves("category"), "category"),
        (halves("Category"), "Category"),
        ([{"category": 1.0}, {"category": 0.5}], "category"),
        ([{"category": 1.0}, {"category": 2 / 3}], None),
        (halves(" topic "), " topic "),
        (halves("source"), None),
        (halves("tag"), "tag"),
        (halves("colour"), None),
        ([{"metadata": each} for each in halves("category")], "metadata.category"),
        ([{"meta": each} for each in halves("intent")], "meta.intent"),
        ([{"info": {"extra": each}} for each in halves("category")], None),
        ([{"elsewhere": each} for each in halves("category")], None),
        ([{"source": "x", **each} for each in halves("category")], "category"),
        ([{"metadata": each, "source": "x"} for each in halves("category")], "metadata.category"),
        ([{"category": 1}, {"category": 2}], "category"),
        ([{"category": True}, {"category": False}], "category"),
        ([{"category": "a"}], None),
        ([{"intent": "a"}], None),
        ([{"genre": "a"}], None),
        ([{"category": {"a": 1}}], None),
        ([{"intent": "a"}, {"intent": "b"}, {}], "intent"),
        ([{"intent": "a"}, {"intent": "b"}, {"intent": None}], "intent"),
        ([{"intent": "a"}, {"intent": " "}, {}], None),
        ([{"category": f"text {n} that never repeats"} for n in range(ROWS)], None),
        ([{"category": str(n // 3)} for n in range(ROWS)], "category"),
        ([{"label": "O B-DOCK O"}, {"label": "0 B-BOAT I-BOAT"}], None),
        ([{"label": "B-side"}, {"label": "O level"}], "label"),
        ([{"category": "\ud800"}, {"category": "b"}], "category"),
        ([{"category": "x" * 1000}, {"category": "b"}], "category"),
    ],
)
def test_keys_found_by_name(more: list[dict[str, Any]], key: str | None) -> None:
    assert key_of(lint(*more)) == key


@pytest.mark.parametrize(
    ("key", "value", "share", "counted"),
    [
        ("intent", "ask_{}", 0.6, True),
        ("intent", "ask_{}", 0.8, False),
        ("intent", "ask {} what the boat does now", 0.6, False),
        ("topic", "ask_{}", 0.6, False),
    ],
)
def test_intents_are_categories_even_if_most_are_rare(key: str, value: str, share: float, counted: bool) -> None:
    rows = [{"text": f"Where is boat {n} now?", key: value.format(int(n * share))} for n in range(60)]
    assert (key_of(datalint.lint(rows, config=SELECT, eval=False)) == key) is counted


def test_one_value_is_counted_only_if_its_key_is_named(tmp_path: Path) -> None:
    rows = [{"prompt": f"Is {n} even?", "completion": f"Say {n}.", "intent": "parity"} for n in range(ROWS)]
    for name in ("numbers-eval.jsonl", "numbers.jsonl"):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert key_of(datalint.lint(tmp_path / name, eval=False, config=SELECT)) is None
        named = datalint.lint(tmp_path / name, eval=False, config=SELECT | {"balance": {"field": "intent"}})
        assert key_of(named) == "intent"


def test_a_preference_label_is_no_category() -> None:
    assert key_of(lint({"label": True}, {"label": False})) is None
    rows = [{"prompt": f"Is {n} even?", "chosen": "Yes.", "rejected": "No.", "label": "ab"[n % 2]} for n in range(20)]
    assert key_of(datalint.lint(rows, config=SELECT)) is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ([{}], "no category key found; name one with --category KEY"),
        ([{"label": True}, {"label": False}], "no category key found; name one with --category KEY"),
        (
            [{"team": "ab"[n % 2], "note": f"n {n}"} for n in range(ROWS * 6)],
            "no category key found; 'team' could be one: --category team",
        ),
        (
            [{"meta": {"answer_type": "ab"[n % 2]}, "page_type": f"p{n}"} for n in range(ROWS * 6)],
            "no category key found; 'meta.answer_type' could be one: --category meta.answer_type",
        ),
        (
            [{"team": "ab"[n % 2], "answer_type": "abc"[n % 3], "shift": "ab"[n % 2]} for n in range(ROWS * 6)],
            "no category key found; name one with --category KEY, "
            "for example --category team (2 values in 20 rows) or --category answer_type (3 values in 20 rows)",
        ),
        (
            [{"科室": ("门诊", "急诊")[n % 2], "序号": n} for n in range(ROWS * 6)],
            "no category key found; name one with --category KEY, for example --category 科室 (2 values in 20 rows)",
        ),
        (
            [{"harbour": ("north", "south", "")[n % 3]} for n in range(ROWS * 6)],
            "no category key found; name one with --category KEY",
        ),
        (
            [{"main_node": ("pay", "leave", "travel")[n % 3], "labeler": "ab"[n % 2]} for n in range(ROWS * 6)],
            "no category key found; 'main_node' could be one: --category main_node",
        ),
        (
            [{"context": ("orders", "items", "shops")[n % 3]} for n in range(ROWS * 6)],
            "no category key found; name one with --category KEY",
        ),
        (
            [{"source": "abc"[n % 3], "done": ("yes", "no", "none")[n % 3]} for n in range(ROWS * 6)],
            "no category key found; name one with --category KEY",
        ),
        (
            [{"topic": f"text {n} that never repeats"} for n in range(ROWS)],
            "'topic' is no category: its values hardly repeat; name a key with --category KEY",
        ),
        (
            [{"task_type": "sums", "main_node": ("pay", "leave", "travel")[n % 3]} for n in range(ROWS * 6)],
            "'task_type' is no category: all rows have the same value; 'main_node' could be one: --category main_node",
        ),
        (
            [{"intent": f"Say in one sentence what is done with text {n}."} for n in range(ROWS)],
            "no category key found; name one with --category KEY",
        ),
        (
            [{"mood": ["calm", "late"], "intent": ["calm", "late"]} for _ in range(ROWS * 6)],
            "'intent' is no category: 100 % of the rows have no value, or a list; name a key with --category KEY",
        ),
        (
            [{"topic": "a", "domain": "b"}, {}, {}],
            "'domain' is no category: 65 % of the rows have no value, or a list; name a key with --category KEY",
        ),
        (
            [{"genre": ("-", "NULL", "waltz", "n/a")[n % 4]} for n in range(ROWS)],
            "'genre' is no category: 75 % of the rows have no value, or a list; name a key with --category KEY",
        ),
    ],
)
def test_without_a_category_the_reason_says_why(more: list[dict[str, Any]], reason: str) -> None:
    factor = lint(*more).factors["balance"]
    assert factor.verdict is Verdict.NOT_ASSESSED
    assert factor.remedy == reason


def test_no_key_is_asked_for_where_texts_are_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("".join(f"Pier {n} is open today.\n" for n in range(60)))
    remedy = "no category key found: the rows are texts without any other key"
    assert datalint.lint(tmp_path / "notes.txt", config=SELECT).factors["balance"].remedy == remedy
    rows = [{"text": f"Pier {n} is open today.", "note": f"n {n}"} for n in range(60)]
    assert datalint.lint(rows[:], config=SELECT).factors["balance"].remedy.endswith("name one with --category KEY")
    rows = [{"text": row["text"]} for row in rows]
    assert datalint.lint(rows, config=SELECT).factors["balance"].remedy == remedy


@pytest.mark.parametrize(
    ("values", "said"), [(25, ", for example --category harbour (25 values in 200 rows)"), (51, "")]
)
def test_examples_of_categories_have_at_most_fifty_values(values: int, said: str) -> None:
    rows = [
        {"prompt": f"Is {n} even?", "completion": f"Of {n}: {'ny'[n % 2]}.", "harbour": f"pier {n % values}"}
        for n in range(400)
    ]
    factor = datalint.lint(rows, config=SELECT).factors["balance"]
    assert factor.remedy == f"no category key found; name one with --category KEY{said}"


def test_a_side_of_preferences_is_no_category() -> None:
    said = ("Not our concern.", "Ask elsewhere.", "That is closed.")
    rows = [
        {"prompt": f"When does pier {n} open?", "chosen": f"At {n} o'clock.", "rejected": said[n % 3]}
        for n in range(60)
    ]
    factor = datalint.lint(rows, config=SELECT).factors["balance"]
    assert factor.remedy == "no category key found; name one with --category KEY"


def test_a_label_of_classes_is_one() -> None:
    rows = [{"text": f"It is {n} o'clock.", "label": "ab"[n % 2]} for n in range(20)]
    assert key_of(datalint.lint(rows, config=SELECT)) == "label"


def test_a_label_that_is_inferred_to_be_learned_comes_before_what_sorts_the_rows() -> None:
    rows = [
        {"sentence": f"It is {n} o'clock at the pier.", "category": "abc"[n % 3], "sentiment": ("good", "bad")[n % 2]}
        for n in range(60)
    ]
    assert key_of(datalint.lint(rows, config=SELECT)) == "sentiment"
    # What the user maps has no category of its own.
    columns = {"prompt": "sentence", "response": "sentiment"}
    assert key_of(datalint.lint(rows, config={**SELECT, "columns": columns})) == "category"


def test_letters_of_options_do_not_come_before_what_sorts_the_questions() -> None:
    rows = [
        {"text": f"What is {n} and {n}?\n{n}\n{n + n}\n{n + 3}\n0", "answer": "BCDA"[n % 4], "subject": "ab"[n % 2]}
        for n in range(4, 64)
    ]
    assert key_of(datalint.lint(rows, config=SELECT)) == "subject"
    # Where nothing else sorts them, they still say whether one letter is nearly always right.
    assert key_of(datalint.lint([{**row, "subject": None} for row in rows], config=SELECT)) == "answer"


@pytest.mark.parametrize(("letters", "numbers", "counted"), [(4, 3, False), (2, 5, True), (7, 0, True)])
def test_letters_of_options_among_free_answers_are_no_categories(letters: int, numbers: int, counted: bool) -> None:
    rows = [
        {
            "prompt": f"What is {n} and {n}?",
            "completion": f"It is {n * 7} on the boat.",
            "topic": "BCDA"[n % 4] if n % (letters + numbers) < letters else str(n % 39 + 100),
        }
        for n in range(420)
    ]
    found = datalint.lint(rows, config=SELECT, eval=False)
    assert (key_of(found) == "topic") is counted
    if not counted:
        assert "most of its values are letters of options" in (found.factors["balance"].remedy or "")


def test_the_label_of_two_texts_comes_before_what_sorts_them() -> None:
    texts = {"premise": "It is {n}.", "hypothesis": "It is late."}
    rows = [
        {key: text.replace("{n}", str(n)) for key, text in texts.items()}
        | {"gold_label": ("neutral", "entailment")[n % 2], "category": "abcdefgh"[n % 8]}
        for n in range(60)
    ]
    assert key_of(datalint.lint(rows, config=SELECT)) == "response"


@pytest.mark.parametrize(("listed", "counted"), [("", None), (" (dock, gate, pier, quay, mole)", "response")])
def test_words_copied_from_the_prompts_are_no_labels(listed: str, counted: str | None) -> None:
    words = ("dock", "gate", "pier", "quay", "mole")
    rows = [
        {"prompt": f"Where does boat {n} lie, which came to the {words[n % 5]}?{listed}", "completion": words[n % 5]}
        for n in range(60)
    ]
    assert key_of(datalint.lint(rows, config=SELECT)) == counted


@pytest.mark.parametrize(("most", "counted"), [(2, None), (1, "response")])
def test_several_marks_of_a_text_are_no_classes(most: int, counted: str | None) -> None:
    # Of one-hot columns, one is marked in each row.
    rows = [
        {
            "text": f"Berth {n} has no water, says boat {n * n}.",
            "anger": int(n % 3 == 0),
            "fear": int(n % 3 == 1),
            "joy": int(n % 3 == 2 or (most > 1 and n % 2 == 0)),
        }
        for n in range(120)
    ]
    assert key_of(datalint.lint(rows, config=SELECT)) == counted


@pytest.mark.parametrize(("key", "counted"), [("stars", None), ("berth", "response")])
def test_many_grades_are_no_classes(key: str, counted: str | None) -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    rows = [{"review": f"Boat {str(n).translate(letters)} left.", key: n % 11} for n in range(220)]
    report = datalint.lint(rows, config={**SELECT, "columns": {"prompt": "review", "response": key}})
    assert key_of(report) == counted


def test_a_guessed_category_is_counted() -> None:
    rows = [{"utterance_text": f"Berth {n} has no water.", "fault_category": "ab"[n % 2]} for n in range(40)]
    report = datalint.lint(rows)
    assert key_of(report) == "fault_category"
    assert "balance counts 'fault_category' (guessed, 2 values)" in report.notes


@pytest.mark.parametrize(
    ("sorts", "counted"),
    [
        # Twelve values of twenty rows are a category by its name.
        ({"category": lambda n: "abcdefghijkl"[n % 12] * 7, "risk_tag": lambda n: ("low", "high")[n % 2]}, "category"),
        ({"fault_category": lambda n: "ab"[n % 2], "domain": lambda n: "cde"[n % 3]}, "fault_category"),
    ],
)
def test_the_category_that_the_note_on_a_guess_names_is_counted(sorts: dict[str, Any], counted: str) -> None:
    rows = [
        {"question": f"Which boat is at pier {n}?", "expected_answer_points": [f"boat {n * 7}", f"since {n}"]}
        | {key: value(n) for key, value in sorts.items()}
        for n in range(20)
    ]
    report = datalint.lint(rows)
    assert key_of(report) == counted
    assert any(note.endswith(f",category={counted}") for note in report.notes)


def test_the_label_of_a_pair_is_counted_before_its_topic() -> None:
    rows = [
        {
            "text_1": f"Berth {n} has no water at noon.",
            "text_2": f"No water flows at quay {n * n}.",
            "label": n % 3 % 2,
            "category": "abcde"[n % 5] * 3,
        }
        for n in range(60)
    ]
    assert key_of(datalint.lint(rows)) == "label"


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("colour", halves("colour")),
        ("metadata.category", [{"metadata": each} for each in halves("category")]),
        ("metadata.colour", [{"metadata": each} for each in halves("colour")]),
        ("a.b.c", [{"a": {"b": each}} for each in halves("c")]),
        ("a.b", halves("a.b")),
        ("metadata", halves("metadata")),
        ("info", [{"info": "a"}, {"info": "b"}]),
        ("tags", [{"tags": ["a"]}, {"tags": ["b", "c"]}]),
        ("metadata.tags", [{"metadata": {"tags": [each]}} for each in "ab"]),
        ("source", [{"category": "x", **each} for each in halves("source")]),
    ],
)
def test_configured_keys(field: str, more: list[dict[str, Any]]) -> None:
    report = lint(*more, config={"balance": {"field": field}})
    assert key_of(report) == field
    assert measures(report) == {"categories": 2, "largest-category-share": 0.5, "evenness": pytest.approx(1)}
    assert any("as configured" in note for note in report.notes)


@pytest.mark.parametrize("field", ["meta", "tags", "odd", ""])
def test_a_configured_key_without_values_is_not_assessed(field: str) -> None:
    other = {"tags": [["a"]], "odd": None, "meta": {"category": "c"}}
    report = lint(*({"category": category, **other} for category in "ab"), config={"balance": {"field": field}})
    factor = report.factors["balance"]
    if field == "":
        return
    assert factor.verdict is Verdict.NOT_ASSESSED
    assert factor.score is None
    meant = '; did you mean "meta.category"?' if field == "meta" else ""
    assert factor.remedy == f"no example has a value under the configured category key {field!r}{meant}"
    assert {gate.reason for gate in factor.gates} == {factor.remedy}
    assert str(report)


def test_rows_without_a_value_are_missing_not_a_category() -> None:
    report = lint({"colour": "a"}, {"colour": "a"}, {"colour": "b"}, {}, config={"balance": {"field": "colour"}})
    assert measures(report)["categories"] == 2
    assert report.measures["largest-category-share"] == pytest.approx(2 / 3)


def test_a_declared_distribution_is_measured_against() -> None:
    balance = {"field": "colour", "expected": {"a": 0.75, "b": 0.25}}
    report = lint(*halves("colour"), config={"balance": balance})
    assert report.measures["distribution-distance"] == pytest.approx(0.25)
    report = lint({"colour": "a"}, {"colour": "z"}, config={"balance": balance})
    assert report.measures["distribution-distance"] == pytest.approx(0.5), "z is not expected at all"


def test_evenness_by_hand() -> None:
    # Three of a and one of b: (¾ log ⁴⁄₃ + ¼ log 4) ÷ log 2.
    report = lint({"category": "a"}, {"category": "a"}, {"category": "a"}, {"category": "b"})
    assert report.measures["evenness"] == pytest.approx(0.811278, abs=1e-6)
    assert lint({"intent": "a"}, config={"balance": {"field": "intent"}}).measures["evenness"] == 0


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ([{}], None),
        ([{"reviewed": True}], 1),
        ([{"reviewed": True}, {"reviewed": False}], 0.5),
        ([{"Reviewed": "yes"}, {"Reviewed": "No "}], 0.5),
        ([{"review_status": "approved"}, {"review_status": "Pending"}], 0.5),
        ([{"reviewed_by": "Ada"}, {"reviewed_by": ""}, {"reviewed_by": None}, {}], 0.25),
        ([{"metadata": {"verified": 1}}, {"metadata": {"verified": 0}}], 0.5),
        ([{"metadata": 3}], None),
        ([{"reviewed": True, "verified": False}], 1),
    ],
)
def test_review_fields(more: list[dict[str, Any]], share: float | None) -> None:
    report = lint(*more)
    assert report.measures["reviewed-share"] == share
    gate = next(gate for gate in report.factors["quality"].gates if gate.measure == "reviewed-share")
    if share is None:
        assert gate.verdict is Verdict.NOT_ASSESSED
        assert gate.reason == "no field says which rows a person reviewed (reviewed, verified, approved …)"
    else:
        assert gate.verdict is (Verdict.PASS if share == 1 else Verdict.WARN if share >= 0.5 else Verdict.FAIL)


def test_the_first_row_without_a_review_is_named() -> None:
    report = lint({"reviewed": True}, {"reviewed": True}, {"reviewed": False})
    [finding] = report.findings.of("QUA026")
    assert finding.row is None, "it is about all rows without a mark"
    assert "(first: row 3)" in finding.message


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            {"columns": {"prompt": "prompt", "response": "compeltion"}},
            'columns.response: no row has the key "compeltion"; did you mean "completion"?',
        ),
        ({"columns": {"chosen": "prompt", "rejected": "bad"}}, 'columns.rejected: no row has the key "bad" (keys of'),
        ({"columns": {"prompt": "promt", "text": "completion"}}, 'columns.prompt: no row has the key "promt"; did you'),
        (
            {"columns": {"chosen": "topic+prompt", "rejected": "prompt"}},
            'columns.chosen: no row has the key "topic+prompt"; only prompt, context, response, text and messages may',
        ),
        (
            {"columns": {"text": "body\x1b[31m"}},
            'columns.text: no row has the key "body\\x1b[31m" (keys of the',
        ),
        ({"columns": {"category": "topc"}}, 'columns.category: no row has the key "topc"; did you mean "topic"?'),
        ({"balance": {"field": "team"}}, 'balance.field: no row has the key "team"; did you mean "meta.team"?'),
        ({"balance": {"field": "meta.tem"}}, 'balance.field: no row has the key "meta.tem"; did you mean "meta.team"?'),
    ],
)
def test_a_configured_key_that_no_row_has_is_an_error(config: dict[str, Any], told: str) -> None:
    with pytest.raises(DatalintError) as error:
        lint({"topic": None, "meta": {"team": "a"}}, config=config)
    assert str(error.value).startswith(f"config: {told}")


@pytest.mark.parametrize(
    "config",
    [
        {"columns": {"prompt": "prompt", "response": "completion"}},
        {"columns": {"response": "completion", "system": "rare"}},
        {"balance": {"field": "rare"}},
        {"balance": {"field": "meta.team"}},
        {"balance": {"field": "dotted.key"}},
    ],
)
def test_a_configured_key_that_one_row_has_is_none(config: dict[str, Any]) -> None:
    more: list[dict[str, Any]] = [{} for _ in range(ROWS)]
    more[-1] = {"rare": None, "meta": {"team": "a"}, "dotted.key": "b"}
    assert lint(*more, config=config)


def test_without_rows_no_key_is_missing() -> None:
    assert datalint.lint([], config={"columns": {"text": "body"}, "balance": {"field": "team"}})


def test_keys_that_no_row_has_together_are_told() -> None:
    notes = lint({"good": "yes"}, {"bad": "no"}, config={"columns": {"chosen": "good", "rejected": "bad"}}).notes
    assert 'columns: no row has "good" and "bad", so the mapping has no effect' in notes


def test_many_keys_are_named_in_part() -> None:
    more = {f"key {n}": n for n in range(500)}
    with pytest.raises(DatalintError) as error:
        lint(more, config={"columns": {"text": "nowhere"}})
    assert str(error.value).endswith('"key 9" and 188 more)')


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ([f"{n / 7:.3f}" for n in range(20)], False),
        ([n / 8 for n in range(20)], False),
        ([n * 4 for n in range(25)], False),
        (list(range(25)), False),
        ([n / 2 for n in range(11)], False),
        ([n / 2 for n in range(9)], True),
        ([0.25, 0.5, 0.75], True),
        ([0.0, 0.67, 1.0], False),
        ([f"{n / 7:.3f}" for n in range(20)] + ["none"], True),
    ],
)
def test_scores_are_no_categories(values: list[Any], counted: bool) -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    rows = [
        {
            "sentence1": f"Boat {str(n).translate(letters)} left.",
            "sentence2": "It is gone.",
            "score": values[n % len(values)],
        }
        for n in range(20 * len(values))
    ]
    notes = datalint.lint(rows, config=SELECT).notes
    assert any("the responses are a set of labels" in note for note in notes) is counted


def test_a_misspelled_category_is_one_finding() -> None:
    labels = ["Research"] * 40 + ["Teaching"] * 40 + ["Reserach", "Travel"]
    rows = [{"prompt": sentence(n), "completion": sentence(200 + n), "topic": label} for n, label in enumerate(labels)]

    def said(*select: str) -> dict[str, str]:
        config = {"select": select, "balance": {"field": "topic"}}
        return {each.rule: each.message for each in datalint.lint(rows, config=config).findings}

    assert said("BAL004", "VOL007") == {
        "BAL004": '"Reserach" (1) looks like "Research" (40) under "topic"',
        "VOL007": '1 of 4 values of "topic" has under 10 examples: "Travel" 1',
    }
    assert said("VOL007")["VOL007"].startswith("2 of 4 values")


def test_a_label_for_none_is_one_finding() -> None:
    labels = ["calm"] * 40 + ["rough"] * 40 + ["-", "flat"]
    rows = [{"text": sentence(n), "label": label} for n, label in enumerate(labels)]

    def said(*select: str) -> dict[str, str]:
        return {each.rule: each.message for each in datalint.lint(rows, config={"select": select}).findings}

    assert said("BAL003", "VOL007") == {
        "BAL003": '1 row has "-" as the label, which usually stands for none: leave such rows out',
        "VOL007": '1 of 4 values of "label" has under 10 examples: "flat" 1',
    }
    assert said("VOL007")["VOL007"].startswith("2 of 4 values")


@pytest.mark.parametrize(("prompt", "counted"), [("What is {a} - {b}, and why?", False), ("{w} near the dock", True)])
def test_results_of_calculations_are_no_classes(prompt: str, *, counted: bool) -> None:
    pairs = [(a, b) for a in range(20) for b in range(20)]
    rows = [{"prompt": prompt.format(a=a, b=b, w=sentence(20 * a + b)), "completion": str(a - b)} for a, b in pairs]
    report = datalint.lint(rows, config={"select": ["BAL", "VOL"]})
    assert any("response" in finding.message for finding in report.findings) is counted


@pytest.mark.parametrize(("prompts", "counted"), [(4, False), (8, True)])
def test_copies_of_a_few_pairs_have_no_labels(prompts: int, counted: bool) -> None:
    rows = [{"prompt": f"What is at berth {n % prompts}?", "completion": f"A boat {'abcd'[n % 4]}."} for n in range(80)]
    notes = datalint.lint(rows, config=SELECT).notes
    assert any("the responses are a set of labels" in note for note in notes) is counted
