"""Defects of JSON Lines: broken, joined and blank lines, arrays, long lines, cut files."""

from __future__ import annotations

import gzip
import json
from typing import Final

from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants
from benchmarks.accuracy.plants.lines import (
    SAME,
    dumped,
    file,
    joined,
    line,
    put,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT001",
        dataset,
        obvious={
            "words": put(b"this is not JSON"),
            "a missing bracket": line(lambda line: line[:-1]),
            "single quotes": line(lambda line: line.replace(b'"', b"'")),
        },
        subtle={
            "a comma at the end": line(lambda line: line[:-1] + b",}"),
            "a raw tab in a text": line(lambda line: line.replace(b'"content": "', b'"content": "a\tb ', 1)),
            "a wrong escape": line(lambda line: line.replace(b'"content": "', b'"content": "\\x ', 1)),
            "a leading zero": line(lambda line: line[:-1] + b', "n": 007}'),
        },
        near={
            "in order": SAME,
            "white space": line(lambda line: b"  " + line + b" \t"),
            "JSON in a text": put(dumped({"text": '{"a": }'})),
        },
    ),
    *plants(
        "FMT002",
        dataset,
        obvious={"a text": put(b'"hello"'), "a number": put(b"42"), "null": put(b"null")},
        subtle={"a list of texts": put(b'["Say it.", "It."]'), "true": put(b"true")},
        near={"in order": SAME, "an object with one key": put(b'{"text": "hello"}')},
    ),
    *plants(
        "FMT003",
        dataset,
        obvious={"one array": file(lambda lines: b"[" + b",\n".join(lines) + b"]")},
        subtle={
            "an array on one line": file(lambda lines: b"[" + b", ".join(lines) + b"]\n"),
            "lists by split": file(lambda lines: b'{"train": [' + b",".join(lines) + b"]}", "train.json"),
        },
        near={
            "in order": SAME,
            "an array named .json": file(lambda lines: b"[" + b",\n".join(lines) + b"]", "train.json"),
        },
    ),
    *plants(
        "FMT004",
        dataset,
        obvious={
            "all rows": file(lambda lines: joined([json.dumps(json.loads(line), indent=2).encode() for line in lines]))
        },
        subtle={"one row": line(lambda line: json.dumps(json.loads(line), indent=1).encode())},
        near={
            "in order": SAME,
            "an indented array": file(
                lambda lines: json.dumps([json.loads(line) for line in lines], indent=2).encode(), "train.json"
            ),
        },
    ),
    *plants(
        "FMT005",
        dataset,
        obvious={"two rows": line(lambda line: line + line)},
        subtle={
            "with a comma": line(lambda line: line + b"," + line),
            "with a space": line(lambda line: line + b" " + b'{"text": "x"}'),
        },
        near={"in order": SAME, "two objects in a text": put(dumped({"text": '{"a": 1}{"b": 2}'}))},
    ),
    *plants(
        "FMT006",
        dataset,
        obvious={"one": put(b""), "three": put(b"\n\n")},
        subtle={"spaces": put(b"   "), "a tab": put(b"\t", 119)},
        near={"in order": SAME, "none at the end": file(lambda lines: b"\n".join(lines))},
    ),
    *plants(
        "FMT016",
        dataset,
        obvious={"a long text": put(dumped({"text": "word " * 4_000_000}))},
        subtle={
            "much white space": line(lambda line: line[:-1] + b" " * 17_000_000 + b"}"),
            "many short values": put(dumped({"text": "a", "rows": ["some words"] * 1_300_000})),
        },
        near={"in order": SAME, "just under": line(lambda line: line[:-1] + b" " * 16_000_000 + b"}")},
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
            "in order": SAME,
            "a text that shows one": put(dumped({"text": "version https://git-lfs.github.com/spec/v1"})),
        },
    ),
    *plants(
        "FMT019",
        dataset,
        obvious={
            "half a row": file(lambda lines: joined(lines)[: -len(lines[-1]) // 2].decode(errors="ignore").encode())
        },
        subtle={
            "without its last brackets": file(lambda lines: joined(lines)[:-4]),
            "gzip": file(lambda lines: gzip.compress(joined(lines))[:-9], "train.jsonl.gz"),
            "an array": file(lambda lines: b"[" + b",".join(lines), "train.json"),
        },
        near={
            "in order": SAME,
            "no last break": file(lambda lines: b"\n".join(lines)),
            "gzip as a whole": file(lambda lines: gzip.compress(joined(lines)), "train.jsonl.gz"),
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
        near={"one row": file(lambda lines: lines[0]), "one broken row": lambda _: Given(data=b"{\n")},
    ),
)
