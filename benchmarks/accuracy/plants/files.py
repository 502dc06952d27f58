"""Defects of files: JSON, encodings, line endings, containers, tables."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Row, Talk
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants

Change = Callable[[list[Talk]], Given | None]


def _dumped(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def _lines(talks: list[Talk]) -> list[bytes]:
    return [_dumped(talk.chat()) for talk in talks]


def _file(make: Callable[[list[bytes]], bytes], name: str = "train.jsonl") -> Change:
    """Return a change that makes a file of the rows as lines."""
    return lambda talks: Given(data=make(_lines(talks)), name=name)


def _joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _line(change: Callable[[bytes], bytes], at: int = 50) -> Change:
    """Return a change of one line of the file."""
    return _file(lambda lines: _joined([*lines[:at], change(lines[at]), *lines[at + 1 :]]))


def _put(line: bytes, at: int = 50) -> Change:
    """Return a change that puts a line between two others."""
    return _file(lambda lines: _joined([*lines[:at], line, *lines[at:]]))


def _encoded(encoding: str, *, mark: bytes = b"") -> Change:
    def make(lines: list[bytes]) -> bytes:
        return mark + _joined(lines).decode().encode(encoding, errors="ignore")

    return _file(make)


def _letters(encoding: str, letters: str) -> Change:
    """Return a change that writes some letters in every row and the file in another encoding."""

    def make(talks: list[Talk]) -> Given:
        rows = [{"prompt": letters, "completion": talk.answer.encode("ascii", "ignore").decode()} for talk in talks]
        return Given(data=_joined([_dumped(row).decode().encode(encoding) for row in rows]))

    return make


def _table(
    delimiter: str = ",", *, header: bool = True, name: str = "train.csv", quote: str = '"', named: str | None = None
) -> Change:
    """Return a change that writes short texts and labels as a table."""

    def make(talks: list[Talk]) -> Given:
        out = io.StringIO()
        table = csv.writer(
            out, delimiter=delimiter, quotechar=quote, quoting=csv.QUOTE_MINIMAL if quote == '"' else csv.QUOTE_ALL
        )
        rows = [
            (" ".join(talk.prompt.split())[:80], ("billing", "delivery", "other")[n % 3])
            for n, talk in enumerate(talks)
        ]
        table.writerows([("text", "category"), *rows] if header else rows)
        return Given(data=out.getvalue().encode(), name=name, config={} if named is None else {"delimiter": named})

    return make


_SAME: Final[Change] = _file(_joined)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT001",
        dataset,
        obvious={
            "words": _put(b"this is not JSON"),
            "a missing bracket": _line(lambda line: line[:-1]),
            "single quotes": _line(lambda line: line.replace(b'"', b"'")),
        },
        subtle={
            "a comma at the end": _line(lambda line: line[:-1] + b",}"),
            "a raw tab in a text": _line(lambda line: line.replace(b'"content": "', b'"content": "a\tb ', 1)),
            "a wrong escape": _line(lambda line: line.replace(b'"content": "', b'"content": "\\x ', 1)),
            "a leading zero": _line(lambda line: line[:-1] + b', "n": 007}'),
        },
        near={
            "in order": _SAME,
            "white space": _line(lambda line: b"  " + line + b" \t"),
            "JSON in a text": _put(_dumped({"text": '{"a": }'})),
        },
    ),
    *plants(
        "FMT002",
        dataset,
        obvious={"a text": _put(b'"hello"'), "a number": _put(b"42"), "null": _put(b"null")},
        subtle={"a list of texts": _put(b'["Say it.", "It."]'), "true": _put(b"true")},
        near={"in order": _SAME, "an object with one key": _put(b'{"text": "hello"}')},
    ),
    *plants(
        "FMT003",
        dataset,
        obvious={"one array": _file(lambda lines: b"[" + b",\n".join(lines) + b"]")},
        subtle={
            "an array on one line": _file(lambda lines: b"[" + b", ".join(lines) + b"]\n"),
            "lists by split": _file(lambda lines: b'{"train": [' + b",".join(lines) + b"]}", "train.json"),
        },
        near={
            "in order": _SAME,
            "an array named .json": _file(lambda lines: b"[" + b",\n".join(lines) + b"]", "train.json"),
        },
    ),
    *plants(
        "FMT004",
        dataset,
        obvious={
            "all rows": _file(
                lambda lines: _joined([json.dumps(json.loads(line), indent=2).encode() for line in lines])
            )
        },
        subtle={"one row": _line(lambda line: json.dumps(json.loads(line), indent=1).encode())},
        near={
            "in order": _SAME,
            "an indented array": _file(
                lambda lines: json.dumps([json.loads(line) for line in lines], indent=2).encode(), "train.json"
            ),
        },
    ),
    *plants(
        "FMT005",
        dataset,
        obvious={"two rows": _line(lambda line: line + line)},
        subtle={
            "with a comma": _line(lambda line: line + b"," + line),
            "with a space": _line(lambda line: line + b" " + b'{"text": "x"}'),
        },
        near={"in order": _SAME, "two objects in a text": _put(_dumped({"text": '{"a": 1}{"b": 2}'}))},
    ),
    *plants(
        "FMT006",
        dataset,
        obvious={"one": _put(b""), "three": _put(b"\n\n")},
        subtle={"spaces": _put(b"   "), "a tab": _put(b"\t", 119)},
        near={"in order": _SAME, "none at the end": _file(lambda lines: b"\n".join(lines))},
    ),
    *plants(
        "FMT007",
        dataset,
        obvious={"bytes": _line(lambda line: line.replace(b'"content": "', b'"content": "\xff\xfe', 1))},
        subtle={
            "one letter of Latin-1": _line(
                lambda line: line.replace(b'"content": "', '"content": "你好吗'.encode() + b" caf\xe9 ", 1)
            ),
            "a character cut off": _line(lambda line: line.replace(b'"content": "', b'"content": "\xe4\xbd ', 1)),
        },
        near={
            "in order": _SAME,
            "letters of UTF-8": _line(lambda line: line.replace(b'"content": "', '"content": "café 你 '.encode(), 1)),
        },
    ),
    *plants(
        "FMT008",
        dataset,
        obvious={"UTF-16": _encoded("utf-16"), "UTF-32": _encoded("utf-32")},
        subtle={
            "UTF-16 without a mark": _encoded("utf-16-le"),
            "GB18030": _letters("gb18030", "今天天气怎么样？请用一句话回答我的问题。"),
            "Windows-1252": _letters("cp1252", "Où est le café où l’on a mangé à Orléans ?"),
        },
        near={"in order": _SAME, "letters of UTF-8": _letters("utf-8", "Où est le café ? 今天天气")},
    ),
    *plants(
        "FMT009",
        dataset,
        obvious={"at the start": _file(lambda lines: b"\xef\xbb\xbf" + _joined(lines))},
        subtle={
            "of an array": _file(lambda lines: b"\xef\xbb\xbf[" + b",".join(lines) + b"]", "train.json"),
            "of a table": lambda talks: Given(
                data=b"\xef\xbb\xbf" + (_table()(talks) or Given()).data, name="train.csv"
            ),  # type: ignore[operator]
        },
        near={"in order": _SAME, "as a character of a text": _put(_dumped({"text": "a\ufeffb"}))},
    ),
    *plants(
        "FMT014",
        dataset,
        obvious={
            "JSON Lines named .json": _file(_joined, "train.json"),
            "a table named .jsonl": _table(name="train.jsonl"),
        },
        subtle={
            "gzip without .gz": _file(lambda lines: gzip.compress(_joined(lines)), "train.jsonl"),
            "not compressed": _file(_joined, "train.jsonl.gz"),
        },
        near={
            "in order": _SAME,
            "gzip": _file(lambda lines: gzip.compress(_joined(lines)), "train.jsonl.gz"),
            "a table": _table(),
        },
    ),
    *plants(
        "FMT015",
        dataset,
        obvious={
            "half of each": _file(
                lambda lines: b"".join(line + (b"\r\n" if n % 2 else b"\n") for n, line in enumerate(lines))
            )
        },
        subtle={
            "one of Windows": _line(lambda line: line + b"\r"),
            "one of Unix": _file(
                lambda lines: b"".join(line + (b"\n" if n == 7 else b"\r\n") for n, line in enumerate(lines))
            ),
        },
        near={
            "in order": _SAME,
            "all of Windows": _file(lambda lines: b"".join(line + b"\r\n" for line in lines)),
            "escapes in a text": _put(_dumped({"text": "a\r\nb\rc"})),
        },
    ),
    *plants(
        "FMT016",
        dataset,
        obvious={"a long text": _put(_dumped({"text": "word " * 4_000_000}))},
        subtle={
            "much white space": _line(lambda line: line[:-1] + b" " * 17_000_000 + b"}"),
            "many short values": _put(_dumped({"text": "a", "rows": ["some words"] * 1_300_000})),
        },
        near={"in order": _SAME, "just under": _line(lambda line: line[:-1] + b" " * 16_000_000 + b"}")},
    ),
    *plants(
        "FMT018",
        dataset,
        obvious={
            "a pointer": lambda _: Given(
                data=b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a21" * 10 + b"abcd\nsize 12345\n"
            )
        },
        subtle={
            "without the last break": lambda _: Given(
                data=b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a21" * 10 + b"abcd\nsize 9"
            ),
            "of an array": lambda _: Given(
                data=b"version https://git-lfs.github.com/spec/v1\noid sha256:"
                + b"4d7a21" * 10
                + b"abcd\nsize 12345\n",
                name="train.json",
            ),
        },
        near={
            "in order": _SAME,
            "a text that shows one": _put(_dumped({"text": "version https://git-lfs.github.com/spec/v1"})),
        },
    ),
    *plants(
        "FMT019",
        dataset,
        obvious={
            "half a row": _file(lambda lines: _joined(lines)[: -len(lines[-1]) // 2].decode(errors="ignore").encode())
        },
        subtle={
            "without its last brackets": _file(lambda lines: _joined(lines)[:-4]),
            "gzip": _file(lambda lines: gzip.compress(_joined(lines))[:-9], "train.jsonl.gz"),
            "an array": _file(lambda lines: b"[" + b",".join(lines), "train.json"),
        },
        near={
            "in order": _SAME,
            "no last break": _file(lambda lines: b"\n".join(lines)),
            "gzip as a whole": _file(lambda lines: gzip.compress(_joined(lines)), "train.jsonl.gz"),
        },
    ),
    *plants(
        "FMT020",
        dataset,
        obvious={
            "no bytes": lambda _: Given(data=b""),
            "an empty array": lambda _: Given(data=b"[]", name="train.json"),
        },
        subtle={
            "breaks": lambda _: Given(data=b"\n\n \n"),
            "gzip of nothing": lambda _: Given(data=gzip.compress(b""), name="train.jsonl.gz"),
        },
        near={"one row": _file(lambda lines: lines[0]), "one broken row": lambda _: Given(data=b"{\n")},
    ),
    *plants(
        "FMT021",
        dataset,
        obvious={"another one is named": _table(";", named=","), "semicolons in a .csv": _table(";")},
        subtle={"tabs in a .csv": _table("\t"), "single quotes": _table(quote="'")},
        near={
            "commas": _table(),
            "tabs in a .tsv": _table("\t", name="train.tsv"),
            "named and right": _table(";", named=";"),
        },
    ),
    *plants(
        "FMT022",
        dataset,
        obvious={"texts and classes": _table(header=False)},
        subtle={
            "with tabs": _table("\t", header=False, name="train.tsv"),
            "with semicolons": _table(";", header=False),
        },
        near={"a header": _table(), "a header of a .tsv": _table("\t", name="train.tsv")},
    ),
)
