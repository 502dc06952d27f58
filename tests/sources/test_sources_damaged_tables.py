"""Tables that lie: wrong offsets, texts that are not UTF-8, and few bytes that stand for very many."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests_sources_reading import Read, read_source

from datalint.core.errors import DatalintError
from datalint.sources import open_sources
from datalint.sources.inflate import DecompressionLimits
from datalint.sources.readers.memory import from_object

ReadFile = Callable[..., Read]
GOOD = [{"text": f"row {n}"} for n in range(4)]


def ipc(table: pa.Table, *, stream: bool = False, compression: str | None = None) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def parquet(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1, data.count(old)
    return data.replace(old, new)


def with_values(values: dict[str, Any], layout: str, old: list[int], new: list[int]) -> bytes:
    """An Arrow file in which the integers of one buffer are replaced."""
    return patched(ipc(pa.table(values)), struct.pack(layout, *old), struct.pack(layout, *new))


def offsets_over_the_data() -> bytes:
    return with_values({"text": ["ab", "cd", "e", "fgh"]}, "<5i", [0, 2, 4, 5, 8], [0, 2, 4, 5, 1 << 30])


def offsets_a_little_over_the_data() -> bytes:
    return with_values({"text": ["ab", "cd", "e", "fgh"]}, "<5i", [0, 2, 4, 5, 8], [0, 2, 4, 5, 600])


def offsets_that_go_back() -> bytes:
    return with_values({"text": ["ab", "cd", "e", "fgh"]}, "<5i", [0, 2, 4, 5, 8], [0, 2, -5, 5, 8])


def lists_over_their_items() -> bytes:
    values = {"text": [["a"], ["b", "c"], ["d"], ["e", "f", "g"]]}
    return with_values(values, "<5i", [0, 1, 3, 4, 7], [0, 1, 3, 10**8, 10**8 + 3])


def indices_over_the_dictionary() -> bytes:
    indices = pa.array([0, 1, 2, 1], pa.int64())
    values = {"text": pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b", "c"]))}
    return with_values(values, "<4q", [0, 1, 2, 1], [0, 10**9, 2, 1])


def views_over_their_data() -> bytes:
    long = "a text that no view has room for"
    values = {"text": pa.array(["a", "b", "c", long], pa.string_view())}
    head = long[:4].encode()
    size = len(long)
    return patched(
        ipc(pa.table(values)), struct.pack("<i4s2i", size, head, 0, 0), struct.pack("<i4s2i", size, head, 0, 1 << 30)
    )


DAMAGED = [
    offsets_over_the_data,
    offsets_a_little_over_the_data,
    offsets_that_go_back,
    lists_over_their_items,
    indices_over_the_dictionary,
    views_over_their_data,
]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_batch_that_is_not_valid_is_refused(damaged: Callable[[], bytes], read_file: ReadFile) -> None:
    data = damaged()
    read = read_file(data, "rows.arrow")
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 4)
    assert read.one("truncated-file").message.startswith("rows 1 to 4 cannot be read: ")
    table = pa.ipc.open_file(pa.BufferReader(data)).read_all()
    for thing in (table, table.to_batches()[0]):
        assert read_source(from_object(thing)).facts.rows_refused == 4


def test_the_batches_around_a_damaged_one_are_read(read_file: ReadFile) -> None:
    tables = [pa.table({"text": [name * 2, name, name, name * 4]}) for name in "abc"]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, tables[0].schema) as writer:
        for table in tables:
            writer.write_table(table)
    data = bytearray(sink.getvalue().to_pybytes())
    place = data.rindex(b"bbbbbbbb")  # its offsets stand before its texts
    place = data.rindex(struct.pack("<5i", 0, 2, 3, 4, 8), 0, place)
    data[place + 16 : place + 20] = struct.pack("<i", 1 << 30)
    read = read_file(bytes(data), "rows.arrow")
    assert [row["text"] for row in read.records] == ["aa", "a", "a", "aaaa", "cc", "c", "c", "cccc"]
    assert (read.facts.rows_read, read.facts.rows_refused, read.facts.lines) == (8, 4, 12)
    assert read.one("truncated-file").message.startswith("rows 5 to 8 cannot be read: ")
    assert read.source.fetch([4], [read.offsets[4]]) == [{"text": "cc"}]


def test_a_stream_that_is_cut_is_read_up_to_there(read_file: ReadFile) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, pa.schema({"text": pa.string()})) as writer:
        for _ in range(3):
            writer.write_table(pa.Table.from_pylist(GOOD))
    data = sink.getvalue().to_pybytes()
    whole = read_file(data, "rows.arrow")
    assert (whole.facts.rows_read, whole.facts.rows_refused) == (12, 0)
    for size in range(len(data) // 2, len(data) - 8):
        facts = read_file(data[:size], "rows.arrow").facts
        assert facts.rows_read % 4 == 0
        assert facts.rows_read < 12 or size > len(data) - 16
        assert facts.rows_refused <= 4
        assert bool(facts.rows_refused) == bool(facts.problems)


def test_rows_after_a_damaged_stream_that_is_cut_are_fetched(tmp_path: Path) -> None:
    table = pa.table({"text": [f"row {n} " * 40 for n in range(4)]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    whole = sink.getvalue().to_pybytes()
    place = whole.rindex(b"\x28\xb5\x2f\xfd") + 4
    cut = whole[:place] + b"\xff" * 8 + whole[place + 8 : -4]
    names = ("data-00000.arrow", "data-00001.arrow")
    for name, data in zip(names, (cut, whole), strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "state.json").write_text(json.dumps({"_data_files": [{"filename": name} for name in names]}))
    read = read_source(open_sources([str(tmp_path)])[0])
    assert [record["text"] for record in read.records] == table["text"].to_pylist()
    assert read.facts.rows_refused == read.offsets[0]
    assert read.source.fetch([0, 3], [read.offsets[0], read.offsets[3]]) == [read.records[0], read.records[3]]


def test_saved_and_loaded_datasets_are_checked_too(tmp_path: Path) -> None:
    from datasets import Dataset

    Dataset.from_list([{"text": text} for text in ("ab", "cd", "e", "fgh")]).save_to_disk(tmp_path / "saved")
    [path] = (tmp_path / "saved").glob("*.arrow")
    path.write_bytes(patched(path.read_bytes(), struct.pack("<5i", 0, 2, 4, 5, 8), struct.pack("<5i", 0, 2, 4, 5, 999)))
    read = read_source(open_sources([str(tmp_path / "saved")])[0])
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 4)
    read = read_source(from_object(Dataset.from_file(str(path))))
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 4)


RAW = [b"good", b"bad \xff\xfe end", b"caf\xc3\xa9", None]


def _texts(kind: pa.DataType, stored: pa.DataType) -> pa.Array:
    return pa.Array.from_buffers(kind, len(RAW), pa.array(RAW, stored).buffers())


def texts(name: str) -> tuple[pa.Array, str]:
    """A column whose second row is not UTF-8, and the path of that text."""
    plain = _texts(pa.string(), pa.binary())
    turns = pa.StructArray.from_arrays([pa.array(["user"] * 4), plain], ["role", "content"])
    return {
        "text": (plain, "$.text"),
        "large": (_texts(pa.large_string(), pa.large_binary()), "$.text"),
        "view": (_texts(pa.string_view(), pa.binary_view()), "$.text"),
        "dictionary": (pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 0]), plain.slice(0, 3)), "$.text"),
        "list": (pa.ListArray.from_arrays([0, 1, 2, 3, 4], turns), "$.text[0].content"),
        "fixed list": (pa.FixedSizeListArray.from_arrays(plain, 1), "$.text[0]"),
        "map": (pa.MapArray.from_arrays([0, 1, 2, 3, 4], ["k"] * 4, plain), "$.text[0][1]"),
    }[name]


@pytest.mark.parametrize("name", ["text", "large", "view", "dictionary", "list", "fixed list", "map"])
@pytest.mark.parametrize("container", ["file", "stream", "parquet", "memory"])
def test_texts_that_are_not_utf8_refuse_their_row(name: str, container: str, read_file: ReadFile) -> None:
    column, path = texts(name)
    table = pa.table({"n": [1, 2, 3, 4], "text": column})
    if container == "memory":
        read = read_source(from_object(table))
    elif container == "parquet":
        # Of a column that is a dictionary in the schema too, Arrow refuses all rows.
        read = read_file(parquet(table, store_schema=False), "rows.parquet")
    else:
        read = read_file(ipc(table, stream=container == "stream"), "rows.arrow")
    assert [row["n"] for row in read.records] == [1, 3, 4]
    assert (read.facts.rows_refused, read.facts.lines, read.lines) == (1, 4, [1, 3, 4])
    problem = read.one("invalid-utf8")
    assert problem.message == "row 2 cannot be read: byte 5 of the text (0xFF) is not UTF-8: invalid start byte"
    assert problem.path == path
    assert read.source.fetch([1], [read.offsets[1]]) == [read.records[1]]


def test_a_dictionary_with_a_text_that_is_not_utf8(read_file: ReadFile, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, _ = texts("list")
    data = parquet(pa.table({"n": [1, 2, 3, 4], "text": texts("text")[0], "turns": turns}))
    monkeypatch.setattr("datalint.sources.tables.parquet._BATCH", 1)
    read = read_file(data, "rows.parquet")
    assert [row["n"] for row in read.records] == [1, 3, 4]
    assert read.one("invalid-utf8").path == "$.text"


def test_values_that_python_cannot_hold_refuse_their_row(read_file: ReadFile) -> None:
    days = pa.array([0, 2**31 - 1, 1], pa.int32()).view(pa.date32())
    read = read_file(ipc(pa.table({"n": [1, 2, 3], "day": days})), "rows.arrow")
    assert [row["n"] for row in read.records] == [1, 3]
    assert read.one("invalid-row").message.startswith("row 2 cannot be read: ")


def test_names_that_are_not_utf8(read_file: ReadFile) -> None:
    table = pa.table({"namename": ["a"]})
    for data, name in ((ipc(table), "rows.arrow"), (parquet(table), "rows.parquet")):
        with pytest.raises(DatalintError, match="can't decode byte 0xff"):
            read_file(data.replace(b"namename", b"name\xff\xffme"), name)


def test_metadata_that_pyarrow_must_not_be_asked_for(read_file: ReadFile) -> None:
    # The footer counts levels of an optional column that its schema calls required.
    data = parquet(pa.table({"text": ["a", "b", "c"]}))
    read = read_file(patched(data, b"\x25\x02\x18\x04text", b"\x25\x00\x18\x04text"), "rows.parquet")
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 3)


LIMITS = DecompressionLimits(ratio=100, ratio_from=1 << 20, total=64 << 20)


def one_text_many_times() -> bytes:
    indices = pa.array(np.zeros(1_000, np.int32))
    return parquet(pa.table({"text": pa.DictionaryArray.from_arrays(indices, pa.array(["x" * 10_000]))}))


def one_text_many_times_in_lists() -> bytes:
    one = pa.array([["x" * 10_000] * 10] * 100)
    return parquet(pa.table({"text": one}))


def one_page_of_blanks() -> bytes:
    return parquet(pa.table({"text": [" " * 5_000_000]}), use_dictionary=False, compression="zstd")


def beginnings_of_the_text_before() -> bytes:
    table = pa.table({"text": ["x" * 10_000] * 1_000})
    return parquet(table, use_dictionary=False, column_encoding={"text": "DELTA_BYTE_ARRAY"})


def many_nulls_in_one_list() -> bytes:
    return parquet(pa.table({"text": pa.array([[None] * 5_000_000], pa.list_(pa.int8()))}))


def rows_without_bytes() -> bytes:
    return parquet(pa.table({"text": pa.nulls(3_000_000, pa.int8())}))


def compressed_buffers() -> bytes:
    return ipc(pa.table({"text": [" " * 5_000_000]}), compression="zstd")


def compressed_stream() -> bytes:
    return ipc(pa.table({"text": [" " * 5_000_000]}), compression="zstd", stream=True)


def nulls_of_no_type() -> bytes:
    return ipc(pa.table({"text": pa.nulls(3_000_000)}))


def views_of_one_text() -> bytes:
    views = struct.pack("<i4s2i", 5_000, b"xxxx", 0, 0) * 1_000
    buffers = [None, pa.py_buffer(views), pa.py_buffer(b"x" * 5_000)]
    return ipc(pa.table({"text": pa.Array.from_buffers(pa.string_view(), 1_000, buffers)}))


def views_of_one_list() -> bytes:
    items = pa.array(range(1_000), pa.int64())
    starts, sizes = pa.array([0] * 1_000, pa.int32()), pa.array([1_000] * 1_000, pa.int32())
    return ipc(pa.table({"text": pa.ListViewArray.from_arrays(starts, sizes, items)}))


BOMBS = [
    (one_text_many_times, "rows.parquet"),
    (one_text_many_times_in_lists, "rows.parquet"),
    (one_page_of_blanks, "rows.parquet"),
    (beginnings_of_the_text_before, "rows.parquet"),
    (many_nulls_in_one_list, "rows.parquet"),
    (rows_without_bytes, "rows.parquet"),
    (compressed_buffers, "rows.arrow"),
    (compressed_stream, "rows.arrow"),
    (nulls_of_no_type, "rows.arrow"),
    (views_of_one_text, "rows.arrow"),
    (views_of_one_list, "rows.arrow"),
]


@pytest.mark.parametrize(("make", "name"), BOMBS)
def test_few_bytes_that_stand_for_many_are_refused(make: Callable[[], bytes], name: str, read_file: ReadFile) -> None:
    with pytest.raises(DatalintError, match=f"{name} expands more than 100 times when decompressed"):
        read_file(make(), name, limits=LIMITS)


@pytest.mark.parametrize("make", [one_text_many_times, one_text_many_times_in_lists])
def test_references_are_counted_before_any_row_is_read(
    make: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datalint.sources.tables.parquet._SMALL", 0)
    monkeypatch.setattr("datalint.sources.tables.parquet._COUNTED", 300)
    path = tmp_path / "rows.parquet"
    path.write_bytes(make())
    with pytest.raises(DatalintError, match="expands more than 100 times"):
        open_sources([str(path)], limits=LIMITS)
    many = LIMITS._replace(ratio=10**6, total=9_900_000)
    with pytest.raises(DatalintError, match="is more than 9 MiB once decompressed"):
        open_sources([str(path)], limits=many)
    open_sources([str(path)], limits=many._replace(total=10_200_000))


def test_a_long_text_that_few_rows_have_is_no_bomb(read_file: ReadFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.tables.parquet._SMALL", 0)
    texts = [["x" * 100_000, "a", "b"][min(n, 1 + n % 2)] for n in range(2_000)]
    read = read_file(
        parquet(pa.table({"text": texts, "list": [[text] for text in texts]})), "rows.parquet", limits=LIMITS
    )
    assert [record["text"] for record in read.records] == texts


@pytest.mark.parametrize("compression", [None, "zstd", "lz4"])
@pytest.mark.parametrize("stream", [False, True])
def test_compressed_buffers_are_read(compression: str | None, stream: bool, read_file: ReadFile) -> None:
    table = pa.Table.from_pylist([{"text": f"row {n}", "n": n} for n in range(500)])
    table = table.append_column("label", table["text"].dictionary_encode())
    read = read_file(ipc(table, stream=stream, compression=compression), "rows.arrow")
    assert read.records == table.to_pylist()


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"use_dictionary": False},
        {"compression": "gzip"},
        {"data_page_size": 2_000},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_LENGTH_BYTE_ARRAY"}},
    ],
)
def test_texts_from_dictionaries_are_the_same(
    version: str, options: dict[str, Any], read_file: ReadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"a longer text, which is number {n % 210}" for n in range(900)]
    rows = [{"text": text, "turns": [{"role": "user", "content": text}], "n": n} for n, text in enumerate(texts)]
    # In batches of so few rows a dictionary reaches its limit, and the texts after it are written as they are.
    small = {"dictionary_pagesize_limit": 6_000, "write_batch_size": 100, "data_page_version": version}
    data = parquet(pa.Table.from_pylist(rows), **small, **options)
    assert read_file(data, "rows.parquet").records == rows
    monkeypatch.setattr("datalint.sources.tables.parquet._BATCH", 1_000)
    assert read_file(data, "again.parquet").records == rows


def test_a_row_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, read_file: ReadFile) -> None:
    monkeypatch.setattr("datalint.sources.tables.batches.CHUNK_BYTES", 10_000)
    monkeypatch.setattr("datalint.sources.tables.batches.MOST_ROW", 50_000)
    table = pa.table({"text": ["a", "b" * 60_000, "c" * 40_000, "d"]})
    read = read_file(ipc(table), "rows.arrow")
    assert [row["text"][0] for row in read.records] == ["a", "c", "d"]
    assert read.one("oversized-line").message.startswith("row 2 cannot be read: ")


FUZZ = """
import random, sys
from datalint.core.errors import DatalintError
from datalint.sources import merge_facts
from datalint.sources.content import Content
from datalint.sources.sniff import OpenSettings, open_content

rnd = random.Random(7)
for name in sys.argv[1:]:
    whole = open(name, "rb").read()
    for turn in range(60):
        data = bytearray(whole)
        for _ in range(rnd.choice((1, 1, 2, 4))):
            place = rnd.randrange(len(data) - 8)
            width = rnd.choice((1, 1, 4, 8))
            value = rnd.choice((0, 1, 2**31 - 1, 2**40, rnd.getrandbits(64))) % 256**width
            data[place : place + width] = value.to_bytes(width, "little")
        try:
            source = open_content(Content(bytes(data)), name, OpenSettings())
            parts = [chunk.load() for chunk in source.chunks(0)]
        except DatalintError:
            continue
        facts = merge_facts([source.facts(), *(part.facts for part in parts)])
        assert facts.rows_read + facts.rows_refused == facts.lines, (name, turn)
        assert bool(facts.rows_refused) <= bool(facts.problems), (name, turn)
        offsets = [int(offset) for part in parts for offset in part.offsets]
        records = [record for part in parts for record in part.records]
        assert repr(source.fetch(range(len(offsets)), offsets)) == repr(records), (name, turn)
print("done")
"""


def test_mutants_end_no_process(tmp_path: Path) -> None:
    rows = [
        {"turns": [{"role": "user", "content": f"q{n}" * n}], "n": n, "tags": ["a", "b"][: n % 3], "f": n / 3}
        for n in range(20)
    ]
    table = pa.Table.from_pylist(rows).append_column("label", pa.array(["x", "yy"] * 10).dictionary_encode())
    views = table.append_column("view", pa.array(["short", "longer than twelve"] * 10, pa.string_view()))
    for name, data in {
        "file.arrow": ipc(views),
        "stream.arrow": ipc(table, stream=True),
        "zstd.arrow": ipc(table, compression="zstd"),
        "one.parquet": parquet(table),
        "two.parquet": parquet(table, data_page_version="2.0", compression="zstd", row_group_size=7),
    }.items():
        (tmp_path / name).write_bytes(data)
    names = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([sys.executable, "-c", FUZZ, *names], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr[-2000:]
