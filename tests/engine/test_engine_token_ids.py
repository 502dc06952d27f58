"""Rows of token ids: their exact numbers of tokens, and the note on what is not searched in them."""

from __future__ import annotations

from typing import Any

import pytest

import datalint
from datalint.report.html.stats import to_html
from datalint.report.markdown import to_markdown
from datalint.report.stats import stats_lines, to_dict
from datalint.shapes.formats.pretokenized import count_ids
from datalint.sources.readers.memory import from_object
from datalint.stats.collect import collect

SAID = "are not searched"


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ({"input_ids": [1, 7, 8, 2], "labels": [-100, -100, 8, 2]}, (4, 2)),
        (
            {"input_ids": [1, 7, 2, 0, 0], "attention_mask": [1, 1, 1, 0, 0], "labels": [-100, 3, -100, -100, -100]},
            (3, 0),
        ),
        ({"input_ids": [1, 7, 2], "completion_mask": [0, 1, 1]}, (3, 2)),
        ({"tokens": [1, 7, 2], "mask": [False, True, False]}, (3, 1)),
        ({"input_ids": [1, 7, 2], "labels": [1.0, 0.0]}, (3, 0)),
        ({"input_ids": [1, 7, 2], "attention_mask": [1, [1], 1]}, (2, 0)),
        ({"input_ids": [[1, 7], [2]]}, (0, 0)),
        ({"input_ids": None, "tokens": [1]}, (0, 0)),
    ],
)
def test_ids_are_counted(row: dict[str, Any], counts: tuple[int, int]) -> None:
    assert count_ids(row) == counts


def test_the_report_counts_ids_and_says_what_is_not_searched() -> None:
    ids: list[dict[str, Any]] = [{"input_ids": [1, n, 2], "labels": [-100, n, 2]} for n in range(3, 7)]
    texts = [{"prompt": "Is the ferry late?", "completion": "It is."}]
    all_ids = datalint.lint(ids, config={})
    assert all_ids.tokens == 12
    assert [note for note in all_ids.notes if SAID in note] == [
        "near-duplicates are not searched: the rows are token ids, of which only exact copies are found; check the "
        "texts too"
    ]
    some = datalint.lint(ids + texts, config={}, eval=ids[:1])
    assert "near-duplicates and near leaks are not searched: 4 of 5 rows are token ids" in "".join(some.notes)
    assert SAID not in "".join(datalint.lint(texts, config={}).notes)


def test_no_report_calls_counted_ids_an_estimate() -> None:
    ids: list[dict[str, Any]] = [{"input_ids": [1, n, 2], "labels": [-100, n, 2]} for n in range(3, 7)]
    texts = [{"prompt": "Is the ferry late?", "completion": "It is."}]
    report = datalint.lint([*ids, *ids], config={})
    for said in (str(report), report.to_html(), to_markdown(report)):
        assert "24 tokens" in said
        assert "about 24 tokens" not in said
    assert "about" in str(datalint.lint([*ids, *texts], config={})).partition("\n")[0]
    stats = collect([from_object(ids)])
    said = "\n".join(stats_lines(stats))
    assert "tokens are the ids that the rows have; 8 carry loss (67 %)" in said
    assert "estimated" not in said + to_html(stats)
    assert to_dict(stats)["tokens"]["estimated"] is False
    assert to_dict(collect([from_object(ids + texts)]))["tokens"]["estimated"] is True
