"""Rows of unknown shape are compared with the keys that nearly all other rows have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.fixes.files import write_fixed
from datalint.operations.check import run_lint
from datalint.operations.fix import run_fix
from datalint.report.model import Report
from datalint.rules.common.keys import layouts
from datalint.sources import open_sources

SETTINGS = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ["FMT101", "FMT106"]})
JUDGED = [
    {"prompt": f"Who is {n}?", "response_1": f"It is {n}.", "response_2": f"Not {n}.", "better": 1} for n in range(30)
]
FRAGE = [{"Frage": f"Wie hoch ist Berg Nummer {n}?", "Antwort": f"Er hat {n * 7} Meter."} for n in range(30)]
RENAMED = {"prompt": "Who is it?", "response_1": "Me.", "response2": "You.", "better": 1}
ODD = {"a": 1, "b": "Nur der Wind weht hier.", "c": "Nur der Regen."}


def checked(path: Path, rows: list[dict[str, Any]]) -> Report:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    return run_lint(SETTINGS, Registry.default(), open_sources([str(path)]))


@pytest.mark.parametrize(
    ("rows", "other", "said"),
    [
        (JUDGED, RENAMED, 'key "response2" is "response_2" in the other rows'),
        (JUDGED, {"prompt": "Who is it?", "response_1": "Me.", "better": 1}, "no 'response_2', which other rows have"),
        (JUDGED, {**RENAMED, "response2": 7}, "no 'response_2', which other rows have"),
        (FRAGE, {"Frage": "Wer ist da?", "Antwrot": "Nur der Wind."}, 'key "Antwrot" is "Antwort" in the other rows'),
        (FRAGE, ODD, "no known shape for keys a, b, c"),
    ],
)
def test_a_row_is_compared_with_the_keys_of_the_others(
    tmp_path: Path, rows: list[dict[str, Any]], other: dict[str, Any], said: str
) -> None:
    found = checked(tmp_path / "train.jsonl", [*rows[:9], other, *rows[9:]]).findings
    (finding,) = found
    assert finding.line == 10
    assert said in finding.message


def test_a_key_that_the_others_write_in_another_way_is_renamed(tmp_path: Path) -> None:
    report = checked(tmp_path / "train.jsonl", [*JUDGED, RENAMED])
    assert [each.message for each in report.findings if each.rule == "FMT106"] == [
        'key "response2" is "response_2" in the other rows'
    ]
    fixes = run_fix(SETTINGS, Registry.default(), open_sources([str(tmp_path / "train.jsonl")]))
    write_fixed(fixes, [tmp_path / "fixed.jsonl"], None)
    last = (tmp_path / "fixed.jsonl").read_text().splitlines()[-1]
    assert json.loads(last) == {"prompt": "Who is it?", "response_1": "Me.", "response_2": "You.", "better": 1}


FACTS = [{"address": f"{n} Pier Road", "owner": f"Mole {n * 7}", "berths": n % 9, "built": 1900 + n} for n in range(40)]


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        (FACTS, True),
        ([{**row, "translation": row["owner"]} for row in FACTS], False),
        (
            [{**row, "note": f"Pier {n} was built of wood, and the guard paints it."} for n, row in enumerate(FACTS)],
            False,
        ),
        ([{**row, "tags": [row["owner"]]} for row in FACTS], False),
        ([{**row, "owner": f"第{n}号码头的看守人", "address": f"码头路{n}号"} for n, row in enumerate(FACTS)], True),
        ([{**row, "owner": f"你昨天为什么不来第{n}号码头看我修好的那条船"} for n, row in enumerate(FACTS)], False),
        ([{"step": n, "loss": n / 7, "rate": 0.1 / (n + 1), "epoch": n // 9} for n in range(40)], True),
    ],
)
def test_tables_of_facts_are_no_training_data(rows: list[dict[str, Any]], facts: bool, tmp_path: Path) -> None:
    messages = {each.message for each in checked(tmp_path / "train.jsonl", rows).findings if each.rule == "FMT101"}
    said = "each row has only short values: leave the file out if it is not training data"
    assert any(said in message for message in messages) == facts
    assert len(messages) <= 1


def test_one_layout_has_one_message(tmp_path: Path) -> None:
    """What a label, a number or a list of some rows would say of them alone is said of none."""
    none = "No entities were found in this post"
    spans = [{"tweet_id": 10**17 + n, "start": n % 9, "kind": none if n % 3 else "PER"} for n in range(60)]
    (said,) = {each.message for each in checked(tmp_path / "spans.jsonl", spans).findings}
    assert 'no key contains text: add the text that "tweet_id" refers to' in said
    goods = [{"code": 10 ** (17 if n % 20 == 7 else 9) + n, "size": n, "kind": n % 3, "soy": 0} for n in range(60)]
    (said,) = {each.message for each in checked(tmp_path / "goods.jsonl", goods).findings}
    assert "each row has only short values" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "1.3256{}E+18", "Target": "Docks", "Place": "CO"}, 'cut the last digits of "id"'),
        ({"id": "132560{}00000000000", "Target": "Docks", "Place": "CO"}, 'cut the last digits of "id"'),
        ({"mass": "1.3256{}E+18", "Target": "Docks", "Place": "CO"}, None),
        ({"id": "1325608{}412345678", "Target": "Docks", "Place": "CO"}, None),
        ({"id": "1.3256{}E+18", "Remark": "the dock {} was closed in May", "Place": "CO"}, None),
        (
            {"Name": "Dock {} of Oslo", "Class": ""},
            '"Class" is empty: fill it in to learn it; for the texts alone, try',
        ),
        ({"Name": "Dock {} of Oslo", "Size": ""}, None),
    ],
)
def test_what_makes_rows_useless_is_said(tmp_path: Path, row: dict[str, str], said: str | None) -> None:
    rows = [{key: value.format(n % 10) for key, value in row.items()} for n in range(40)]
    messages = {each.message for each in checked(tmp_path / "train.jsonl", rows).findings if each.rule == "FMT101"}
    known = ("cut the last digits", "is empty: fill it in")
    assert any(each in message for each in known for message in messages) == (said is not None)
    assert said is None or [said in message for message in messages] == [True]


def test_a_label_that_some_rows_have_is_not_said_to_be_empty(tmp_path: Path) -> None:
    rows = [{"Name": f"Dock {n} of Oslo", "Class": "full" if n % 30 == 7 else ""} for n in range(60)]
    messages = {each.message for each in checked(tmp_path / "train.jsonl", rows).findings}
    assert not any("is empty" in message for message in messages)


def test_what_a_layout_decides_is_found_once_for_all_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Mapping[str, Any]] = []
    monkeypatch.setattr(layouts, "listed_examples", asked.append)
    places = ("north pier", "mill lane", "old quay")
    rows = [{"qid": f"k{n}", "place": places[n % 3], "w1": n * 37 % 101, "w2": n / 8} for n in range(300)]
    found = checked(tmp_path / "train.jsonl", rows).findings
    assert {each.rule for each in found} == {"FMT101"}
    assert len({each.message for each in found}) == 1
    assert len(found) == len(rows)
    assert len(asked) == 1
