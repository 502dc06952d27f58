"""One pass over a file: its chunks have the bytes of the file, each of which is read once, also for the hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.core.errors import DatalintError
from datalint.engine.execute.shared_bytes import Receiver, SharedBytes
from datalint.sources import content as contents
from datalint.sources import open_sources
from datalint.sources.content import Content, of_file
from datalint.sources.grouping import ChunkGroup, grouped, members
from datalint.sources.hashing import Hashing
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.texts.reader import TextLines
from datalint.sources.regions import without_bytes
from datalint.sources.window import one_pass

#: What may be where a file is cut.
PIECES = [
    b'{"a": 1}\n',
    b'{"a": "\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\xb2"}\r\n',
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"{\n  \n}\n",
    b'{"a": "' + b"x" * 300 + b'"}\n',
    b"\xff\xc3",
    b"[" * 40,
    b'{"a": 2}',
]
hostile = st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


def described(found: Any) -> Any:
    return list(found.records), list(found.lines), found.facts, found.offsets.tolist()


@settings(max_examples=examples(15))
@given(hostile, st.sampled_from([1, 16, 100, 1_000]), st.sampled_from([JsonLines, TextLines]))
def test_chunks_of_a_file_are_those_of_its_bytes(data: bytes, chunk_bytes: int, reader: Any) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        path.write_bytes(data)
        file = of_file(str(path))
        start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        read, stored = (reader("rows", each, each, start, chunk_bytes=chunk_bytes) for each in (Content(data), file))
        watched = Hashing([stored])
        with watched:
            chunks = [chunk for _, chunk in watched.watch(("rows", chunk) for chunk in stored.chunks(0))]
        assert [(c.region.start, c.region.stop) for c in chunks] == [
            (c.region.start, c.region.stop) for c in read.chunks(0)
        ]
        expected = [described(chunk.load()) for chunk in read.chunks(0)]
        assert [described(chunk.load()) for chunk in chunks] == expected
        assert [described(without_bytes(chunk).load()) for chunk in chunks] == expected
        [facts] = watched.facts()
        assert (facts.size, facts.sha256) == (len(data), hashlib.sha256(data).hexdigest())


class Counted:
    """A file that counts the bytes that are read from it."""

    read_bytes = 0

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        Counted.read_bytes += len(data)
        return data


@pytest.fixture
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    open_regular = contents.open_regular
    monkeypatch.setattr(contents, "open_regular", lambda path: Counted(open_regular(path)))


CONTAINERS = {
    "rows.jsonl": b'{"prompt": "Is it so?", "completion": "It is, as far as anybody can tell."}\n' * 4_000,
    "rows.csv": b"prompt,completion\n" + b'Is it so?,"It is, as far as\nanybody can tell."\n' * 4_000,
    "rows.txt": b"It is so, as far as anybody can tell.\n" * 4_000,
}


@pytest.mark.usefixtures("_counted")
@pytest.mark.parametrize("name", CONTAINERS)
def test_every_byte_is_read_once(name: str, tmp_path: Path) -> None:
    data = CONTAINERS[name]
    (tmp_path / name).write_bytes(data)
    sources = open_sources([str(tmp_path / name)], chunk_bytes=10_000)
    Counted.read_bytes = 0
    hashing = Hashing(sources)
    with hashing:
        chunks = list(hashing.watch((name, chunk) for chunk in sources[0].chunks(0)))
    assert sum(chunk.load().facts.size for _, chunk in chunks) == len(data)
    assert len(chunks) > 10
    assert hashing.facts()[0].sha256 == hashlib.sha256(data).hexdigest()
    assert Counted.read_bytes == len(data)


@pytest.mark.usefixtures("_counted")
def test_a_chunk_that_is_too_long_to_keep_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"a": 1}\n' + b'{"a": "' + b"x" * 400_000 + b'"}\n{"a": 2}\n')
    sources = open_sources([str(path)], chunk_bytes=1_000)
    hashing = Hashing(sources)
    with hashing:
        chunks = [chunk for _, chunk in hashing.watch(("", chunk) for chunk in sources[0].chunks(0))]
    assert b"" in [chunk.region.data for chunk in chunks]  # type: ignore[attr-defined]
    assert [len(row["a"]) for chunk in chunks for row in chunk.load().records if isinstance(row["a"], str)] == [400_000]
    assert hashing.facts()[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(PIECES[0] * 100_000)
    with one_pass(of_file(str(path)), 1_000) as content:
        assert content.read(0, 9) == PIECES[0]
        path.write_bytes(PIECES[0])
        with pytest.raises(DatalintError, match="changed while it was read"):
            content.read(20_000, 60_000)


def test_a_run_that_fails_leaves_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(CONTAINERS["rows.jsonl"])
    sources = open_sources([str(path)], chunk_bytes=10_000)
    hashing = Hashing(sources)
    chunks = hashing.watch(("", chunk) for chunk in sources[0].chunks(0))

    def fail() -> None:
        with hashing:
            next(chunks)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    chunks.close()  # type: ignore[attr-defined]
    assert hashing._thread is not None
    assert not hashing._thread.is_alive()


def test_workers_get_the_bytes_that_were_read(tmp_path: Path) -> None:
    shared = SharedBytes.new()
    if shared is None:
        pytest.skip("the system has no files in memory")
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(PIECES[0] * (3 if name == "a.jsonl" else 2))
    sources = open_sources([str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")])
    pieces = [(source.path, chunk) for number, source in enumerate(sources) for chunk in source.chunks(number)]
    [(_, group)] = grouped(pieces)
    assert isinstance(group, ChunkGroup)
    receiver = Receiver()
    # From the longest to the shortest, in the same file.
    for chunk in (group, pieces[0][1], pieces[1][1], group):
        bare, path = shared.put(chunk)
        assert path
        assert not any(one.region.data for one in members(bare))  # type: ignore[attr-defined]
        assert receiver.get(bare, path) == chunk
    bare, path = shared.put(without_bytes(group))
    assert not path
    assert receiver.get(bare, path) == without_bytes(group)
    in_memory = next(JsonLines("", Content(PIECES[0]), None).chunks(0))
    assert shared.put(in_memory) == (in_memory, "")
    shared.close()
    receiver.close()


FIELDS = st.lists(
    st.sampled_from(
        [b"a,b\n", b'"a\nb",c\n', b"\n", b'"x""y",\r\n', b"only\n", b'"open,\n', b"\xff,b\n", b"a,b\r", b"1,2,3\n"]
    ),
    max_size=30,
).map(b"".join)


@settings(max_examples=examples(15))
@given(FIELDS, st.sampled_from([20, 100]), st.data())
def test_rows_of_a_table_are_read_again_alone(body: bytes, chunk_bytes: int, data: st.DataObject) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        path.write_bytes(b"p,q\na,b\n" + body)
        [source] = open_sources([str(path)], chunk_bytes=chunk_bytes)
        loaded = [chunk.load() for chunk in source.chunks(0)]
        rows = [row for each in loaded for row in each.records]
        offsets = [offset for each in loaded for offset in each.offsets.tolist()]
        if not rows:
            return
        wanted = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6))
        assert source.fetch(wanted, [offsets[row] for row in wanted]) == [rows[row] for row in wanted]
        again = source._at(sorted({offsets[row] for row in wanted}))  # type: ignore[attr-defined]
        if len(loaded) > 1 and b'"open' not in body and b"\r" not in body.replace(b"\r\n", b""):
            assert len(again) == len(set(wanted))
