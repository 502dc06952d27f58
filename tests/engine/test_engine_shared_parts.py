"""A part of prompts that both splits have, such as a paragraph, is named in a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import datalint
from datalint.engine.reduce.leaks.shared_keys import group_key_of
from datalint.testing import sentence


def row(number: int, paragraph: int, *, key: str = "paragraph", repeats: int = 3) -> dict[str, Any]:
    text = " ".join(f"{sentence(paragraph * 7 + n + 1_000)}." for n in range(repeats))
    return {key: text, "question": f"{sentence(number)}?", "answer": f"{sentence(number + 500)}."}


def styled(number: int, style: str) -> dict[str, Any]:
    said = f"{sentence(number)}, and {sentence(number + 300)}"
    prompt = f"Answer in the style below.\nStyle: {style}\nMessage:\n{said}"
    return {"prompt": prompt, "completion": f"{style}: {sentence(number + (700 if style == 'rude' else 900))}"}


TRAINING = [row(n, n) for n in range(60)]
HELD = [row(n + 200, n) for n in range(30)]
RUDE, KIND, FRESH = (
    [styled(n + shift, style) for n in range(40)] for shift, style in ((0, "rude"), (0, "kind"), (40, "rude"))
)
CROWDED, CROWDED_HELD = ([row(n + shift, n % 4) for n in range(60)] for shift in (0, 200))
TITLED, TITLED_HELD, CATEGORIZED = (
    [{"title": f"Dock {n // of}", "text": f"{sentence(n + shift)}.", "label": "ab"[n % 2]} for n in range(60)]
    for shift, of in ((0, 1), (200, 1), (200, 20))
)
MAPPED = {"columns": {"prompt": "text", "context": "title", "response": "label"}}
TITLE = (
    '100 % of the evaluation rows have the "title" of a training row: to keep its rows in one split, try '
    "--group-by title"
)
NAMED = (
    '100 % of the evaluation rows have the "paragraph" of a training row: to keep its rows in one split, try '
    "--group-by paragraph"
)
LINE = (
    "100 % of the evaluation rows have the longest line of a training prompt, with something else around it: write "
    "that line under a key and name the key with --group-by"
)


def filmed(number: int, value: int, key: str = "video_path") -> dict[str, Any]:
    return {"prompt": f"{sentence(number)}?", "completion": f"{sentence(number + 500)}.", key: f"{value}.mp4"}


def explained(number: int, verse: int) -> dict[str, Any]:
    text = f"Question: {sentence(number)}?\nVerse: {sentence(verse + 900)}, {sentence(verse + 950)}"
    return {"prompt": text, "completion": f"{sentence(number + 500)}.", "at": f"1.{verse}", "n": verse}


def filed(number: int, kind: int, key: str) -> dict[str, Any]:
    """Return a row whose prompt has its kind in a long line, and that of its own in another one."""
    text = f"Kind: {sentence(kind + 900)}, {sentence(kind + 950)}\nOf: {sentence(number)}\nAt: dock {number}"
    return {"prompt": text, "completion": f"{sentence(number + 500)}.", key: f"kind {kind}"}


def paged(number: int, page: int, said: str = "{}") -> dict[str, Any]:
    return {key: value for key, value in filmed(number, 0).items() if key != "video_path"} | {
        "sourcePage": said.format(page)
    }


def asked(number: int) -> str:
    return f"Which of {sentence(number + 900)} and {sentence(number + 950)} is older?"


def searched(number: int) -> dict[str, Any]:
    """Return a conversation whose first turn asks a question."""
    turns = [f"Look it up first.\nQuestion: {asked(number)}", sentence(number), f"Found: {sentence(number)}.", "It is."]
    return {"messages": [{"role": ("user", "assistant")[n % 2], "content": turn} for n, turn in enumerate(turns)]}


def with_documents(number: int) -> dict[str, Any]:
    """Return an evaluation row with the question above two longer documents, of which other rows have one too."""
    documents = [" ".join(sentence(n * 9 + each + 3_000) for each in range(6)) for n in (number, number + 1)]
    prompt = "\n".join(["Choose, and name the document.", asked(number), *documents])
    return {"prompt": prompt, "completion": f"{sentence(number + 500)}."}


def numbered(number: int, *, about: bool = False) -> dict[str, Any]:
    """Return a text of one of four classes whose file has its number in the class, or is about one thing."""
    kind, file = number % 4, number // 4
    said = f"{sentence(file + 700)}, {sentence(file + 800)}, " if about else ""
    return {"text": f"{said}{sentence(number)}.", "label": f"kind {kind}", "filename": f"{file:03}.txt"}


FILMS = [filmed(n, n // 3) for n in range(60)]
PAGES = [paged(n, n // 3) for n in range(60)]


def key_note(share: int, key: str) -> str:
    return (
        f'{share} % of the evaluation rows have the "{key}" of a training row: to keep its rows in one split, try '
        f"--group-by {key}"
    )


@pytest.mark.parametrize(
    ("training", "held", "config", "expected"),
    [
        pytest.param(FILMS, [filmed(n + 200, n) for n in range(30)], {}, [key_note(67, "video_path")], id="most"),
        pytest.param(FILMS, [filmed(n + 200, n + 12) for n in range(30)], {}, [], id="few"),
        pytest.param(
            [searched(n) for n in range(60)], [with_documents(n) for n in range(30)], {}, [LINE], id="first turns"
        ),
        pytest.param(
            [searched(n) for n in range(60)], [with_documents(n + 60) for n in range(30)], {}, [], id="other questions"
        ),
        pytest.param(FILMS, FILMS[:30], {}, [], id="leaks"),
        pytest.param(FILMS, [filmed(n + 200, n) for n in range(30)], {"group-by": ["video_path"]}, [], id="named"),
        pytest.param(
            [{"prompt": f"{sentence(n)}?", "completion": "Yes.", "meta": {"doc": f"d{n // 3}"}} for n in range(60)],
            [{"prompt": f"{sentence(n + 99)}?", "completion": "No.", "meta": {"doc": f"d{n}"}} for n in range(20)],
            {},
            [key_note(100, "meta.doc")],
            id="of metadata",
        ),
        pytest.param(
            [filmed(n, n) for n in range(60)], [filmed(n + 200, n) for n in range(30)], {}, [], id="numbers of rows"
        ),
        pytest.param(PAGES, [paged(n + 200, n) for n in range(30)], {}, [], id="numbers of pages"),
        pytest.param(
            [paged(n, n // 3, "Mooring {}") for n in range(60)],
            [paged(n + 200, n, "Mooring {}") for n in range(30)],
            {},
            [key_note(67, "sourcePage")],
            id="titles of pages",
        ),
        pytest.param(
            [filmed(n, n % 4) for n in range(60)], [filmed(n + 200, n % 4) for n in range(30)], {}, [], id="categories"
        ),
        pytest.param(
            [filmed(n, n // 3, "topic") for n in range(60)],
            [filmed(n + 200, n, "topic") for n in range(20)],
            {},
            [],
            id="another name",
        ),
        pytest.param(
            [explained(n, n) for n in range(60)],
            [explained(n + 200, n) for n in range(30)],
            {},
            [key_note(100, "at")],
            id="of a line",
        ),
        # Rows of a class are in both splits, however these are divided.
        pytest.param(
            [filed(n, n % 15, "found_in") for n in range(60)],
            [filed(n + 200, n % 15, "found_in") for n in range(30)],
            {},
            [],
            id="of a class",
        ),
        pytest.param(
            [filed(n, n // 2, "incident_type") for n in range(60)],
            [filed(n + 200, n, "incident_type") for n in range(30)],
            {},
            [],
            id="of a class by its name",
        ),
        # Some have the line with another word before it, so that the rows with a value in common are more.
        pytest.param(
            [filed(n, n // 2, "found_in") for n in range(60)],
            [filed(n + 200, n, "found_in") | ({"prompt": sentence(n)} if n > 20 else {}) for n in range(30)],
            {},
            [key_note(100, "found_in")],
            id="of all rows",
        ),
    ],
)
def test_a_key_that_both_splits_have_is_named(
    training: list[Any], held: list[Any], config: dict[str, Any], expected: list[str]
) -> None:
    report = datalint.lint(training, eval=held, config={"select": ["RDY"], **config})
    assert [note for note in report.notes if "of the evaluation rows have" in note] == expected


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        pytest.param(FILMS, "video_path", id="videos"),
        pytest.param(PAGES, "", id="numbers of pages"),
        pytest.param([paged(n, n // 3, "p. {}") for n in range(60)], "", id="pages in words"),
        pytest.param([paged(n, n // 3, "Mooring {}") for n in range(60)], "sourcePage", id="titles of pages"),
        pytest.param([filmed(n, 0) | {"source_id": n // 3} for n in range(60)], "source_id", id="numbers of sources"),
        # One text of each class about each thing has words in common with the others.
        pytest.param([numbered(n) for n in range(80)], "", id="numbers within classes"),
        pytest.param([numbered(n, about=True) for n in range(80)], "filename", id="a file in each class"),
    ],
)
def test_a_key_to_divide_rows_by_is_of_things_and_no_number_of_a_part(rows: list[dict[str, Any]], key: str) -> None:
    class Reader:
        def records(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
            return [rows[number] for number in numbers]

    assert group_key_of(Reader(), len(rows)) == key


@pytest.mark.parametrize(
    ("training", "held", "config", "expected"),
    [
        pytest.param(TRAINING, HELD, {}, [NAMED], id="paragraphs"),
        pytest.param(TITLED, TITLED_HELD, MAPPED, [TITLE], id="short titles"),
        pytest.param(TITLED, CATEGORIZED, MAPPED, [], id="titles of many rows"),
        pytest.param(RUDE, KIND, {}, [LINE], id="line"),
        pytest.param(TRAINING, HELD, {"group-by": ["paragraph"]}, [], id="the key is named"),
        pytest.param(TRAINING, [row(n + 200, n + 55) for n in range(30)], {}, [], id="few"),
        pytest.param(CROWDED, CROWDED_HELD, {}, [], id="texts of many rows"),
        pytest.param(TRAINING, TRAINING[:30], {}, [], id="leaks, which are reported"),
        pytest.param(RUDE, FRESH, {}, [], id="template"),
    ],
)
def test_a_part_that_both_splits_have(
    training: list[Any], held: list[Any], config: dict[str, Any], expected: list[str]
) -> None:
    report = datalint.lint(training, eval=held, config={"select": ["RDY"], **config})
    assert [note for note in report.notes if "of the evaluation rows have" in note] == expected
