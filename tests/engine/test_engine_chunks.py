"""However a file is cut into chunks, and by however many processes it is read, the report is the same to the byte."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from draws import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datalint.config.load import load_settings
from datalint.config.model import Settings
from datalint.core.registry import Registry
from datalint.engine.map.mapper import Mapper
from datalint.engine.plan import Plan
from datalint.neardup.compiled import dispatch as compiled
from datalint.operations.check import run_lint
from datalint.records.lazy_rows import Records
from datalint.report.json_report import to_json
from datalint.sources import open_sources
from datalint.sources.content import Region
from datalint.sources.readers.json_lines import reader as jsonl
from datalint.support import compiler

WHOLE = 8 << 20


@cache
def given_settings() -> tuple[Settings, Registry]:
    registry = Registry.default()
    return load_settings(registry=registry, isolated=True), registry


def report(files: dict[str, bytes], chunk_bytes: int, jobs: int = 1) -> bytes:
    """Lint ``files`` (the one called eval.jsonl to evaluate on), read in chunks of about ``chunk_bytes``."""
    chosen, registry = given_settings()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        train, held = (
            open_sources(
                [str(Path(folder, name)) for name in files if (name == "eval.jsonl") is wanted], chunk_bytes=size
            )
            for wanted, size in ((False, chunk_bytes), (True, chunk_bytes))
        )
        found = to_json(run_lint(chosen, registry, train, held, jobs=jobs))
    return found.replace(folder.encode(), b"")


def chat(n: int, **more: Any) -> bytes:
    turns = [{"role": "user", "content": f"What is {n}?"}, {"role": "assistant", "content": f"It is {n} {n}."}]
    return json.dumps({"messages": turns, **more}).encode()


def pair(n: int, answer: str, **more: Any) -> bytes:
    return json.dumps({"prompt": f"Say {n} times in a row", "completion": answer, **more}).encode()


numbers = st.integers(0, 3)
good = st.one_of(
    st.builds(chat, numbers),
    st.builds(lambda n, c: chat(n, category="ab"[c], reviewed=bool(c)), numbers, st.integers(0, 1)),
    st.builds(
        pair, numbers, st.sampled_from(["yes", "no", "", "As an AI language model, I can't do that.", "Ünï 漢字"])
    ),
    st.builds(lambda n, flag: pair(n, "yes", label=flag), numbers, st.booleans()),
    st.builds(lambda n: json.dumps({"instruction": f"Do {n}", "input": "", "output": "Done."}).encode(), numbers),
    st.builds(lambda n: json.dumps({"prompt": f"{n}", "chosen": "a", "rejected": "a"}).encode(), numbers),
)
bad = st.sampled_from(
    [
        b"",
        b"   ",
        b"null",
        b"[1, 2]",
        b'{"prompt": "cut',
        b"{",
        b'{"a": 1}{"b": 2}',
        b'{"prompt": "\xff", "completion": "x"}',
        b'{"prompt": "x", "prompt": "y", "completion": NaN}',
        b'{"prompt": "\\ud83d", "completion": 123456789012345678901}',
        b'{\n  "prompt": "on three lines",\n  "completion": "yes"\n}',
        b'{"messages": []}',
        b'{"zzz": {"deep": [[[]]]}}',
        b"\xef\xbb\xbf" + b'{"prompt": "mark", "completion": "yes"}',
    ]
)
lines = st.lists(st.tuples(st.one_of(good, good, bad), st.sampled_from([b"\n", b"\n", b"\n", b"\r\n"])), max_size=12)
files = st.builds(
    lambda rows, end: b"".join(line + newline for line, newline in rows)[: None if end else -1], lines, st.booleans()
)


@settings(max_examples=examples(2, often=4))
@given(train=files, held=files, sizes=st.tuples(st.integers(1, 30), st.integers(31, 400)))
@example(
    train=b"\n\n" + chat(1) + b"\n\n" + b"{\n\n" + chat(1) + b"\n" + chat(2) + b"\r\n  \n", held=chat(2), sizes=(1, 40)
)
@example(train=b"", held=b"", sizes=(1, 31))
def test_chunk_size_changes_nothing(train: bytes, held: bytes, sizes: tuple[int, int]) -> None:
    both = {"train.jsonl": train, "eval.jsonl": held}
    whole = report(both, WHOLE)
    for size in sizes:
        assert report(both, size) == whole


CSV = b"prompt,completion,category\r\n" + b"".join(
    b'"What is\r\n%d, ""so""?",%s,%s\r\n' % (n, (b"yes", b"", b"no")[n % 3], b"ab"[n % 2 : n % 2 + 1]) for n in range(8)
)
ARRAY = b"[\n" + b",\n".join(chat(n % 5) for n in range(8)) + b"\n]\n"


@pytest.mark.parametrize(("name", "data"), [("train.csv", CSV), ("train.json", ARRAY), ("train.tsv", CSV)])
def test_chunk_size_changes_nothing_in_other_containers(name: str, data: bytes) -> None:
    assert len({report({name: data}, size) for size in (1, 90, WHOLE)}) == 1


def test_the_number_of_processes_changes_nothing() -> None:
    rows = [chat(n % 7, category="abc"[n % 3]) if n % 5 else b"not JSON" for n in range(60)]
    both = {"train.jsonl": b"\n".join(rows), "more.jsonl": pair(1, "yes") + b"\n" + CSV, "eval.jsonl": chat(3)}
    alone = report(both, 700)
    assert report(both, 700, jobs=2) == alone


def test_large_files_are_scanned_by_compiled_code() -> None:
    pytest.importorskip("numba", reason="the extra fast is not installed")
    data = (pair(1, "yes") + b"\n") * 3
    chunk = jsonl.JsonLinesChunk(0, "train.jsonl", "jsonl", Region("", data, 0, len(data)), last=True)
    kinds = [type(Mapper(Plan(()), size).load(chunk).records) for size in (None, compiler.WORTH - 1, compiler.WORTH)]
    assert kinds == [list, list, Records]


def test_compiled_code_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="the extra fast is not installed")
    rows = [pair(n % 7, "Ünï 漢字 " * (n % 5), category="abc"[n % 3]) for n in range(60)]
    both = {"train.jsonl": b"\n".join(rows) + b"\n", "eval.jsonl": pair(3, "Ünï 漢字 ") + b"\n"}
    plain = report(both, 900)
    loaded = []
    real = compiled.load
    monkeypatch.setattr(compiled, "load", lambda: loaded.append(real()) or loaded[-1])
    monkeypatch.setattr(compiler, "WORTH", 0)
    assert report(both, 900) == plain
    assert loaded
    assert None not in loaded
