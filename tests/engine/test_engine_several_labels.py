"""How the balance factor counts rows with several labels: lists, joined labels, vectors and flags."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from category_runs import SELECT, key_of, lint, measures

import datalint


def labelled(labels_of: Callable[[int], Any], key: str = "labels", rows: int = 300) -> list[dict[str, Any]]:
    return [{"text": f"Berth {n} has no water, says boat {n * n}.", key: labels_of(n)} for n in range(rows)]


@pytest.mark.parametrize("written", [list, str, json.dumps, lambda names: ", ".join(map(str, names))])
@pytest.mark.parametrize("names", [(1, 2, 3, 4), ("wind", "tide", "fog", "ice")])
def test_each_label_of_a_row_counts_once(written: Callable[[list[Any]], Any], names: tuple[Any, ...]) -> None:
    rows = labelled(lambda n: written([one for place, one in enumerate(names) if (n % 15 + 1) & (1 << place)]))
    columns = {} if written is list else {"columns": {"prompt": "text", "response": "labels"}}
    report = datalint.lint(rows, config=SELECT | columns)
    # Each of the four is in 8 of 15 rows: two thirds more than an even share, which would be a warning for one label.
    assert measures(report) == {"categories": 2, "largest-category-share": 160 / 300, "evenness": pytest.approx(1)}
    assert next(note for note in report.notes if "balance counts" in note).endswith("4 values, several of a row)")
    assert not report.findings


@pytest.mark.parametrize("set_to", [(1, 0), (1.0, 0.0), (True, False)])
def test_each_label_that_a_flag_sets_counts(set_to: tuple[Any, Any]) -> None:
    names = ("wind", "tide", "fog", "ice", "rain", "snow")

    def flags(n: int) -> dict[str, Any]:
        return {
            name: set_to[0 if (n + place) % 5 == 0 or (n + place) % 7 == 0 else 1] for place, name in enumerate(names)
        }

    for columns, rows in (
        ({"prompt": "text", "response": "labels"}, labelled(flags, rows=350)),
        ({"prompt": "text", "response": "+".join(names)}, [row | row["labels"] for row in labelled(flags, rows=350)]),
    ):
        report = datalint.lint(rows, config=SELECT | {"columns": columns})
        assert measures(report)["largest-category-share"] == 110 / 350
        assert next(note for note in report.notes if "balance counts" in note).endswith("6 values, several of a row)")


@pytest.mark.parametrize(
    "flags",
    [
        lambda n: {"wind": n % 2, "tide": 1 - n % 2, "fog": n % 3 == 0},  # too few to be no criteria
        lambda n: {
            name: int(n % 10 != place) for place, name in enumerate(("wind", "tide", "fog", "ice"))
        },  # most are set
        lambda n: {"wind": 0, "tide": 0.5, "fog": 1, "ice": (n % 4) / 4},  # shares
        lambda n: {"wind": 0, "tide": 0, "fog": 1, ("ice" if n % 2 else "rain"): 1},  # other names
    ],
)
def test_flags_that_are_no_labels_of_a_set_do_not_count(flags: Callable[[int], dict[str, Any]]) -> None:
    report = datalint.lint(labelled(flags), config=SELECT | {"columns": {"prompt": "text", "response": "labels"}})
    assert not any("several of a row" in note for note in report.notes)


def test_the_note_on_balance_says_how_few_rows_have_a_label() -> None:
    rows = labelled(lambda n: [["wind", "tide", "fog"][n % 3]] if n % 20 < 3 else [])
    report = datalint.lint(rows, config=SELECT)
    note = next(note for note in report.notes if "balance counts" in note)
    assert note.endswith("3 values, several of a row; 45 of 300 rows have one)")


@pytest.mark.parametrize(
    ("names", "joint", "counted"),
    [
        (("wind", "tide", "fog", "ice"), "_", 4),
        (("wind", "tide", "fog", "ice"), "+", 4),
        (("wind", "tide", "fog", "ice"), " ", 4),
        (("wind", "tide", "fog", "ice", "ice ice"), " ", 16),  # no set has one twice
        (("wind", "tide", "fog", "ice", "sea_ice"), "_", 16),  # "sea" is no label
    ],
)
def test_labels_that_are_joined_count_one_by_one(names: tuple[str, ...], joint: str, counted: int) -> None:
    def label(n: int) -> str:
        return joint.join(one for place, one in enumerate(names[:4]) if (n % 15 + 1) & (1 << place))

    rows = labelled(lambda n: names[4] if n % 16 == 0 and names[4:] else label(n), "sentiment", 320)
    report = datalint.lint(rows, config=SELECT)
    note = next(note for note in report.notes if "balance counts" in note)
    assert f"{counted} values" in note
    assert ("several of a row" in note) is (counted == 4)


@pytest.mark.parametrize("field", [None, "labels"])
def test_labels_are_compared_one_by_one(field: str | None) -> None:
    def labels(n: int) -> list[str]:
        wind = "Windy" if n in (30, 60) else "widny" if n == 45 else "windy"
        return [*([wind] if n % 3 == 0 else []), *(["misty"] if n % 2 else []), *(["ice"] if n % 5 == 0 else [])]

    report = datalint.lint(labelled(labels), config=SELECT | ({"balance": {"field": field}} if field else {}))
    found = [(finding.rule, finding.row, finding.message) for finding in report.findings]
    assert found == [
        ("BAL004", 31, '"Windy" (2) looks like "windy" (97) under "labels"'),
        ("BAL004", 46, '"widny" (1) looks like "windy" (97) under "labels"'),
    ]


@pytest.mark.parametrize(("labelled_rows", "fails"), [(0.7, False), (0.95, True)])
def test_a_label_may_be_in_most_rows(labelled_rows: float, fails: bool) -> None:
    rows = labelled(lambda n: ["toxic"] * (n % 100 < 100 * labelled_rows) + [("spam", "rude", "odd")[n % 3]])
    report = datalint.lint(rows, config=SELECT)
    assert report.measures["largest-category-share"] == labelled_rows
    assert [finding.rule for finding in report.findings] == ["BAL001"] * fails


@pytest.mark.parametrize(("every", "missing"), [(50, 0), (150, 2)])
def test_empty_lists_say_that_no_label_applies_unless_they_are_rare(every: int, missing: int) -> None:
    rows = labelled(lambda n: [] if n % every == 0 else [("wind", "tide")[n % 2], "fog"] if n % 3 else ["ice"])
    report = datalint.lint(rows, config=SELECT)
    assert sum(finding.rule == "BAL003" for finding in report.findings) == missing
    # Rows of which it is known that no label applies are rows with an answer.
    fog = sum(n % every != 0 and n % 3 != 0 for n in range(300))
    assert report.measures["largest-category-share"] == fog / (300 - missing)


@pytest.mark.parametrize(
    "labels_of",
    [
        lambda n: ["O"] * (n % 4 + 1) + ["B-PER"],  # tags of tokens
        lambda n: [n % 2, 1 - n % 2],  # a vector
        lambda n: [f"word {n}", f"word {n + 1}"][: n % 2 + 1],  # keywords
        lambda n: [f"tag {n % 120}", "all"][: n % 2 + 1],  # more tags than a set of labels has
        lambda n: [n * 7 % 50 + 3_000, n % 3 + 90_000][: n % 2 + 1],  # ids
        lambda n: [[0, n % 5, "ORG"]],  # spans
        lambda n: [["A"], ["B", "C"], ["D", "A"]][n % 3],  # right options
        lambda n: ["same"] * (n % 2 + 1),
    ],
)
def test_other_lists_are_no_labels(labels_of: Callable[[int], Any]) -> None:
    assert key_of(datalint.lint(labelled(labels_of), config=SELECT)) is None


def vector_of(n: int, size: int = 24) -> list[int]:
    """Three labels out of 24, of which the last one is in each tenth row."""
    return [int(place in (n % 5, 5 + n % 7) or (place == 12 and n % 10 == 0)) for place in range(size)]


# How a vector is written does not depend on whether its key is named.
@pytest.mark.parametrize(
    ("written", "field"),
    [
        (list, None),
        (list, "labels"),
        (str, None),
        (json.dumps, "labels"),
        (lambda bits: [float(bit) for bit in bits], None),
        (lambda bits: " ".join(map(str, bits)), "labels"),
        (lambda bits: ",".join(map(str, bits)), None),
        (lambda bits: "[" + " ".join(f"{bit}." for bit in bits) + "]", None),
    ],
)
def test_each_label_of_a_vector_counts(written: Callable[[list[int]], Any], field: str | None) -> None:
    rows = labelled(lambda n: written(vector_of(n)), rows=1_000)
    columns = {"columns": {"prompt": "text", "response": "labels"}}
    config = {"select": ["BAL", "VOL007"]} | columns | ({"balance": {"field": field}} if field else {})
    report = datalint.lint(rows, config=config)
    assert report.measures["largest-category-share"] == 0.2
    assert any(note.endswith("13 values, several of a row)") for note in report.notes)
    rows[20]["labels"] = written([*vector_of(20)[:-1], 1])
    few = datalint.lint(rows, config=config)
    assert [(each.rule, each.message) for each in few.findings] == [
        ("VOL007", f'1 of 14 values of "{key_of(few)}" has under 10 examples: "position 24" 1')
    ]
    assert few.findings[0].related[0].row == 21


@pytest.mark.parametrize(
    "labels_of",
    [
        lambda n: [int(n % 3 > 0), int(n % 4 > 0), 1, int(n % 5 > 0)],  # votes of four people
        lambda n: [*map(int, f"{n * n * 2_654_435_761 % 2**24:024b}")],  # bits of a number
        lambda n: [*map(int, f"{n % 200 + 100:b}")],  # tags of tokens
    ],
)
def test_other_zeros_and_ones_are_no_labels(labels_of: Callable[[int], Any]) -> None:
    assert key_of(datalint.lint(labelled(labels_of), config=SELECT)) is None


@pytest.mark.parametrize(("key", "learned"), [("type", "other"), ("verdict", "verdict")])
def test_names_of_labels_are_counted_instead_of_their_vector(key: str, learned: str) -> None:
    names = [f"hazard {chr(97 + place)}" for place in range(24)]
    rows = labelled(lambda n: " ".join(map(str, vector_of(n))), "label", 1_000)
    rows = [
        {"text": row["text"], key: "|".join(name for name, bit in zip(names, vector_of(n), strict=True) if bit)}
        | {"other": f"Said of berth {n}.", "label": row["label"]}
        for n, row in enumerate(rows)
    ]
    report = datalint.lint(rows, config=SELECT | {"columns": {"prompt": "text", "response": learned}})
    name = "response" if learned == key else key
    assert key_of(report) == name
    rows = [row | {key: row[key].split("|")[0]} for row in rows]  # one label of several is another label
    assert key_of(datalint.lint(rows, config=SELECT | {"columns": {"prompt": "text", "response": "other"}})) == "label"


def test_a_label_of_all_rows_is_none_unless_it_is_learned() -> None:
    def tags(n: int) -> list[str]:
        return ["sea", "wind" if n % 2 else "tide", *(["fog"] if n % 3 else [])]

    assert lint(*({"tags": tags(n)} for n in range(6))).measures["largest-category-share"] < 0.8
    assert datalint.lint(labelled(tags), config=SELECT).measures["largest-category-share"] == 1


def test_lists_of_one_label_are_categories() -> None:
    report = datalint.lint(labelled(lambda n: [("wind", "tide", "fog")[n % 10 // 4]]), config=SELECT)
    assert report.measures["categories"] == 3
    assert report.measures["largest-category-share"] == 0.4
