"""Leaks between training and evaluation: the kind of each, and that the list is complete."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import datalint
from datalint import Report, Verdict
from datalint.neardup import Limits, assurance
from datalint.testing import sentence

TRAIN = [{"prompt": f"Explain: {sentence(n)}", "completion": sentence(1000 + n)} for n in range(8)]


def leaks(*evaluation: dict[str, Any], train: list[dict[str, Any]] | None = None) -> tuple[Report, dict[str, int]]:
    report = datalint.lint(TRAIN if train is None else train, eval=list(evaluation), config={"select": ["RDY"]})
    kinds = ("leaked-exact", "leaked-near", "leaked-prompt")
    return report, {kind: int(report.measures[kind] or 0) for kind in kinds if report.measures[kind]}


OFF = "evaluation is switched off (eval = false)"
SHOUTED = {key: f"  {text.upper()}\n" for key, text in TRAIN[2].items()}
NEARLY = {"prompt": TRAIN[3]["prompt"], "completion": TRAIN[3]["completion"] + "."}
TURNED = {"prompt": TRAIN[4]["prompt"], "completion": sentence(77)}
OTHER = {"prompt": f"Explain: {sentence(500)}", "completion": sentence(1500)}
REORDERED = dict(reversed(TRAIN[1].items()))


@pytest.mark.parametrize(
    ("row", "expected", "rule"),
    [
        (TRAIN[1], {"leaked-exact": 1}, "RDY003"),
        (REORDERED, {"leaked-exact": 1}, "RDY003"),
        (SHOUTED, {"leaked-exact": 1}, "RDY003"),
        (NEARLY, {"leaked-near": 1}, "RDY004"),
        (TURNED, {"leaked-prompt": 1}, "RDY005"),
        (OTHER, {}, None),
        ({"prompt": TRAIN[1]["completion"], "completion": TRAIN[1]["prompt"]}, {}, None),
        ({"prompt": "", "completion": ""}, {}, None),
    ],
    ids=[
        "same",
        "keys in another order",
        "case and white space",
        "one character",
        "same prompt",
        "other",
        "swapped",
        "empty",
    ],
)
def test_kinds(row: dict[str, Any], expected: dict[str, int], rule: str | None) -> None:
    report, found = leaks(row)
    assert found == expected
    told = {finding.rule for finding in report.findings} & {"RDY003", "RDY004", "RDY005"}
    assert told == ({rule} if rule else set())


def test_a_prompt_that_any_division_has_on_both_sides_counts_as_no_leak() -> None:
    rows = [{"prompt": "Explain the passage.", "completion": sentence(each)} for each in range(300, 325)]
    report, found = leaks(*({**rows[0], "completion": sentence(each)} for each in range(3)), train=rows)
    assert found == {}
    assert "RDY005" not in {finding.rule for finding in report.findings}


def test_each_row_is_told_once_with_its_twin() -> None:
    report, found = leaks(TRAIN[1], TRAIN[1], NEARLY, TURNED, OTHER)
    assert found == {"leaked-exact": 2, "leaked-near": 1, "leaked-prompt": 1}
    assert report.measures["evaluation-examples"] == 5
    assert report.factors["readiness"].verdict is Verdict.FAIL
    twins = {
        (finding.rule, finding.row, tuple(other.similarity for other in finding.related))
        for finding in report.findings
        if finding.rule in ("RDY003", "RDY004", "RDY005")
    }
    assert {(rule, row, len(related)) for rule, row, related in twins} == {
        ("RDY003", 2, 2),
        ("RDY004", 4, 1),
        ("RDY005", 5, 1),
    }
    assert all(similarity is None or 0.7 <= similarity <= 1 for _, _, related in twins for similarity in related)


@pytest.mark.parametrize("shingles", [1 << 24, 0])
@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=examples(4, often=6))
def test_without_the_listed_rows_nothing_leaks(shingles: int, seed: int) -> None:
    random = Random(seed)
    bases = [{"prompt": f"Explain: {sentence(n)}", "completion": sentence(1000 + n)} for n in range(12)]
    rows = [_changed(random.choice(bases), random) for _ in range(40)]
    train, held = rows[:25], rows[25:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datalint.neardup.limits.DEFAULT", Limits(exact_shingles=shingles))
        report, found = leaks(*held, train=train)
        listed = {finding.row for finding in report.findings if finding.rule in ("RDY003", "RDY004", "RDY005")}
        assert listed if found else not listed
        assert leaks(*held, train=[row for number, row in enumerate(train, 1) if number not in listed])[1] == {}


def _changed(row: dict[str, str], random: Random) -> dict[str, str]:
    """Return a row, a copy of it with other case or other words, or its prompt with another answer."""
    prompt, answer = row["prompt"], row["completion"]
    change = random.randrange(5)
    if change == 1:
        return {"prompt": prompt.upper(), "completion": answer}
    if change == 2:
        return {"prompt": prompt, "completion": f"{answer} {sentence(random.randrange(9000)).split()[0]}"}
    if change == 3:
        return {"prompt": f"{prompt} {random.choice('abcdef')}.", "completion": answer[random.randrange(9) :]}
    return {"prompt": prompt, "completion": sentence(random.randrange(9000))} if change == 4 else dict(row)


def test_every_training_row_that_leaks_is_listed() -> None:
    copies = [TRAIN[1], REORDERED, {"prompt": TRAIN[1]["prompt"], "completion": TRAIN[1]["completion"] + "."}]
    turned = {"prompt": TRAIN[1]["prompt"], "completion": sentence(78)}
    report, found = leaks(TRAIN[1], train=[*copies, turned, OTHER])
    assert [(finding.rule, finding.row) for finding in report.findings if finding.rule != "RDY002"] == [
        ("RDY003", 1),
        ("RDY003", 2),
        ("RDY004", 3),
        ("RDY005", 4),
    ]
    assert found == {"leaked-exact": 1}


def test_rows_of_unknown_shape_leak_only_as_they_are() -> None:
    """Two questions about one passage are similar rows, as long as nothing says which of the texts is asked."""
    rows = [
        {"p1": " ".join(map(sentence, range(9))), "p2": sentence(100 + n), "p3": sentence(200 + n)} for n in range(4)
    ]
    assert leaks(rows[2], {**rows[3], "p3": sentence(300)}, train=rows)[1] == {"leaked-exact": 1}
    assert leaks({**TRAIN[0], "completion": TRAIN[0]["completion"] + "."}, train=[*rows, *TRAIN])[1] == {
        "leaked-near": 1
    }


def test_repeats_within_a_split_are_no_leaks() -> None:
    report, found = leaks(OTHER, OTHER, train=[*TRAIN, *TRAIN])
    assert found == {}
    assert report.measures["evaluation-examples"] == 2


def test_rows_without_prompts_share_no_prompt() -> None:
    _, found = leaks({"text": sentence(5)}, train=[{"text": sentence(6)}, {"text": sentence(7)}])
    assert found == {}


def test_leaks_lie_in_the_right_files(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{name}.jsonl" for name in ("one", "two", "held", "more")}
    for path, rows in zip(paths.values(), (TRAIN[:4], TRAIN[4:], [OTHER], [OTHER | {"id": 1}, TRAIN[5]]), strict=True):
        path.write_text("\n".join(map(json.dumps, rows)))
    report = datalint.lint(
        [paths["one"], paths["two"]], eval=[paths["held"], paths["more"]], config={"select": ["RDY003"]}
    )
    # Another one says which rows both evaluation files have.
    [finding] = [each for each in report.findings if each.file is not None]
    pair = {(finding.file, finding.row), *((other.file, other.row) for other in finding.related)}
    assert pair == {(str(paths["two"]), 2), (str(paths["more"]), 2)}


def test_evaluation_rows_are_read_but_not_judged(tmp_path: Path) -> None:
    held = tmp_path / "held.jsonl"
    held.write_text('x\n{"prompt": "Does it fold?", "completion": ""}\n{"zzz": 1}\n')
    report = datalint.lint(TRAIN, eval=held, config={"select": ["QUA", "FMT"]})
    assert report.verdict is Verdict.PASS
    file = next(file for file in report.files if file.split == "evaluation")
    assert (file.rows_read, file.rows_refused) == (2, 1)
    assert "held.jsonl: 1 of 3 rows cannot be read (line 1)" in report.notes


def test_a_record_on_several_lines_of_an_evaluation_file_is_noted(tmp_path: Path) -> None:
    held = '{"prompt": "Is gate 0 shut?",\n"completion": "Yes."}\n{"prompt": "Is gate 1 shut?", "completion": "No."}\n'
    (tmp_path / "held.jsonl").write_text(held)
    rows = [{"prompt": f"Is dock {n} full?", "completion": f"Dock {n} is."} for n in range(5)]
    report = datalint.lint(rows, eval=tmp_path / "held.jsonl")
    assert "held.jsonl: 2 rows in 3 lines: some are on several lines, as no JSON Lines are" in report.notes


def test_without_a_set_leaks_are_not_assessed() -> None:
    report = datalint.lint(TRAIN)
    gates = {gate.measure: gate for gate in report.factors["readiness"].gates}
    assert gates["evaluation-examples"].verdict is Verdict.WARN
    for measure in ("leaked-exact", "leaked-near", "leaked-prompt"):
        assert gates[measure].verdict is Verdict.NOT_ASSESSED
        assert gates[measure].reason == "no evaluation set; give one with --eval PATH"


def test_who_evaluates_by_other_means_is_not_told_to_hold_out_a_set() -> None:
    report = datalint.lint(TRAIN, config={"eval": False})
    assert {"RDY001", "RDY002"}.isdisjoint(finding.rule for finding in report.findings)
    readiness = report.factors["readiness"]
    assert {gate.verdict for gate in readiness.gates} == {readiness.verdict} == {Verdict.NOT_ASSESSED}
    reasons = {gate.measure: gate.reason for gate in readiness.gates}
    measures = ("evaluation-examples", "leaked-exact", "leaked-near", "leaked-prompt")
    assert {reasons[measure] for measure in measures} == {readiness.remedy} == {OFF}


NEAR = "near-duplicate search: "
LEAK = "leak search: "
SKETCHED = assurance(0.7, complete=False)


@pytest.mark.parametrize(
    ("shingles", "held", "select", "notes"),
    [
        # Over so many shingles a search by them is given up: neither is, the one over both sets is, both are. An exact
        # search needs no note.
        (1 << 24, [OTHER, NEARLY], ["RDY", "DIV"], []),
        (1_400, [OTHER, NEARLY], ["RDY", "DIV"], [LEAK + SKETCHED]),
        (0, [OTHER, NEARLY], ["RDY", "DIV"], [NEAR + SKETCHED, LEAK + SKETCHED]),
        (1 << 24, None, ["RDY", "DIV"], []),
        (1 << 24, [OTHER, NEARLY], ["RDY003", "DIV007"], []),
    ],
)
def test_the_report_says_of_each_search_what_it_may_miss(
    monkeypatch: pytest.MonkeyPatch,
    shingles: int,
    held: list[dict[str, Any]] | None,
    select: list[str],
    notes: list[str],
) -> None:
    monkeypatch.setattr("datalint.neardup.limits.DEFAULT", Limits(exact_shingles=shingles))
    report = datalint.lint(TRAIN, eval=held, config={"select": select})
    assert [note for note in report.to_dict()["notes"] if " search: " in note] == notes
    assert held is None or not notes or report.measures["leaked-near"] == 1


def test_a_search_among_rows_that_are_not_read_needs_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.neardup.limits.DEFAULT", Limits(exact_shingles=0))
    rows = [{"q1": sentence(n), "q2": sentence(900 + n), "q3": sentence(700 + n)} for n in range(40)]
    for unread in (True, False):
        notes = datalint.lint(rows, config={"columns": {} if unread else {"prompt": "q1", "response": "q2"}}).notes
        assert any(note.startswith(NEAR) for note in notes) is not unread


def test_rows_of_a_template_that_are_hardly_compared_are_counted_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(exact_shingles=0, fruitless_share=0, fruitless_shingles=0, prefilter_crowd=8)
    monkeypatch.setattr("datalint.neardup.limits.DEFAULT", limits)
    template = " ".join(sentence(9000 + n) for n in range(4))
    rows = [{"prompt": f"{template} {sentence(7 * n)}", "completion": sentence(30000 + n)} for n in range(300)]
    [note] = [note for note in datalint.lint(rows, config={"select": ["DIV"]}).notes if note.startswith(NEAR)]
    assert re.search(r"; \d+ of 300 rows are similar to many others, .* datalint clusters --pairs compares all$", note)


def test_answers_of_another_column_are_no_other_answers(tmp_path: Path) -> None:
    subjects, places = ("baker", "tailor", "pilot", "poet", "ferry"), ("harbour", "bridge", "market", "mill", "tower")
    texts = [f"the {one} waits near the {other} of town" for one in subjects for other in places]
    train, held = tmp_path / "train.csv", tmp_path / "test.csv"
    rows = [f"{text},{('open', 'close', 'pay')[i % 3]},{('A', 'B')[i % 2]}" for i, text in enumerate(texts)]
    train.write_text("utterance,intent,tags\n" + "\n".join(rows) + "\n")
    held.write_text("utterance,tags\n" + "\n".join(f"{text},{'AB'[i % 2]}" for i, text in enumerate(texts[:12])) + "\n")
    report = datalint.lint(train, eval=held, config={"select": ("RDY005",)})
    assert len(report.findings) == 12
    assert all(each.message.startswith("same prompt in the evaluation set: ") for each in report.findings)


BRIEF = "labelled text of up to 3 words that is"
MORE = (
    {"text": "so it goes", "label": "b"},
    {"text": "Splendid.", "label": "a"},
    {"text": "Wonderful harbours.", "label": "a"},
)


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("Wonderful harbours tomorrow", (), None),
        ("Wonderful harbours!", (), f"1 row has a {BRIEF} nearly the same as one in the evaluation set,"),
        ("Wonderful harbours!", MORE, f"3 rows have a {BRIEF} in the evaluation set too (1 with another label),"),
        (
            "Wonderful harbours!",
            MORE[:2],
            f"3 rows have a {BRIEF} in the evaluation set too (1 nearly, 1 with another label),",
        ),
    ],
    ids=["a word more", "nearly", "nearly, and exactly in a later row", "some of each kind"],
)
def test_brief_labelled_texts_are_in_the_set_as_the_note_says(
    text: str, more: tuple[dict[str, str], ...], said: str | None
) -> None:
    train = [{"text": f"{sentence(n)} at the bridge over the river", "label": "ab"[n % 2]} for n in range(60)]
    train += [{"text": each, "label": "a"} for each in ("Wonderful harbours.", "so it goes", "Splendid.")]
    report = datalint.lint(train, eval=[{"text": text, "label": "a"}, *more], config={"select": ["RDY003", "RDY004"]})
    assert [finding.message.partition(" as people")[0] for finding in report.findings] == ([said] if said else [])


def test_brief_texts_that_are_nearly_in_the_set_are_one_note_where_most_are_brief() -> None:
    train = [{"text": f"gate {n}", "label": "ab"[n % 2]} for n in range(60)]
    train += [{"text": each, "label": "a"} for each in ("Wonderful harbours.", "so it goes")]
    held = [{"text": each, "label": "a"} for each in ("Wonderful harbours!", "so it goes")]
    nearly, exactly = datalint.lint(train, eval=held, config={"select": ["RDY003", "RDY004"]}).findings
    assert nearly.message.startswith(f"1 row has a {BRIEF} nearly the same as one in the evaluation set,")
    assert exactly.message.startswith("also in the evaluation set: ")


@pytest.mark.parametrize(("marks", "severity"), [(True, "info"), (False, "warning")])
def test_brief_texts_whose_answers_mark_their_words_are_nearly_in_the_set_as_labelled_ones(
    *, marks: bool, severity: str
) -> None:
    def row(text: str, number: int) -> dict[str, str]:
        said = " ".join(f"{word}=O" for word in text.split())
        return {"prompt": text, "completion": said if marks else f"{said} gate{'abcdefghij'[number % 10] * number}"}

    train = [row(f"{sentence(n)} at the bridge over the river", n + 1) for n in range(60)]
    train += [row("wonderful old harbours", 61), row("so it goes", 62)]
    held = [row("wonderful old harbours !", 61), row("so it goes", 62)]
    report = datalint.lint(train, eval=held, config={"select": ["RDY003", "RDY004"]})
    assert {str(each.severity) for each in report.findings} == {severity, "error"}


def test_most_rows_of_a_file_in_training_are_one_finding(tmp_path: Path) -> None:
    """They have one cause, in whatever order they are."""
    rows = [{"question": f"{sentence(n)}?", "answer": sentence(n + 500)} for n in range(60)]
    train, held = tmp_path / "train.jsonl", tmp_path / "held.jsonl"

    def found(size: int) -> list[tuple[str, int]]:
        train.write_text("".join(json.dumps({**row, "id": n}) + "\n" for n, row in enumerate(rows[:40])))
        lines = [json.dumps({**row, "id": -n}) for n, row in enumerate(reversed(rows[40 - size : 60]))]
        held.write_text("\n".join(lines))
        report = datalint.lint(train, held, config={"select": ("RDY003",)})
        return [(each.message, each.places) for each in report.findings.grouped]

    form = "also in the evaluation set except for other keys, case or spaces"
    assert found(25) == [(f"{form}: 25 of 45 rows of held.jsonl are in training", 25)]
    assert [count for _, count in found(19)] == [1] * 19


NEAR_PROMPT = "nearly the same prompt in the evaluation set, with another answer"


@pytest.mark.parametrize(
    ("prompt", "answer", "said", "how"),
    [
        ("{}?", "{}.", "near-duplicate in the evaluation set", ", exactly or nearly,"),
        ("{} today?", "no", NEAR_PROMPT, " or their prompts, exactly or nearly,"),
        ("{}", "no", "same prompt with another answer in the evaluation set", " or their prompts"),
    ],
)
def test_most_rows_of_a_set_nearly_in_training_are_one_finding(prompt: str, answer: str, said: str, how: str) -> None:
    def found(size: int) -> list[tuple[str, int]]:
        train = [{"prompt": sentence(n), "completion": sentence(n + 500)} for n in range(60)]
        held = [
            {"prompt": prompt.format(sentence(n)), "completion": answer.format(sentence(n + 500))} for n in range(size)
        ]
        held += [{"prompt": sentence(n + 200), "completion": sentence(n + 700)} for n in range(20)]
        report = datalint.lint(train, eval=held, config={"select": ("RDY003", "RDY004", "RDY005", "RDY009")})
        return [(each.message, each.places) for each in report.findings.grouped]

    assert found(25) == [(f"{said}: 25 of 45 rows of <rows>{how} are in training", 25)]
    assert [count for _, count in found(19)] == [1] * 19


def test_terms_in_another_spelling_are_other_terms() -> None:
    train = [{"prompt": f"dock {n:03} sail", "completion": f"d {n} s {n * 7}"} for n in range(120)]
    train += [{"prompt": "harbourmaster assistantship", "completion": "h a r m"}]
    held = [
        {"prompt": "harbourmaster assistantships", "completion": "h a r m"},
        {"prompt": "Dock 007 sail", "completion": "d 7 s 49"},
    ]
    config = {"select": ["RDY003", "RDY004", "RDY009"]}
    assert [each.rule for each in datalint.lint(train, eval=held, config=config).findings] == ["RDY003"]
    longer = [{"prompt": f"Where is the {sentence(n)}?", "completion": sentence(n + 500)} for n in range(300)]
    assert set(datalint.lint([*train, *longer], eval=held, config=config).rules) > {"RDY003"}
