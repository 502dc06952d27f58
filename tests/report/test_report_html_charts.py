"""Numbers become bars of the right length, with round scales and words for who can't see them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_page import Node, read

from datalint.core.charts import CategoryChart, CategoryValue, Charts, RoleLengths
from datalint.privacy.display import printable
from datalint.report.html.browsing import allowance, tail
from datalint.report.html.charts import bar, histogram, levels, part_of, positions, score_bar, span, ticks_to
from datalint.report.html.pictures import pictures


def _bars(tree: Node) -> list[tuple[float, float]]:
    """Return left edge and height of every bar, in percent and pixels."""
    return [
        (float(rect.attrs["x"].rstrip("%")), float(rect.attrs["height"]))
        for rect in tree.all("rect")
        if rect.all("title")
    ]


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (20, [0, 5, 10, 15, 20]),
        (21, [0, 10, 20, 30]),
        (999, [0, 500, 1000]),
    ],
)
def test_scales_end_in_round_numbers(most: int, ticks: list[int]) -> None:
    assert ticks_to(most) == ticks


@given(st.integers(1, 10**12))
def test_scales_hold_everything(most: int) -> None:
    ticks = ticks_to(most)
    assert most <= ticks[-1] < 3 * most + 1
    assert len(ticks) <= 5


@pytest.mark.parametrize(
    ("score", "width", "said"),
    [(0.0, "0.0%", "score 0 of 100"), (45.9, "45.9%", "score 45 of 100"), (100.0, "100.0%", "score 100 of 100")],
)
def test_score_bar(score: float, width: str, said: str) -> None:
    tree = read(score_bar(score, "fail", name="volume"))
    (filled,) = (rect for rect in tree.all("rect") if rect.attrs["class"] == "tone-fail")
    assert filled.attrs["width"] == width
    assert tree.all("svg")[0].attrs["aria-label"] == f"volume: {said}"


def test_score_bar_of_what_was_not_assessed() -> None:
    tree = read(score_bar(None, "not-assessed", name="balance"))
    assert len(tree.all("rect")) == 1
    assert tree.all("svg")[0].attrs["aria-label"] == "balance: not assessed"


@pytest.mark.parametrize(("share", "width"), [(-1, "0.00%"), (0.5, "50.00%"), (7, "100.00%")])
def test_bar_stays_in_its_cell(share: float, width: str) -> None:
    assert read(bar(share, mark=share)).all("rect")[1].attrs["width"] == width


def test_histogram() -> None:
    role = RoleLengths("prompt", counts=(1, 0, 4), empty=0, median=15, p95=20, longest=21)
    tree = read(histogram(role, [10, 15, 22, 32], top=4, key="k"))
    assert _bars(tree) == [(4.17, 30.0), (70.83, 120.0)]
    assert [rect.text() for rect in tree.all("rect")] == ["10 to 14 characters: 1", "22 to 31 characters: 4"]
    marks = [line for line in tree.all("line") if line.attrs["class"] == "mark"]
    assert marks[0].attrs["x1"] == "33.33%"
    assert tree.all("svg")[1].attrs["aria-labelledby"] == "k-title k-desc"


def test_levels_are_as_high_as_they_count() -> None:
    tree = read(levels([(0.7, 8), (0.8, 4), (1.0, 0)], key="k"))
    assert [height for _, height in _bars(tree)] == [132.0, 66.0, 1.5]
    assert "8 rows at 0.70 and over" in tree.all("desc")[0].text()


def test_positions_stack_errors_lowest() -> None:
    tree = read(positions({"error": [2, 0], "warning": [2, 1]}, rows=2, key="k", name="a.jsonl"))
    rects = [(rect.attrs["class"], float(rect.attrs["y"]), rect.text()) for rect in tree.all("rect")]
    assert rects == [
        ("sev-error", 53.0, "row 1: 2 error"),
        ("sev-warning", 10.0, "row 1: 2 warning"),
        ("sev-warning", 74.5, "row 2: 1 warning"),
    ]


@given(st.integers(1, 60), st.integers(1, 10_000))
def test_parts_cover_every_row_once(bins: int, rows: int) -> None:
    bins = min(bins, rows)
    said = [part_of(index, bins, rows).replace(",", "").split() for index in range(bins)]
    covered = [number for words in said for number in range(int(words[1]), int(words[-1]) + 1)]
    assert covered == list(range(1, rows + 1))


@pytest.mark.parametrize(("index", "words"), [(0, "1"), (1, "2 to 4"), (2, "5 to 9,999")])
def test_span(index: int, words: str) -> None:
    assert span([1, 2, 5, 10_000], index) == words


@pytest.mark.parametrize(
    ("counts", "room", "each"),
    [([], 0, None), ([3, 4], 7, None), ([3, 4], 6, 2), ([2_000, 1], 1_500, 500), ([5] * 10, 3, 0), ([1], 0, 0)],
)
def test_allowance(counts: list[int], room: int, each: int | None) -> None:
    assert allowance(counts, room) == each


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("train.jsonl", "train.jsonl"),
        ("a" * 50 + "/data/train.jsonl", "…/data/train.jsonl"),
        ("hf://datasets/" + "b" * 40, "…" + "b" * 40),
        ("a\x1b[0m.jsonl", "a\\x1b[0m.jsonl"),
    ],
)
def test_long_paths_lose_their_first_folders(path: str, shown: str) -> None:
    assert tail(path) == shown


_NOTHING = Charts(None, None, None, None, thresholds=(), positions=(), files_with_findings=0, members=())


def test_categories_against_a_declared_distribution() -> None:
    data = CategoryChart(
        key=printable("topic"),
        total=4,
        missing=2,
        declared=True,
        values=(CategoryValue(printable("rain"), count=3, share=0.75, expected=0.5),),
        others=3,
        other_count=1,
        other_expected=0.5,
    )
    drawn = pictures(replace(_NOTHING, category=data))
    assert drawn is not None
    rows = [(row["name"], row["share"], row["expected"]) for row in drawn["category"]["rows"]]
    assert rows == [("rain", "75 %", "50.0 %"), ("3 others together", "25 %", "50.0 %")]
    assert (drawn["category"]["against"], drawn["category"]["missing"]) == ("declared", "2")


def test_no_charts() -> None:
    assert pictures(None) is None
    assert pictures(_NOTHING) is None
