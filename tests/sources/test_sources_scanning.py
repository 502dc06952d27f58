"""Lines of one layout read by compiled code are what the reader of any line makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pytest
from every import every
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.records.canonical import exact_hashes
from datalint.records.lazy_rows import Cells, Records
from datalint.records.structure import Node, Structure
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import Flat, flatten
from datalint.sources.base import Located
from datalint.sources.content import Region
from datalint.sources.readers.json_lines.reader import JsonLinesChunk
from datalint.sources.scanner import kernel as scan_kernel
from datalint.sources.scanner.line_layout import LineLayout
from datalint.sources.scanner.scanning import Scanner, load_scanner
from datalint.sources.scanner.write_kernel import write_lines

pytest.importorskip("numba", reason="the extra fast is not installed")

CHAT = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "id": 1}'
#: Beside lines like CHAT: what a reader of such lines must take for what it is.
ODD = {
    "other white space": '{ "messages":[{"role":"user","content":"a"}\t,{"role":"user","content":"b"} ] ,"id":7}\r',
    "no messages": '{"messages": [], "id": 1}',
    "one message": '{"messages": [{"role": "user", "content": "Hi"}], "id": 1}',
    "escapes": json.dumps({"messages": [{"role": "user", "content": '"\\/\b\f\n\r\t\x00\x1f\x7f'}], "id": 0}),
    "a solidus": '{"messages": [{"role": "user", "content": "a\\/b"}], "id": 1}',
    "escaped letters": '{"messages": [{"role": "user", "content": "\\u0041\\u00e9\\u20AC\\ud83d\\ude00"}], "id": 1}',
    "a lone surrogate": '{"messages": [{"role": "user", "content": "\\ud83d"}], "id": 1}',
    "two high surrogates": '{"messages": [{"role": "user", "content": "\\ud83d\\ud83d\\ude00"}], "id": 1}',
    "a low surrogate": '{"messages": [{"role": "user", "content": "\\ude00"}], "id": 1}',
    "half an escape": '{"messages": [{"role": "user", "content": "\\u00"}], "id": 1}',
    "no escape": '{"messages": [{"role": "user", "content": "\\x"}], "id": 1}',
    "an escape at the end": '{"messages": [{"role": "user", "content": "\\',
    "other letters": '{"messages": [{"role": "user", "content": "é € 😀 中"}], "id": 1}',
    "a tab in a string": '{"messages": [{"role": "user", "content": "a\tb"}], "id": 1}',
    "a key that is escaped": '{"\\u006dessages": [{"role": "user", "content": "a"}], "id": 1}',
    "a key twice": '{"messages": [{"role": "user", "content": "a", "content": "b"}], "id": 1}',
    "a key twice in the row": '{"messages": [{"role": "user", "content": "a"}], "id": 1, "id": 2}',
    "keys in another order": '{"id": 1, "messages": [{"role": "user", "content": "a"}]}',
    "a message with its keys in another order": '{"messages": [{"content": "a", "role": "user"}], "id": 1}',
    "a key more": '{"messages": [{"role": "user", "content": "a", "weight": 1}], "id": 1}',
    "null content": '{"messages": [{"role": "user", "content": null}], "id": 1}',
    "a text for an id": '{"messages": [{"role": "user", "content": "a"}], "id": "1"}',
    "an object for an id": '{"messages": [{"role": "user", "content": "a"}], "id": {"a": 1}}',
    "text for messages": '{"messages": "a", "id": 1}',
    "a number among messages": '{"messages": [{"role": "user", "content": "a"}, 1], "id": 1}',
    "a fraction": '{"messages": [{"role": "user", "content": "a"}], "id": 1.50}',
    "an exponent": '{"messages": [{"role": "user", "content": "a"}], "id": 1e2}',
    "no digits behind the point": '{"messages": [{"role": "user", "content": "a"}], "id": 1.}',
    "minus zero": '{"messages": [{"role": "user", "content": "a"}], "id": -0}',
    "minus zero point": '{"messages": [{"role": "user", "content": "a"}], "id": -0.0}',
    "a negative number": '{"messages": [{"role": "user", "content": "a"}], "id": -12}',
    "a leading zero": '{"messages": [{"role": "user", "content": "a"}], "id": 01}',
    "19 digits": '{"messages": [{"role": "user", "content": "a"}], "id": 1234567890123456789}',
    "30 digits": '{"messages": [{"role": "user", "content": "a"}], "id": 123456789012345678901234567890}',
    "words": '{"messages": [{"role": "user", "content": "a"}], "id": true}',
    "null": '{"messages": [{"role": "user", "content": "a"}], "id": null}',
    "half a word": '{"messages": [{"role": "user", "content": "a"}], "id": tru}',
    "NaN": '{"messages": [{"role": "user", "content": "a"}], "id": NaN}',
    "a trailing comma": '{"messages": [{"role": "user", "content": "a"}], "id": 1,}',
    "a comma in the list": '{"messages": [{"role": "user", "content": "a"},], "id": 1}',
    "two rows": CHAT + CHAT,
    "cut short": CHAT[:40],
    "blank": "",
    "spaces": "  ",
    "an array": "[1]",
    "a byte-order mark": "\ufeff" + CHAT,
    "on several lines": CHAT.replace(", ", ",\n"),
    "around another row": '{"a": [\n' + CHAT + "\n]}",
    "deep": '{"messages": ' + "[" * 120 + "]" * 120 + ', "id": 1}',
}
TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\t\x00é中😀'), max_size=12)
ROWS = {
    "chats": st.fixed_dictionaries(
        {
            "messages": st.lists(
                st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "system"]), "content": TEXT}),
                max_size=4,
            ),
            "source": TEXT,
            "n": st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False),
        }
    ),
    "pairs": st.fixed_dictionaries({"prompt": TEXT, "completion": TEXT}),
    "instructions": st.fixed_dictionaries({"instruction": TEXT, "input": TEXT, "output": TEXT}),
}


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    found = load_scanner()
    assert found is not None
    return found


def load(data: bytes, scanner: Scanner | None = None, *, last: bool = True) -> Located:
    chunk = JsonLinesChunk(0, "rows.jsonl", "jsonl", Region("", data, 0, len(data)), last)
    return chunk.load(None if scanner is None else lambda data: scanner(data, lambda row: True))


def told(raw: Located) -> tuple[Any, ...]:
    return list(map(repr, raw.records)), raw.lines, raw.facts, raw.noticed, raw.offsets.tolist()


def spelled(node: Node) -> Any:
    """Return all that a structure says, groups in the order of their first rows."""
    groups = sorted(node.groups, key=lambda group: group.rows[0])
    rows: dict[tuple[str, ...], dict[int, list[Any]]] = {}
    types: dict[tuple[tuple[str, ...], str, type], tuple[int, int]] = {}
    for group in groups:
        mine = rows.setdefault(group.keys, {})
        for place, row in enumerate(group.rows):
            mine.setdefault(row, []).append([repr(group.column(key)[place]) for key in group.keys])
        for key in group.keys:
            for kind, (count, first) in group.types(key).items():
                known = types.get((group.keys, key, kind), (0, first))
                types[group.keys, key, kind] = known[0] + count, min(known[1], first)
    children = {key: spelled(child) for key, child in node.children.items()}
    return rows, types, node.elements, children, node.item and spelled(node.item)


def frames(flat: Flat) -> tuple[Any, ...]:
    return flat.examples.rows(), flat.turns.rows(), flat.features, flat.bounds, [s.name for s in flat.shapes], flat.rich


def compare(data: bytes, scanner: Scanner, *, last: bool = True) -> Located:
    plain, scanned = load(data, last=last), load(data, scanner, last=last)
    assert told(scanned) == told(plain)
    structure = plain.structure or Structure(plain.records)
    found = scanned.structure or Structure(scanned.records)
    assert spelled(found.root) == spelled(structure.root)
    expected = flatten(plain.records, Detector(), None, structure)
    assert frames(flatten(scanned.records, Detector(), None, found)) == frames(expected)
    return scanned


def among(line: str, others: str = CHAT) -> Iterator[bytes]:
    for lines in ([others] * 5 + [line] + [others] * 5, [line] + [others] * 5, [others] * 5 + [line]):
        yield ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("line", ODD.values(), ids=ODD.keys())
def test_an_odd_line_is_read_as_ever(scanner: Scanner, line: str) -> None:
    for data in among(line):
        for last in (True, False):
            compare(data, scanner, last=last)


@every("line", ODD.values(), ids=ODD.keys())
def test_a_file_of_odd_lines_is_read_as_ever(scanner: Scanner, line: str) -> None:
    compare((line + "\n").encode() * 7, scanner)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{", b"\xff\n", CHAT.encode(), b'{"a": "' + b"\xc3\x28" * 9 + b'"}\n' * 3]
)
def test_what_no_layout_has(scanner: Scanner, data: bytes) -> None:
    assert isinstance(compare(data, scanner).records, list)


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS.keys())
def test_rows_are_read_as_ever(scanner: Scanner, rows: st.SearchStrategy[dict[str, Any]]) -> None:
    @settings(deadline=None)
    @given(st.lists(rows, max_size=12), st.booleans(), st.sampled_from(["\n", "\r\n", " \n"]))
    def check(rows: list[dict[str, Any]], ascii_only: bool, end: str) -> None:
        data = "".join(json.dumps(row, ensure_ascii=ascii_only) + end for row in rows).encode()
        compare(data, scanner)

    check()


@settings(deadline=None)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=8), st.integers(0, 10_000))
def test_any_bytes_among_rows_are_read_as_ever(put: list[int], where: int) -> None:
    scanner = load_scanner()
    assert scanner is not None
    data = (CHAT + "\n").encode() * 8
    at = where % len(data)
    compare(data[:at] + bytes(put) + data[at + len(put) :], scanner)


def test_lines_of_one_layout_stay_bytes(scanner: Scanner) -> None:
    raw = compare((CHAT + "\n" + ODD["null content"] + "\n" + CHAT + "\n").encode(), scanner)
    assert isinstance(raw.records, Records)
    assert raw.structure is not None
    cells, rest = raw.structure.groups
    assert isinstance(cells, Cells)
    assert (list(cells.rows), list(rest.rows)) == ([0, 2], [1])


def test_hashes_are_those_of_the_rows(scanner: Scanner) -> None:
    rows = [{"b": text, "a": [{"d": text, "c": 1}] * 3} for text in ("", '"\\\x01\n é', "a/b")] * 2
    raw = load(b"".join(orjson.dumps(row) + b"\n" for row in rows), scanner)
    assert isinstance(raw.records, Records)
    assert raw.records.hashes.tolist() == exact_hashes(rows).tolist()


def test_a_row_among_those_of_another_layout_is_sought_no_longer_than_it_pays(scanner: Scanner) -> None:
    lines = [CHAT] * 3 + [f'{{"k{number}": 1}}' for number in range(30)]
    assert isinstance(load(("\n".join(lines) + "\n").encode(), scanner).records, list)
    asked: list[dict[str, Any]] = []

    def useful(row: dict[str, Any]) -> bool:
        asked.append(row)
        return False

    assert scanner((CHAT + "\n").encode() * 20, useful) is None
    assert asked == [orjson.loads(CHAT)]


@pytest.mark.parametrize("row", [{}, {"a": {"b": 1}}, {"a": []}, {"a": [1]}, {"a": [{"b": []}]}, {"a": [{}]}, {'"': 1}])
def test_rows_that_have_no_layout(row: dict[str, Any]) -> None:
    assert LineLayout.of(row) is None


def test_kernels_do_the_same_as_they_are(scanner: Scanner) -> None:
    lines = [*[CHAT] * len(ODD), *(line for line in ODD.values() if "\n" not in line)]
    data = ("\n".join(lines) + "\n").encode()
    plain = Scanner(type(scanner._kernels)(scan_kernel.mark_ends, scan_kernel.read_lines, write_lines))
    with np.errstate(over="ignore"):
        mine, compiled = (each(data, lambda row: True) for each in (plain, scanner))
    assert mine is not None
    assert compiled is not None
    assert mine.matched.tolist() == compiled.matched.tolist()
    assert mine.hashes.tolist() == compiled.hashes.tolist()
    assert [each.values() for each in mine.columns] == [each.values() for each in compiled.columns]
