"""The big list of naughty strings, in every place of a row and in every format of a report.

Skipped without ``DATALINT_NAUGHTY_STRINGS``, a checkout of https://github.com/minimaxir/big-list-of-naughty-strings
(MIT).
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.cases import COMPILED, PLAIN, Case
from tests.fuzz.fuzzer import Worker
from tests.fuzz.process import Limits

FOLDER = os.environ.get("DATALINT_NAUGHTY_STRINGS", "")
pytestmark = [
    pytest.mark.skipif(not FOLDER, reason="DATALINT_NAUGHTY_STRINGS names no checkout of the list"),
    pytest.mark.skipif(find_spec("numba") is None, reason="the extra fast is not installed"),
]
STRINGS: list[str] = json.loads((Path(FOLDER) / "blns.json").read_bytes()) if FOLDER else []
#: Strings that are put in one file.
BATCH = 40
BATCHES = [STRINGS[start : start + BATCH] for start in range(0, len(STRINGS), BATCH)]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    found = Worker(Limits())
    yield found
    found.close()


def rows_of(text: str) -> Iterator[dict[str, object]]:
    """Yield rows with a string in each place that a report may show."""
    yield {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": text}], "category": text}
    yield {"messages": [{"role": "user", "content": f"Say {text}"}, {"role": "assistant", "content": ""}]}
    yield {"messages": [{"role": text, "content": "Hi"}, {"role": "assistant", "content": None}], text: text}
    yield {"prompt": f"{text} and so on", "completion": f"{{{{name}}}} {text} <|im_end|>", "category": "b"}
    yield {"prompt": f"{text} and so on.", "completion": f"{{{{name}}}} {text} <|im_end|>.", "category": "b"}
    yield {"prompt": text, "chosen": text, "rejected": text, "source": text}
    yield {"mesages": text, "promt": {text: [text]}, "id": text}


def lines_of(texts: list[str], *, ascii_only: bool) -> bytes:
    """Return JSON Lines with the rows of some strings."""
    rows = [row for text in texts for row in rows_of(text)]
    return b"".join(json.dumps(row, ensure_ascii=ascii_only).encode() + b"\n" for row in rows)


def table_of(texts: list[str]) -> bytes:
    """Return CSV with strings in its header and cells."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("prompt", "completion", "category", texts[0]))
    writer.writerows((text, text if number % 2 else "", text, text) for number, text in enumerate(texts))
    return file.getvalue().encode()


def passes(worker: Worker, files: dict[str, bytes], given: str, *steps: tuple[str, str]) -> None:
    outcome = worker.run(Case("strings", files, given, steps))
    assert outcome is None, f"{outcome[0].what}\n{outcome[0].detail}"


def test_the_list_is_there() -> None:
    assert len(STRINGS) > 400


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_every_format_of_check(worker: Worker, batch: int) -> None:
    flavour = (COMPILED, PLAIN)[batch % 2]
    for ascii_only in (True, False):
        data = lines_of(BATCHES[batch], ascii_only=ascii_only)
        passes(worker, {"rows.jsonl": data}, "rows.jsonl", ("read", COMPILED), ("formats", flavour))
    passes(worker, {"rows.csv": table_of(BATCHES[batch])}, "rows.csv", ("read", COMPILED), ("formats", flavour))


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_the_other_commands(worker: Worker, batch: int) -> None:
    flavour = (COMPILED, PLAIN)[batch % 2]
    new = lines_of(BATCHES[batch], ascii_only=True)
    old = lines_of(BATCHES[batch - 1][: BATCH // 2] + BATCHES[batch][: BATCH // 2], ascii_only=True)
    passes(
        worker,
        {"rows.jsonl": new, "old.jsonl": old.replace(b"so on", b"so forth")},
        "rows.jsonl",
        ("commands", flavour),
    )


@pytest.mark.parametrize("name", ["rows.txt", "rows.jsonl", "rows.csv", "rows.tsv"])
def test_the_list_as_it_is(worker: Worker, name: str) -> None:
    raw = (Path(FOLDER) / "blns.txt").read_bytes()
    passes(worker, {name: raw}, name, ("read", COMPILED), ("check", COMPILED), ("check", PLAIN), ("formats", PLAIN))


def test_names_of_files(worker: Worker) -> None:
    names = {text.replace("/", "_").replace("\0", "_")[:60] for text in STRINGS}
    files = {f"data/a{name}.jsonl": b'{"prompt": "Hi", "completion": ""}\n' for name in sorted(names)}
    passes(worker, files, "data", ("formats", PLAIN))


def test_compiled_and_plain_code_agree_with_one_and_two_workers(worker: Worker) -> None:
    files = {"rows.jsonl": lines_of(STRINGS, ascii_only=False), "eval.jsonl": lines_of(STRINGS[::5], ascii_only=True)}
    passes(worker, files, "rows.jsonl", ("agreement", COMPILED), ("agreement", PLAIN))
    plain = b"".join(
        json.dumps({"prompt": text, "completion": text[::-1], "n": 1}).encode() + b"\n" for text in STRINGS
    )
    passes(worker, {"rows.jsonl": plain}, "rows.jsonl", ("agreement", COMPILED), ("agreement", PLAIN))
