"""Small valid text inputs: rows of every shape, in every text format."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
_USER: Final = {"role": "user", "content": "How far is the station?"}
_ANSWER: Final = {"role": "assistant", "content": "It is two kilometres away, and the path is flat."}
_CALL: Final = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {"id": "a1", "type": "function", "function": {"name": "find_bikes", "arguments": '{"station": "North"}'}}
    ],
}
_TURNS: Final = [{"from": "human", "value": "Any bikes left?"}, {"from": "gpt", "value": "There are four."}]
_TOOL: Final = {
    "type": "function",
    "function": {"name": "find_bikes", "parameters": {"type": "object", "properties": {"station": {"type": "string"}}}},
}
_OWN: Final[tuple[dict[str, Any], ...]] = (
    {"messages": [_USER, _ANSWER]},
    {"messages": [{"role": "system", "content": "Be kind."}, _USER, {**_ANSWER, "weight": 0}, _USER, _ANSWER], "id": 1},
    {"messages": [_USER, _CALL, {"role": "tool", "tool_call_id": "a1", "content": "4"}, _ANSWER], "tools": [_TOOL]},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, _ANSWER], "category": "greeting"},
    {"messages": [_USER], "reference_answer": "Two kilometres."},
    {
        "schemaVersion": "bedrock-conversation-2024",
        "messages": [
            {"role": "user", "content": [{"text": "Hi"}]},
            {"role": "assistant", "content": [{"text": "Hello"}]},
        ],
    },
    {"conversations": _TURNS, "system": "Be kind.", "tools": "[]"},
    {"instruction": "Add the numbers.", "input": "2 and 2", "output": "The sum is 4."},
    {"instruction": "Add.", "output": "4", "history": [["Hi", "Hello!"]], "system": ""},
    {"prompt": "Where do I lock it?", "completion": "At the rack next to the entrance.", "reviewed": True, "n": 1.5},
    {"prompt": [_USER], "completion": [_ANSWER]},
    {"query": "What does it cost?", "response": "One euro for half an hour."},
    {"question": "Is it open?", "answer": "It is open until ten."},
    {"prompt": "Can I end the ride?", "chosen": "Yes, lock the bike.", "rejected": "Ask somebody else."},
    {"chosen": [_USER, _ANSWER], "rejected": [_USER, {"role": "assistant", "content": "Far."}]},
    {"input": {"messages": [_USER]}, "preferred_output": [_ANSWER], "non_preferred_output": [_ANSWER]},
    {"prompt": "Is the lamp on?", "completion": "It is, in the dark.", "label": True},
    {"conversations": _TURNS, "kto_tag": False},
    {"text": "Bicycles stand at every station in the city, and most of them are ready.", "meta": {"page": 3}},
    {"text": "Where is my bike?", "intent": "lost"},
    {"prompt": "Only a prompt."},
    {"zzz": {"deep": [[[{"a": None}]]]}, "n": 12345678901234567890},
)


def _documented() -> tuple[dict[str, Any], ...]:
    """Return the first row of each shape among the cases of documented layouts."""
    cases = tomllib.loads((ROOT / "tests" / "shapes" / "cases" / "documented.toml").read_text(encoding="utf-8"))["case"]
    first = {case["shape"]: json.loads(case["row"]) for case in reversed(cases)}
    return tuple(row for row in first.values() if isinstance(row, dict))


_QUESTIONS: Final = [{"question": "Is it open?", "id": "q1", "answers": [{"text": "open", "answer_start": 15}]}]
#: Articles with their paragraphs, which are the rows.
_ARTICLES: Final = [
    {"title": f"Station {n}", "paragraphs": [{"context": "The station is open.", "qas": _QUESTIONS}] * 2}
    for n in range(2)
]
#: Rows of every shape that datalint knows, and some that it does not.
ROWS: Final[tuple[dict[str, Any], ...]] = (*_OWN, *_documented())


@cache
def _fixtures() -> dict[str, bytes]:
    shapes = ROOT / "fixtures" / "shapes"
    found = {path.name: path.read_bytes() for path in sorted(shapes.iterdir())}
    found["tiny.jsonl"] = (ROOT / "fixtures" / "tiny.jsonl").read_bytes()
    found["broken.jsonl"] = (ROOT / "fixtures" / "broken.jsonl").read_bytes()
    return found


def _head(data: bytes, lines: int) -> bytes:
    return b"\n".join(data.split(b"\n")[:lines]) + b"\n"


def _like(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a row with the same keys and other texts."""
    text = json.dumps(row).replace("bike", f"bike {number}").replace("two", f"{number}").replace("Hi", f"Hi {number}")
    copy: dict[str, Any] = json.loads(text)
    return copy


@cache
def json_lines() -> tuple[bytes, ...]:
    """Return files of JSON Lines: several rows of each shape, all shapes together, no JSON, and the fixtures."""
    files = ["".join(json.dumps(_like(row, n)) + "\n" for n in range(6)) for row in ROWS]
    files.append("".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in ROWS))
    files.append("".join(json.dumps(row, indent=1) + "\n" for row in ROWS[:4]))
    # What Python prints, and a comma too many, which can mean only one row.
    files.append("".join(f"{row}\n" if n % 2 else f"{json.dumps(row)[:-1]},}}\n" for n, row in enumerate(ROWS)))
    made = [file.encode() for file in files]
    fixtures = _fixtures()
    made += [_head(fixtures[name], 6) for name in ("preference.jsonl", "sharegpt.jsonl", "tools.jsonl", "tiny.jsonl")]
    made.append(_head(fixtures["broken.jsonl"], 30))
    made.append(_head(gzip.decompress(fixtures["prompts.jsonl.gz"]), 6))
    return tuple(made)


@cache
def json_documents() -> tuple[bytes, ...]:
    """Return JSON documents: arrays of rows, objects of splits, single rows."""
    rows = list(ROWS)
    values: list[Any] = [
        rows[:3],
        rows,
        [],
        rows[0],
        {"train": rows[:2], "test": rows[2:4]},
        {"data": rows[:2], "version": 1},
    ]
    values += [[_like(row, n) for n in range(4)] for row in ROWS[::3]]
    values += [_ARTICLES, {"version": "1", "data": _ARTICLES}, {"note": "Answer.", "n": [1], "some": [rows[12]] * 12}]
    values += [
        [[f"My bike {n} is gone", "lost", n] for n in range(12)],
        {"train": [["Hi, bike", "greet"]] * 12, "test": []},
    ]
    values += [
        [["Hi", "Hello"] * (1 + n % 2) for n in range(12)],
        {f"name{n}": "Where is the nearest free bike, please?" for n in range(12)},
    ]
    written = [json.dumps(value).encode() for value in values] + [
        json.dumps(value, indent=2).encode() for value in values
    ]
    return (*written, json.dumps(json.loads(_fixtures()["alpaca.json"])[:4]).encode())


@cache
def delimited(separator: str) -> tuple[bytes, ...]:
    """Return CSV files with a separator: plain, quoted, with line breaks in fields, with a byte-order mark."""
    tables = [
        [["prompt", "completion", "category"], *[[f"What is {n}?", f"It is {n}, so.", "ab"[n % 2]] for n in range(6)]],
        [["text", "label"], *[[f"My bike {n} is gone", "lost"] for n in range(6)]],
        [["instruction", "input", "output"], ["Add", "2, 2", "4"], ['Say "hi"', "", "hi\nthere\r\nyou"], ["", "", ""]],
        [["question", "answer", "question", ""], ["Is it open?", "Yes.", "No?", "1"], ["é", "😀", "\u202e", "="]],
        [["text"], ["one column"], ["and two rows"]],
    ]  # fmt: skip
    made = []
    for table in tables:
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            file = io.StringIO()
            csv.writer(file, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(table)
            made.append(file.getvalue().encode())
    made.append(b"\xef\xbb\xbf" + made[0].replace(b"\n", b"\r\n"))
    made.append(made[2].decode().encode("utf-16"))
    made.append(_head(_fixtures()["classification.csv"], 8).replace(b",", separator.encode()))
    return tuple(made)


@cache
def tagged() -> tuple[bytes, ...]:
    """Return files with a blank line after each row: a token and its tags on each line, or what somebody says."""
    sentences = [(("Ann", "B-PER"), ("rides", "O"), ("to", "O"), ("North", "B-LOC"), ("Station", "I-LOC"))] * 6
    made = []
    for separator, middle, ending in (("\t", "", "\n"), (" ", "NN ", "\n"), ("\t", "NN\t", "\r\n")):
        blocks = (ending.join(f"{token}{separator}{middle}{tag}" for token, tag in each) for each in sentences)
        made.append((ending * 2).join(("-DOCSTART- -X- O", *blocks)).encode() + ending.encode())
    talk = b"User: Is it open?\nAssistant: It is, until ten:\nand so ever after.\n\n" * 8
    return (*made, b"\xef\xbb\xbf" + made[0], made[1].replace(b"\n\n", b"\n \t\n\n# a comment\n"), talk)


@cache
def texts() -> tuple[bytes, ...]:
    """Return plain text files."""
    return (
        b"One row a line.\nAnd another one.\n\nAfter a blank line.\n",
        "Ünïcödé 漢字 😀\r\nsecond line\r\n".encode(),
        b"no line end",
        "caf\u00e9 au lait\ncr\u00e8me\n".encode("cp1252"),
        ("A longer text, with several sentences. " * 20 + "\n").encode() * 5,
        b"".join(b"A question, number %d?\n- one\n- two\n\n" % number for number in range(12)),
    )
