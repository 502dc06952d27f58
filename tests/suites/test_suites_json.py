"""JSONTestSuite: what must be accepted is, what must be refused is, and nothing crashes, however it is put to us.

Skipped without ``DATALINT_JSON_TEST_SUITE``, a checkout of https://github.com/nst/JSONTestSuite (MIT).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.records.record import FileFacts, Problem
from datalint.sources import merge_facts, open_sources
from tests.fuzz.cases import COMPILED, PLAIN, Case
from tests.fuzz.fuzzer import Worker
from tests.fuzz.process import Limits

SUITE = os.environ.get("DATALINT_JSON_TEST_SUITE", "")
pytestmark = [
    pytest.mark.skipif(not SUITE, reason="DATALINT_JSON_TEST_SUITE names no checkout of JSONTestSuite"),
    pytest.mark.skipif(find_spec("numba") is None, reason="the extra fast is not installed"),
]
FILES = sorted((Path(SUITE) / "test_parsing").glob("*.json")) if SUITE else []
#: Rules that say that bytes are not JSON. NaN and infinities are read, and reported as what JSON does not have.
REFUSING = frozenset(
    ("invalid-json", "truncated-file", "invalid-utf8", "concatenated-json", "excessive-nesting", "nan-literal")
)
#: What Python reads as numbers.
NUMBERS = ("n_number_NaN", "n_number_infinity", "n_number_minus_infinity")
GOOD = b'{"prompt": "Is it open?", "completion": "It is open until ten.", "value": 1}'


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    found = Worker(Limits())
    yield found
    found.close()


def read(path: Path) -> tuple[FileFacts, list[Problem]]:
    """Return the facts of a file, and all that was noticed of its rows."""
    [source] = open_sources([str(path)])
    parts = [chunk.load() for chunk in source.chunks(0)]
    noticed = [problem for part in parts for problems in part.noticed.values() for problem in problems]
    return merge_facts([source.facts(), *(part.facts for part in parts)]), noticed


def in_a_row(data: bytes) -> bytes:
    return b'{"prompt": "Is it open?", "completion": "It is open until ten.", "value": ' + data + b"}"


def test_the_suite_is_there() -> None:
    assert len(FILES) > 300


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_as_a_document(path: Path) -> None:
    data = path.read_bytes()
    try:
        facts, noticed = read(path)
    except DatalintError:
        assert not path.name.startswith("y_")
        return
    rules = {problem.rule for problem in (*facts.problems, *noticed)} & REFUSING
    if path.name.startswith("y_"):
        assert rules == set()
    elif path.stem in NUMBERS:
        # A number is no row, whatever number it is.
        assert (facts.rows_read, facts.rows_refused) == (0, 1)
    elif path.name.startswith("n_") and data.strip(b" \t\r\n").removeprefix(b"\xef\xbb\xbf"):
        assert rules
    elif path.name.startswith("n_"):
        assert "empty-file" in {problem.rule for problem in facts.problems}


@pytest.mark.parametrize("name", ["row.json", "row.jsonl"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_as_a_value_in_a_row(path: Path, name: str, tmp_path: Path) -> None:
    data = path.read_bytes()
    if name == "row.jsonl" and b"\n" in data:
        pytest.skip("a line has no line break")
    (tmp_path / name).write_bytes(in_a_row(data))
    facts, noticed = read(tmp_path / name)
    rows = facts.rows_read, facts.rows_refused
    if path.name.startswith("y_"):
        assert rows == (1, 0)
    elif path.stem in NUMBERS:
        assert rows == (1, 0)
        assert [problem.rule for problem in noticed] == ["nan-literal"]
    elif path.name.startswith("n_"):
        # A document on several lines that never ends is read as lines, each of which is refused.
        assert rows[0] == 0
        assert rows[1] == 1 or (name == "row.json" and b"\n" in data)
    else:
        assert sum(rows) == 1


@pytest.mark.parametrize("name", ["rows.json", "rows.jsonl"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_way_of_reading_gives_the_same(worker: Worker, path: Path, name: str) -> None:
    for data in (path.read_bytes(), in_a_row(path.read_bytes())):
        case = Case(path.stem, {name: data}, name, (("read", COMPILED), ("read", PLAIN)))
        outcome = worker.run(case)
        assert outcome is None, outcome[0]


def test_compiled_and_plain_code_agree_with_one_and_two_workers(worker: Worker) -> None:
    lines = [line for path in FILES for line in (path.read_bytes(), GOOD, in_a_row(path.read_bytes()), GOOD, GOOD)]
    steps = (("agreement", COMPILED), ("agreement", PLAIN))
    outcome = worker.run(Case("all", {"rows.jsonl": b"\n".join(lines) + b"\n"}, "rows.jsonl", steps))
    assert outcome is None, outcome[0]
