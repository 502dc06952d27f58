"""Which rows a guess is made from: the first ones, and samples of later ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from guess_runs import CLEAR, FRAGE, SETTINGS, checked, codes, write

from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.guesses.first_rows import FirstRows, _first_rows
from datalint.engine.guesses.sampling import ROWS, sample
from datalint.engine.guesses.source_columns import guess_columns
from datalint.setup.plan import make_plan
from datalint.shapes.detect import Detector
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object

SONGS = [{"tweet": f"song {n} of the day is rather long", "class": "abc"[n % 3]} for n in range(60)]
MIXED = [FRAGE, SONGS[:1] + FRAGE, [*FRAGE[:3], {"a": 1}, *FRAGE[3:]]]
LATE = {"Frage": "x", "Antwort": "y", "Lösung": "z"}


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


@pytest.mark.parametrize(("rows", "jobs"), [*zip(MIXED, (1, 1, 2), strict=True)], ids=["plain", "two", "odd"])
def test_workers_and_chunks_change_nothing(tmp_path: Path, rows: Sequence[Any], jobs: int) -> None:
    path = write(tmp_path / "train.jsonl", list(rows) * 3)
    whole, pieces = checked(path), checked(path, jobs=jobs, chunk_bytes=2000)
    assert [*whole.findings] == [*pieces.findings]
    assert whole.notes == pieces.notes


def test_rows_of_two_layouts_in_one_table_have_their_answer_under_one_of_two_keys(tmp_path: Path) -> None:
    rows = [
        {"question": f"How many boats are at dock {n}?", "answer": None, "ground_truth": None}
        | {("answer", "ground_truth")[n % 9 == 7]: f"About {n}."}
        for n in range(60)
    ]
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


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
