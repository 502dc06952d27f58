"""Kinds of cases. Every byte of a case follows from its kind, the seed and its number."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from random import Random
from typing import Any, Final

import zstandard

from . import command_kinds, seeds, settings
from .cases import COMPILED, PLAIN, Case
from .mutate import BINARY, JSON, TEXT, Mutation, mutated
from .tokens import TEXTS

Steps = tuple[tuple[str, str], ...]
_BOTH: Final[Steps] = (("check", COMPILED), ("check", PLAIN))
#: Of so many cases of a reader one is given to the whole command too, which takes ten times as long.
_EVERY: Final = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case; ``make`` returns a case without its name, ``share`` is its weight in the time of a run."""

    name: str
    make: Callable[[Random, int], Case]
    share: float = 1.0

    def case(self, seed: int, number: int) -> Case:
        """Return a case, the same one each time."""
        made = self.make(Random(f"{self.name}/{seed}/{number}"), number)
        return replace(made, name=f"{self.name}-{seed}-{number}")


def _reading(number: int) -> Steps:
    return (("read", COMPILED), *(_BOTH if number % _EVERY == 0 else ()))


def _text_kind(
    name: str, suffixes: Sequence[str], files: Callable[[], Sequence[bytes]], mutations: Sequence[Mutation]
) -> Kind:
    def make(rng: Random, number: int) -> Case:
        others = files()
        original = rng.choice(others)
        data = mutated(rng, original, mutations, others)
        given = "rows" + rng.choice(suffixes)
        return Case("", {given: data}, given, _reading(number), original=original)

    return Kind(name, make)


def _compress(rng: Random, data: bytes) -> tuple[bytes, str]:
    """Return data compressed in one of four ways, and the suffix of such files."""
    chosen = rng.randrange(4)
    if chosen == 0:
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=rng.choice((0, 6)), mtime=0) as file:
            file.write(data)
        return packed.getvalue(), ".gz"
    if chosen == 1:
        return lzma.compress(data, check=rng.choice((lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64))), ".xz"
    if chosen == 2:
        return bz2.compress(data, rng.choice((1, 9))), ".bz2"
    made = zstandard.ZstdCompressor(write_checksum=rng.random() < 0.5, write_content_size=rng.random() < 0.5)
    return made.compress(data), ".zst"


def _compressed(rng: Random, number: int) -> Case:
    suffix, files, mutations = rng.choice(
        ((".jsonl", seeds.json_lines, JSON), (".json", seeds.json_documents, JSON), (".csv", _commas, TEXT))
    )
    data = rng.choice(files())
    inside = rng.random() < 0.5
    if inside:
        data = mutated(rng, data, mutations)
    packed, ending = _compress(rng, data)
    if rng.random() < 0.1:
        packed += _compress(rng, data)[0]
    original = packed
    if not inside or rng.random() < 0.1:
        packed = mutated(rng, packed, BINARY)
    given = "rows" + suffix + (ending if rng.random() < 0.9 else rng.choice(("", ".gz", ".zst")))
    return Case("", {given: packed}, given, _reading(number), original=original)


def _commas() -> Sequence[bytes]:
    return seeds.delimited(",")


def _damaged(rng: Random, data: bytes) -> bytes:
    """Return a table's bytes, most often damaged."""
    return data if rng.random() < 0.1 else mutated(rng, data, BINARY)


def _parquet(rng: Random, number: int) -> Case:
    from . import tables

    original = tables.parquet(rng)
    return Case("", {"rows.parquet": _damaged(rng, original)}, "rows.parquet", _reading(number), original=original)


def _arrow(rng: Random, number: int) -> Case:
    from . import tables

    feather = rng.random() < 0.25
    original = tables.feather_file(rng) if feather else tables.arrow(rng)
    given = "rows.feather" if feather else "rows.arrow"
    return Case("", {given: _damaged(rng, original)}, given, _reading(number), original=original)


def _workbook(rng: Random, number: int) -> Case:
    from . import sheets

    original, data = sheets.workbooks(rng)
    return Case("", {"rows.xlsx": data}, "rows.xlsx", _reading(number), original=original)


def _saved(rng: Random, number: int) -> Case:
    from . import tables

    files = tables.saved(rng)
    name = rng.choice(sorted(files))
    original = files[name]
    files[name] = mutated(rng, original, JSON if name.endswith(".json") else BINARY)
    return Case(
        "", {f"saved/{path}": data for path, data in files.items()}, "saved", _reading(number), original=original
    )


def _stdin(rng: Random, number: int) -> Case:
    from . import tables

    make = rng.choice(
        (
            lambda: mutated(rng, rng.choice(seeds.json_lines()), JSON),
            lambda: mutated(rng, rng.choice(seeds.json_documents()), JSON),
            lambda: mutated(rng, _compress(rng, rng.choice(seeds.json_lines()))[0], BINARY),
            lambda: _damaged(rng, tables.parquet(rng)),
        )
    )
    return Case("", {"input": make()}, "input", (("check", COMPILED),), stdin=True)


def _texts_of(rng: Random) -> str:
    return rng.choice(TEXTS)[:2000] + rng.choice(("", " ", " and so on ", rng.choice(TEXTS)[:200]))


def _hostile_rows(rng: Random) -> bytes:
    """Return JSON Lines whose texts, keys, roles and labels are tokens, some of them repeated with small changes."""
    rows: list[dict[str, Any]] = []
    for _ in range(rng.choice((3, 8, 20))):
        text, other = _texts_of(rng), _texts_of(rng)
        role = rng.choice(("assistant", other[:40]))
        rows.append(
            rng.choice(
                (
                    {"messages": [{"role": "user", "content": text}, {"role": role, "content": other}]},
                    {"prompt": text, "completion": other, "category": rng.choice((other[:60], "a"))},
                    {"prompt": text, "chosen": other, "rejected": rng.choice((other, text))},
                    {text[:60]: other, "prompt": text, "mesages": other},
                    {"text": text, other[:60]: 1},
                )
            )
        )  # fmt: skip
    rows += [
        json.loads(json.dumps(row).replace("a", "b", rng.choice((0, 1, 5)))) for row in rng.sample(rows, len(rows) // 2)
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _odd_name(rng: Random, suffix: str) -> str:
    """Return a file's name that is a token, now and then."""
    if rng.random() < 0.8:
        return f"rows{suffix}"
    text = rng.choice(TEXTS)[:40].replace("/", "_").replace("\0", "_").encode("utf-8", "replace").decode()
    # The command expands globs, and takes what begins with a hyphen for an option.
    return f"a{text}{suffix}" if len(text.encode()) < 200 else f"rows{suffix}"


def _formats(rng: Random, number: int) -> Case:
    chosen = rng.random()
    if chosen < 0.5:
        original = _hostile_rows(rng)
        data, suffix = (mutated(rng, original, JSON) if rng.random() < 0.3 else original), ".jsonl"
    elif chosen < 0.8:
        original = rng.choice(seeds.json_lines())
        data, suffix = mutated(rng, original, JSON, seeds.json_lines()), ".jsonl"
    else:
        original = rng.choice(_commas())
        data, suffix = mutated(rng, original, TEXT), ".csv"
    given = _odd_name(rng, suffix)
    flavour = (COMPILED, PLAIN)[number % 2]
    return Case("", {given: data}, given, (("formats", flavour),), original=original)


def _commands(rng: Random, number: int) -> Case:
    original = _hostile_rows(rng) if rng.random() < 0.5 else rng.choice(seeds.json_lines())
    data = mutated(rng, original, JSON, seeds.json_lines())
    flavour = (COMPILED, PLAIN)[number % 2]
    files = {"rows.jsonl": data, "old.jsonl": original}
    return Case("", files, "rows.jsonl", (("commands", flavour),), original=original)


def _settings(rng: Random, number: int) -> Case:
    files, name, original = settings.settings(rng)
    steps = (("settings", (COMPILED, PLAIN)[number % 2]),)
    return Case("", files, "rows.jsonl", steps, original=original, damaged=name)


def _agreement(rng: Random, number: int) -> Case:
    """Return many lines of mostly one layout, some of them damaged, and an evaluation set now and then."""
    whole: list[bytes] = []
    row = rng.choice(seeds.ROWS)
    mutants = 0
    for place in range(rng.choice((60, 150, 300))):
        line = json.dumps(_filled(rng, row), ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
        if rng.random() < 0.3:
            mutants += 1
            line = mutated(rng, line, JSON)[:20_000].replace(b"\n", b" " if place % 3 else b"\n")
        whole.append(line)
    chosen = rng.random()
    if chosen < 0.15:
        files = {"rows.json": b"[" + rng.choice((b",\n", b",")).join(whole) + b"]"}
    elif chosen < 0.3:
        mutants = 1
        files = {"rows.csv": mutated(rng, b"\n".join(rng.choice(_commas()) for _ in range(30)), TEXT)}
    else:
        files = {"rows.jsonl": b"\n".join(whole) + rng.choice((b"\n", b""))}
    [given] = files
    if rng.random() < 0.3:
        files["eval.jsonl"] = b"\n".join(rng.sample(whole, 20)) + b"\n"
    steps = (("agreement", COMPILED), ("agreement", PLAIN))
    return Case("", files, given, steps, mutants=mutants)


def _filled(rng: Random, value: Any) -> Any:
    """Return a row with other texts and numbers in the same places."""
    if isinstance(value, str):
        return value if rng.random() < 0.4 else _texts_of(rng)[:300]
    if isinstance(value, dict):
        return {key: _filled(rng, each) if key != "role" else each for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(rng, each) for each in value]
    if type(value) is int:
        return rng.choice((0, -1, value, 2**53 + 1, 10**17, 10**18, 2**63 - 1, -(2**63)))
    return value


def _with_rows(make: Callable[[Random, int, bytes], Case], rng: Random, number: int) -> Case:
    return make(rng, number, _hostile_rows(rng))


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its name."""
    found = (
        _text_kind("jsonl", (".jsonl", ".jsonl", ".ndjson", ".json"), seeds.json_lines, JSON),
        _text_kind("json", (".json", ".json", ".jsonl"), seeds.json_documents, JSON),
        _text_kind("csv", (".csv",), _commas, TEXT),
        _text_kind("tsv", (".tsv",), lambda: seeds.delimited("\t"), TEXT),
        _text_kind("text", (".txt", ".text"), seeds.texts, TEXT),
        _text_kind("tagged", (".conll", ".txt", ".tsv"), seeds.tagged, TEXT),
        Kind("compressed", _compressed),
        Kind("parquet", _parquet),
        Kind("arrow", _arrow),
        Kind("saved", _saved),
        Kind("workbook", _workbook),
        Kind("stdin", _stdin),
        Kind("formats", _formats, 1.5),
        Kind("commands", _commands, 1.5),
        Kind("settings", _settings),
        *(
            Kind(make.__name__, partial(_with_rows, make), 1.5)
            for make in (command_kinds.writing, command_kinds.describing, command_kinds.extras)
        ),
        Kind("agreement", _agreement, 2.5),
    )
    return {kind.name: kind for kind in found}
