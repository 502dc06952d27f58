"""Small valid tables: Parquet, Arrow IPC, Feather, and folders as ``datasets`` saves them."""

from __future__ import annotations

import datetime
import decimal
import io
import json
from random import Random
from typing import Any, Final

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

from .seeds import ROWS
from .tokens import TEXTS

_WORDS: Final = [text for text in TEXTS if len(text) < 80]
_SMALL: Final = ("NONE", "SNAPPY", "GZIP", "ZSTD", "LZ4", "BROTLI")


def _word(rng: Random) -> str:
    return rng.choice(_WORDS) if rng.random() < 0.3 else f"bike {rng.randrange(9)} is ready"


def _column(rng: Random, kind: str, size: int) -> pa.Array:
    """Return a column of a kind, with some nulls."""
    maker = _KINDS[kind]
    return maker(rng, [None if rng.random() < 0.1 else n for n in range(size)])


def _texts(rng: Random, places: list[int | None]) -> list[str | None]:
    return [None if n is None else _word(rng) for n in places]


def _turns(rng: Random, places: list[int | None]) -> list[list[dict[str, str]] | None]:
    return [
        None
        if n is None
        else [{"role": role, "content": _word(rng)} for role in ("user", "assistant")[: rng.randrange(3)]]
        for n in places
    ]


def _lists(places: list[int | None]) -> list[list[int] | None]:
    return [None if n is None else [n] * (n % 3) for n in places]


_TURN: Final = pa.struct([("role", pa.string()), ("content", pa.string())])
_DAY: Final = datetime.datetime(2024, 5, 1, 12, 30, tzinfo=datetime.UTC)
_DOUBLES: Final = (0.5, float("nan"), float("inf"), -0.0)
_KINDS: Final = {
    "string": lambda rng, at: pa.array(_texts(rng, at), pa.string()),
    "large_string": lambda rng, at: pa.array(_texts(rng, at), pa.large_string()),
    "string_view": lambda rng, at: pa.array(_texts(rng, at), pa.string_view()),
    "dictionary": lambda rng, at: pa.array(_texts(rng, at), pa.string()).dictionary_encode(),
    "binary": lambda rng, at: pa.array([None if n is None else rng.randbytes(9) for n in at], pa.binary()),
    "fixed": lambda rng, at: pa.array([None if n is None else rng.randbytes(4) for n in at], pa.binary(4)),
    "int64": lambda rng, at: pa.array(at, pa.int64()),
    "uint8": lambda rng, at: pa.array(at, pa.uint8()),
    "uint64": lambda rng, at: pa.array([None if n is None else 2**64 - 1 - n for n in at], pa.uint64()),
    "double": lambda rng, at: pa.array([None if n is None else rng.choice(_DOUBLES) for n in at]),
    "half": lambda rng, at: pa.array(at, pa.int16()).cast(pa.float32()).cast(pa.float16()),
    "bool": lambda rng, at: pa.array([None if n is None else n % 2 == 0 for n in at], pa.bool_()),
    "null": lambda rng, at: pa.nulls(len(at)),
    "turns": lambda rng, at: pa.array(_turns(rng, at), pa.list_(_TURN)),
    "large_list": lambda rng, at: pa.array(_lists(at), pa.large_list(pa.int32())),
    "fixed_list": lambda rng, at: pa.array([None if n is None else [n, n] for n in at], pa.list_(pa.int32(), 2)),
    "list_view": lambda rng, at: pa.array(_lists(at), pa.list_view(pa.int32())),
    "struct": lambda rng, at: pa.array([None if n is None else {"a": n, "b": [_word(rng)]} for n in at]),
    "map": lambda rng, at: pa.array([None if n is None else [("a", n)] for n in at], pa.map_(pa.string(), pa.int64())),
    "timestamp": lambda rng, at: pa.array([None if n is None else _DAY for n in at], pa.timestamp("us", "UTC")),
    "date": lambda rng, at: pa.array(at, pa.int32()).cast(pa.date32()),
    "time": lambda rng, at: pa.array(at, pa.int64()).cast(pa.time64("us")),
    "duration": lambda rng, at: pa.array(at, pa.int64()).cast(pa.duration("s")),
    "decimal": lambda rng, at: pa.array([n and decimal.Decimal(n) / 8 for n in at], pa.decimal128(12, 3)),
    "run_end": lambda rng, at: pa.compute.run_end_encode(pa.array(_texts(rng, at), pa.string())),
    "union": lambda rng, at: pa.UnionArray.from_sparse(
        pa.array([n % 2 for n, _ in enumerate(at)], pa.int8()), [pa.array(range(len(at))), pa.array(["x"] * len(at))]
    ),
}  # fmt: skip
#: Kinds that Parquet has no room for.
_ARROW_ONLY: Final = frozenset(("union", "run_end", "duration", "list_view"))
#: Columns that make a row of a shape, which rules then read.
_SHAPED: Final = (
    {"prompt": "string", "completion": "string"},
    {"messages": "turns"},
    {"messages": "turns", "category": "dictionary", "n": "int64"},
    {"text": "large_string", "label": "dictionary"},
    {"prompt": "dictionary", "chosen": "string", "rejected": "large_string"},
)


def table(rng: Random, *, parquet: bool) -> pa.Table:
    """Return a table of a few rows: of a shape's columns, of rows as they are in JSON, or of columns of any type."""
    size = rng.choice((0, 1, 3, 8, 8, 40))
    chosen = rng.random()
    if chosen < 0.3:
        return pa.Table.from_pylist([rng.choice(ROWS[:2] + ROWS[7:8])] * size or [ROWS[0]])
    if chosen < 0.6:
        kinds = dict(rng.choice(_SHAPED))
    else:
        names = [kind for kind in _KINDS if not (parquet and kind in _ARROW_ONLY)]
        kinds = {f"c{n}": kind for n, kind in enumerate(rng.sample(names, rng.randint(1, 4)))}
        kinds |= {"prompt": "string"} if rng.random() < 0.5 else {}
    return pa.table({name: _column(rng, kind, size) for name, kind in kinds.items()})


def parquet(rng: Random) -> bytes:
    """Return a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(
        table(rng, parquet=True),
        sink,
        compression=rng.choice(_SMALL),
        use_dictionary=rng.random() < 0.5,
        version=rng.choice(("1.0", "2.4", "2.6")),
        data_page_version=rng.choice(("1.0", "2.0")),
        row_group_size=rng.choice((2, 5, 1000)),
        write_statistics=rng.random() < 0.7,
        data_page_size=rng.choice((64, 1 << 20)),
        write_page_checksum=rng.random() < 0.2,
        store_schema=rng.random() < 0.7,
    )
    return sink.getvalue()


def arrow(rng: Random, data: pa.Table | None = None, kind: str | None = None) -> bytes:
    """Return an Arrow IPC file or stream."""
    data = table(rng, parquet=False) if data is None else data
    kind = kind or rng.choice(("file", "stream"))
    options = pa.ipc.IpcWriteOptions(compression=rng.choice((None, None, "lz4", "zstd")))
    sink = io.BytesIO()
    with (pa.ipc.new_file if kind == "file" else pa.ipc.new_stream)(sink, data.schema, options=options) as writer:
        writer.write_table(data, max_chunksize=rng.choice((1, 3, 1000)))
    return sink.getvalue()


def feather_file(rng: Random) -> bytes:
    """Return a Feather file."""
    sink = io.BytesIO()
    feather.write_feather(
        table(rng, parquet=False), sink, compression=rng.choice(("uncompressed", "lz4", "zstd")), version=2
    )
    return sink.getvalue()


def saved(rng: Random) -> dict[str, bytes]:
    """Return the files of a folder that ``Dataset.save_to_disk`` or ``DatasetDict.save_to_disk`` writes."""
    splits = rng.choice((("",), ("",), ("train/", "test/")))
    files: dict[str, bytes] = {}
    for split in splits:
        data = table(rng, parquet=False)
        names = [f"data-{n:05}-of-00002.arrow" for n in range(rng.choice((1, 2)))]
        files |= {split + name: arrow(rng, data, "stream") for name in names}
        state: dict[str, Any] = {
            "_data_files": [{"filename": name} for name in names],
            "_fingerprint": "0" * 16,
            "_format_columns": None,
            "_format_kwargs": {},
            "_format_type": None,
            "_output_all_columns": False,
            "_split": split.rstrip("/") or None,
        }
        files[f"{split}state.json"] = json.dumps(state).encode()
        files[f"{split}dataset_info.json"] = b'{"citation": "", "description": ""}'
    if splits != ("",):
        files["dataset_dict.json"] = json.dumps({"splits": [split.rstrip("/") for split in splits]}).encode()
    return files
