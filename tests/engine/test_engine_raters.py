"""The labels of several people hide no leak of the text that they labelled, with or without a decision."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.sources.readers.memory import from_object

#: The rules of leaks, and that of rows of unknown shape.
SELECTED = ("FMT101", "RDY003", "RDY004", "RDY005")
SETTINGS = load_settings(registry=Registry.default(), isolated=True, overrides={"select": SELECTED})
LABELS = ("sad", "glad", "calm")
RATERS = ("rater1", "rater2", "rater3")
ANNOTATORS = ("annotator_1", "annotator_2", "annotator_3")
INITIALS = ("ann_a", "ann_b", "ann_c")
LEAKED = "The guard has the lamp, I saw it."


def rows_of(text: str, raters: tuple[str, ...], decided: str, first: int, labels: tuple[Any, ...]) -> list[Any]:
    rows = []
    for n in range(first, first + 40):
        votes = [labels[n % len(labels)]] * (len(raters) - 1) + [labels[(n + n // 7) % len(labels)]]
        said = LEAKED if n in (0, 81, 121) else f"Dock {n} has {n * n % 97} boats and it {('rains', 'snows')[n % 2]}."
        rows.append({text: said, **dict(zip(raters, votes, strict=True)), **({decided: votes[0]} if decided else {})})
    return rows


@pytest.mark.parametrize(
    ("text", "raters", "decided", "labels"),
    # Each pair of values is in a case.
    [
        ("text", RATERS, "", LABELS),
        ("text", ANNOTATORS, "majority", (0, 1)),
        ("text", INITIALS, "", (0, 1)),
        ("tweet", RATERS, "majority", (0, 1)),
        ("tweet", ANNOTATORS, "", LABELS),
        ("tweet", INITIALS, "majority", LABELS),
    ],
)
def test_a_text_with_other_votes_is_found_in_training(
    text: str, raters: tuple[str, ...], decided: str, labels: tuple[Any, ...]
) -> None:
    trained = from_object(iter(rows_of(text, raters, decided, 0, labels)))
    held_out = from_object(iter(rows_of(text, raters, decided, 81 if len(labels) == 3 else 121, labels)))
    report = run_lint(SETTINGS, Registry.default(), [trained], [held_out])
    assert not any(finding.rule == "FMT101" for finding in report.findings)
    leaks = [finding.row for finding in report.findings if finding.rule in ("RDY003", "RDY004", "RDY005")]
    assert leaks == [1]


def noted(rows: list[Any]) -> list[str]:
    report = run_lint(SETTINGS, Registry.default(), [from_object(iter(rows))])
    return [str(note) for note in report.notes if "are labels of several people" in note]


@pytest.mark.parametrize("text", ["text", "tweet"])
@pytest.mark.parametrize("labels", [LABELS, (0, 1)])
def test_labels_without_a_decision_are_named(text: str, labels: tuple[Any, ...]) -> None:
    raters = tuple(f"annotator_{n}" for n in range(1, 5))
    (note,) = noted(rows_of(text, raters, "", 0, labels))
    assert 'only the text is read: "annotator_1", "annotator_2", "annotator_3", "annotator_4" are labels' in note
    assert noted(rows_of(text, raters, "majority", 0, labels)) == []


def test_the_names_of_two_people_are_no_labels() -> None:
    names = ("Kim", "Lee", "Ann")
    rows = rows_of("text", ("annotator1", "annotator2"), "", 0, LABELS)
    for n, row in enumerate(rows):
        row.update(annotator1=names[n % 3], annotator2=names[(n + 1) % 3])
    assert noted(rows) == []


@pytest.mark.parametrize(
    ("ids", "labels", "copies"),
    [
        (lambda text, person: person, lambda text, person: (text + person) % 2, 0),
        (lambda text, person: text * 4 + person, lambda text, person: (text + person) % 2, 60),  # ids of rows
        (lambda text, person: person, lambda text, person: text % 2, 90),  # nobody disagrees
        (lambda text, person: 0, lambda text, person: (text + person) % 2, 60),  # one person, twice
    ],
    ids=("people", "rows", "agreed", "one"),
)
def test_labels_of_several_people_by_an_id_are_no_copies(ids: Any, labels: Any, copies: int) -> None:
    rows = [
        {
            "id": ids(text, person),
            "text": f"Dock {text} has {text * text % 97} boats and it {('rains', 'snows')[text % 2]}.",
            "label": ("sad", "glad")[labels(text, person)],
        }
        for text in range(30)
        for person in range(4)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ("DIV001", "DIV002")})
    report = run_lint(settings, Registry.default(), [from_object(iter(rows))])
    assert sum(finding.severity != "info" for finding in report.findings) == copies
    assert any("'id' differs: each text was judged several times" in each.message for each in report.findings) is (
        not copies
    )
