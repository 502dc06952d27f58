"""The probe of readers: every way of reading a file gives the same rows, and they are what the bytes say."""

from __future__ import annotations

import ast
import hashlib
import json
import marshal
import os
import pickle
import sys
import warnings
from random import Random
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.records.record import FileFacts
from datalint.sources import Located, Source, has_lines, merge_facts, open_sources
from datalint.sources.readers.json_lines.reader import JsonLinesChunk

#: Where rows may take several lines, or mean something else than UTF-8 says, lines alone do not tell what is a row.
_NOT_BY_LINE: Final = frozenset(
    ("pretty-printed-json", "concatenated-json", "wrong-encoding", "byte-order-mark", "git-lfs-pointer")
)
#: Brackets in a line from which nesting may be the reason for its refusal.
_BRACKETS: Final = 200
_SPACE: Final = b" \t\r"


def read(given: str) -> str:
    """Read a path in one chunk and in several, fetch rows again, and compare with Python's JSON parser."""
    try:
        whole = [_Read(source) for source in open_sources([given])]
    except DatalintError as error:
        return _message(error)
    size = sum(each.facts.size for each in whole)
    for chunk_bytes in {max(size // 5, 1), Random(size).randrange(1, 400)}:
        if size > 2000 * chunk_bytes:
            continue
        for one, other in zip(whole, open_sources([given], chunk_bytes=chunk_bytes), strict=True):
            one.compare(_Read(other), "smaller chunks")
    for each in whole:
        each.check()
    digest = hashlib.sha256(b"".join(each.bytes for each in whole)).hexdigest()
    return f"{sum(len(each.records) for each in whole)} rows, {digest}"


def _message(error: DatalintError) -> str:
    text = str(error)
    assert text.isprintable(), f"a message that is not printable: {text!r}"
    assert len(text) < 2000, f"a long message: {text[:200]!r}"
    return f"refused: {text}"


class _Read:
    """All rows of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        parts = [self._load(pickle.loads(pickle.dumps(chunk))) for chunk in source.chunks(0)]
        self.facts = merge_facts([source.facts(), *(part.facts for part in parts)])
        self.records = [record for part in parts for record in part.records]
        self.offsets = [int(offset) for part in parts for offset in part.offsets]
        self.lines: list[int] = []
        self.noticed: dict[int, list[Any]] = {}
        lines = rows = 0
        for part in parts:
            self.lines += [line + lines for line in part.lines]
            self.noticed |= {
                rows + at: [each._replace(record=None) for each in some] for at, some in part.noticed.items()
            }
            lines += part.facts.lines
            rows += len(part.records)
        self.bytes = _written(self.records)
        assert len(self.lines) == len(self.offsets) == len(self.records) == self.facts.rows_read
        assert self.lines == sorted(self.lines), "lines are not in order"

    @staticmethod
    def _load(chunk: Any) -> Located:
        """Return a chunk's rows, read by compiled code too where there is any."""
        plain: Located = chunk.load()
        if isinstance(chunk, JsonLinesChunk) and os.environ["DATALINT_FUZZ_FLAVOUR"] == "compiled":
            from datalint.sources.scanner.scanning import load_scanner

            scanner = load_scanner()
            assert scanner is not None, "no compiled scanner"
            scanned = chunk.load(lambda data: scanner(data, lambda row: True))
            for name in ("lines", "facts", "noticed"):
                assert getattr(scanned, name) == getattr(plain, name), f"compiled code reads other {name}"
            assert scanned.offsets.tolist() == plain.offsets.tolist(), "compiled code reads other offsets"
            assert _written(list(scanned.records)) == _written(list(plain.records)), "compiled code reads other rows"
        return plain

    def compare(self, other: _Read, how: str) -> None:
        """Check that another reading gave the same."""
        assert self.bytes == other.bytes, f"{how}: other rows"
        assert self.lines == other.lines, f"{how}: other lines"
        assert self.offsets == other.offsets, f"{how}: other offsets"
        assert self.noticed == other.noticed, f"{how}: other notices"
        one, two = (_comparable(each.facts) for each in (self, other))
        assert one == two, f"{how}: other facts\n{_differing(one, two)}"

    def check(self) -> None:
        """Check the rows by fetching some again, by their types, and by the lines."""
        for record in self.records:
            _check_types(record)
        rng = Random(len(self.records))
        some = sorted(rng.sample(range(len(self.records)), min(6, len(self.records)))) * 2
        if some:
            again = self.source.fetch(some, [self.offsets[row] for row in some])
            assert _written(again) == _written([self.records[row] for row in some]), "fetching gives other rows"
            if has_lines(self.source.container):
                assert _written(self.source.fetch(some)) == _written(again), "fetching by ordinals gives other rows"
        content = getattr(self.source, "content", None)
        if content is None:
            return
        rules = {problem.rule for problem in self.facts.problems}
        data = content.read(getattr(self.source, "start", 0), content.size)
        rows = self.facts.rows_read + self.facts.rows_refused
        if self.source.container in ("jsonl", "text") and "git-lfs-pointer" not in rules:
            self._check_lines(data, rows, rules)
        elif data.strip() and not rows and "csv" not in self.source.container and "tsv" not in self.source.container:
            assert not self._holds_rows(data), "neither rows read nor rows refused in a file that is not blank"

    def _check_lines(self, data: bytes, rows: int, rules: set[str]) -> None:
        lines = [line for line in data.split(b"\n") if line.strip(_SPACE)]
        joined = "pretty-printed-json" in rules and 0 < rows < len(lines)
        shared = "concatenated-json" in rules and rows > 0
        assert rows == len(lines) or joined or shared, f"{rows} rows, {len(lines)} non-blank lines"
        if self.source.container != "jsonl" or _NOT_BY_LINE & rules:
            return
        if any(line.count(b"[") + line.count(b"{") > _BRACKETS for line in lines):
            return
        # Rows whose line is no JSON, and what Python reads in it.
        meant = {each.record: each.line for each in self.facts.problems if each.rewritable}
        expected = [row for row in map(_parsed, lines) if isinstance(row, dict)]
        found = [row for number, row in enumerate(self.records) if number not in meant]
        assert len(expected) == len(found), f"{len(found)} rows read, {len(expected)} are JSON objects"
        assert _written(expected) == _written(found), "rows that Python's JSON parser reads in another way"
        physical = data.split(b"\n")
        for record, line in meant.items():
            assert record is not None
            assert line is not None
            python = _literal(physical[line - 1])
            same = python is None or _written([python]) == _written([self.records[record]])
            assert same, "a row that Python reads in another way"

    @staticmethod
    def _holds_rows(data: bytes) -> bool:
        """Whether a document has anything that is a row, read or refused: only empty lists have none."""
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return True
        return value != [] and not (isinstance(value, dict) and all(each == [] for each in value.values()))


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode(), parse_int=_integer)
    except (ValueError, RecursionError):
        return None


def _literal(line: bytes) -> Any:
    """Return the dict that Python reads in a line, with its tuples as lists; None for none, or for several of a key."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(line.decode().strip(" \t\r"), mode="eval").body
            value = json.loads(json.dumps(ast.literal_eval(tree)))
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
    return value if isinstance(value, dict) and b"\\u" not in line else None


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= sys.get_int_max_str_digits() else float(digits)


def _written(records: list[Any]) -> bytes:
    """Return rows as bytes, which are equal for equal rows: numbers of one type, keys in one order, NaN like NaN."""
    return marshal.dumps(records, 2)


def _check_types(record: Any) -> None:
    stack = [record]
    assert type(record) is dict, "a row that is not a dict"
    while stack:
        node = stack.pop()
        if type(node) is dict:
            assert all(type(key) is str for key in node), "a key that is not text"
            stack.extend(node.values())
        elif type(node) is list:
            stack.extend(node)
        else:
            assert node is None or type(node) in (str, int, float, bool), f"a value of type {type(node).__name__}"


def _comparable(facts: FileFacts) -> dict[str, Any]:
    """Return facts without what may depend on chunks: the order of problems, which reports sort, and where in its line
    an element of a document is wrong.
    """
    found = {name: getattr(facts, name) for name in FileFacts.__annotations__}
    words = facts.container not in ("json-array", "json-object")
    problems = [problem if words else problem._replace(message="") for problem in facts.problems]
    return found | {"problems": sorted(problems, key=repr)}


def _differing(one: dict[str, Any], other: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {one[name]!r}\nand {other[name]!r}"[:2000] for name in one if one[name] != other[name])
