"""The fuzzer finds bugs that are planted in a probe, whatever way they show; and what it kept before still passes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from every import every

pytest.importorskip("resource", reason="limits of processes are POSIX's")
pytest.importorskip("pyarrow", reason="there is no pyarrow for this Python")

from datalint.shapes.detect import Detector
from datalint.shapes.formats import SHAPES as ALL

from . import seeds
from .__main__ import table
from .cases import COMPILED, PLAIN, Case, kept, load
from .fuzzer import Fuzzer, Worker
from .kinds import kinds
from .mutate import BINARY, JSON, TEXT, mutated
from .process import Child, Limits
from .shrink import shrunk

CORPUS = Path(__file__).parents[1] / "corpus"
QUICK = Limits(processor=1, patience=20, memory=100 << 20)
needs_compiler = pytest.mark.skipif(find_spec("numba") is None, reason="the extra fast is not installed")


def planted(name: str, *flavours: str) -> Case:
    steps = tuple((f"tests.fuzz.planted:{name}", flavour) for flavour in flavours or (PLAIN,))
    return Case("planted", {"rows.jsonl": b"{}\n"}, "rows.jsonl", steps)


@pytest.mark.parametrize(
    ("name", "limits", "what"),
    [
        ("abort", QUICK, "SIGABRT in tests/fuzz/planted.py:abort"),
        ("leave", QUICK, "exit code 3 of the child"),
        ("spin", QUICK, "more than 1 s of processor time"),
        ("wait", Limits(patience=1), "no answer within 1 s"),
    ],
)
def test_a_failure_of_any_sort_is_noticed(name: str, limits: Limits, what: str) -> None:
    worker = Worker(limits)
    failure = worker.fails(planted(name))
    assert failure is not None
    assert failure.what == what


def test_memory_is_the_childs_own() -> None:
    ballast = bytearray(b"x") * (400 << 20)
    worker = Worker(replace(QUICK, processor=10))
    failures = [worker.fails(planted(name)) for name in ("raise_at_nul", "swell")]
    assert len(ballast) == 400 << 20
    assert failures[0] is None
    assert failures[1] is not None
    assert failures[1].what == "memory"


@needs_compiler
def test_results_that_differ_are_noticed() -> None:
    failure = Worker(QUICK).fails(planted("differ", COMPILED, PLAIN))
    assert failure is not None
    assert "other results" in failure.what
    assert failure.detail == "compiled\nplain"


def test_no_process_and_no_folder_is_left() -> None:
    child = Child(PLAIN, QUICK)
    child.ask(planted("orphan"), "tests.fuzz.planted:orphan")
    group = child._process.pid
    child.close()
    assert not child.room.exists()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process of the child's group lives on")


def test_a_planted_bug_is_found_made_smaller_and_kept(tmp_path: Path) -> None:
    told: list[str] = []
    # The whole command, which takes long, is not what has the bug.
    rename = {"read": "tests.fuzz.planted:raise_at_nul", "check": "tests.fuzz.planted:passes"}
    kind = kinds()["text"]
    fuzzer = Fuzzer([kind], seed=1, keep=tmp_path, rename=rename, tell=told.append)
    summary = fuzzer.run(inputs=40)
    assert summary.causes == {"UnicodeError in tests/fuzz/planted.py:raise_at_nul": summary.tallies["text"].failures}
    assert told
    case = load(kept(tmp_path)[0])
    assert case.files[case.main].count(b"\0") == len(case.files[case.main]) == 1
    assert case.about == "UnicodeError in tests/fuzz/planted.py:raise_at_nul"
    words = table(summary, 1.0, 1).split("\n")
    assert words[0].split() == ["kind", "inputs", "runs", "failures", "seconds"]
    assert words[1].split()[:2] == ["text", "40"]
    assert words[-1].endswith("UnicodeError in tests/fuzz/planted.py:raise_at_nul")


def test_a_failure_that_needs_other_cases_names_them() -> None:
    fuzzer = Fuzzer(
        [kinds()["text"]], seed=1, rename=dict.fromkeys(("read", "check"), "tests.fuzz.planted:third_time"), tell=str
    )
    [found, *_] = fuzzer.run(inputs=3).found
    assert found.before
    assert found.case.name not in found.before


@every("name", kinds())
def test_a_case_follows_from_its_kind_seed_and_number(name: str) -> None:
    kind = kinds()[name]
    cases = [kind.case(seed, number) for seed, number in ((5, 3), (5, 3), (6, 3), (5, 4))]
    assert cases[0] == cases[1]
    assert len({repr(case.files) for case in cases}) == 3


def test_a_kept_case_is_the_same_again(tmp_path: Path) -> None:
    case = kinds()["saved"].case(1, 1)
    case.save(tmp_path / "one")
    again = load(tmp_path / "one")
    assert (again.files, again.given, again.steps, again.stdin) == (case.files, case.given, case.steps, case.stdin)


def test_damage_is_undone_and_the_rest_cut_away() -> None:
    original = b"".join(b"line %d is as it was\n" % number for number in range(50))
    damaged = bytearray(original)
    for place in (5, 77, 300, 301, 640):
        damaged[place] = 255
    case = Case("", {"a": bytes(damaged)}, "a", (), original=original)
    smaller = shrunk(case, lambda each: each.files["a"].count(255) >= 1 and b"line 14" in each.files["a"])
    assert smaller.files["a"].count(255) == 1
    assert len(smaller.files["a"]) < 60


def test_seeds_have_every_shape() -> None:
    found = {Detector().shape(row).name for row in seeds.ROWS}
    assert found == {shape.name for shape in ALL} | {"unknown"}


@pytest.mark.parametrize("mutations", [JSON, TEXT, BINARY])
def test_mutations_take_whatever_bytes_come(mutations: object) -> None:
    assert isinstance(mutations, tuple)
    for data in (b"", b"\n", b"\xff", b'{"a": 1}', b"a\r\nb\r\n" * 9):
        for mutation in dict.fromkeys(mutations):
            for number in range(20):
                assert isinstance(mutation(Random(number), data), bytes)
        assert isinstance(mutated(Random(len(data)), data, mutations, [b"other"]), bytes)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    found = Worker(Limits())
    yield found
    found.close()


@needs_compiler
@pytest.mark.parametrize("name", [name for name in kinds() if name not in ("saved", "stdin", "agreement")])
def test_an_input_that_is_not_damaged_passes(worker: Worker, name: str) -> None:
    case = kinds()[name].case(0, 5)
    assert case.original
    assert worker.run(case.changed(case.original)) is None


@needs_compiler
@pytest.mark.parametrize("folder", kept(CORPUS), ids=lambda folder: folder.name)
def test_what_was_found_before_passes(worker: Worker, folder: Path) -> None:
    assert worker.run(load(folder)) is None
