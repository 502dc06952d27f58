"""Measures `datalint check` on rows of other shapes, lengths, scripts and containers than the chats of `make_data.py`.

    python benchmarks/shapes.py --rows 100000            a few minutes

Every file says the same sentences, but for the Chinese one, whose characters follow one another at random. Times are
of whole processes and every default rule; the ratio is to orjson parsing the same lines on one core, as in `speed.py`.
"""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import make_data
from running import PYTHON, Job, Table, alternate, check, mebibytes, parser
from speed import ORJSON

Row = dict[str, Any]
Say = Callable[[int, int], str]
_LABELS: Final = ("billing", "delivery", "repair", "account", "other")
_TOOL: Final = {
    "type": "function",
    "function": {
        "name": "find_station",
        "parameters": {"type": "object", "properties": {"near": {"type": "string"}}, "required": ["near"]},
    },
}


def _turns(*said: str, role: str = "role", text: str = "content", names: str = "user assistant") -> Any:
    return [{role: names.split()[place % 2], text: words} for place, words in enumerate(said)]


def _tools(say: Say) -> Row:
    call = {"name": "find_station", "arguments": json.dumps({"near": say(1, 1)})}
    return {
        "messages": [
            {"role": "user", "content": say(2, 3)},
            {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": call}]},
            {"role": "tool", "tool_call_id": "call_1", "content": say(1, 2)},
            {"role": "assistant", "content": say(2, 8)},
        ],
        "tools": [_TOOL],
    }


def _preference(say: Say) -> Row:
    prompt = say(2, 3)
    return {side: _turns(prompt, say(4, 12)) for side in ("chosen", "rejected")}


def _gemini(say: Say) -> Row:
    said = (("user", say(2, 3)), ("model", say(4, 12)))
    return {"contents": [{"role": role, "parts": [{"text": text}]} for role, text in said]}


def _sharegpt(say: Say) -> Row:
    said = (say(1, 6) for _ in range(8))
    return {"conversations": _turns(*said, role="from", text="value", names="human gpt")}


#: What a row of each kind is made of; ``say(a, b)`` gives between so many sentences.
SHAPES: Final[dict[str, Callable[[Say], Row]]] = {
    "prompt and completion": lambda say: {"prompt": say(2, 3), "completion": say(4, 16)},
    "instruction, input and output": lambda say: {"instruction": say(1, 1), "input": say(0, 3), "output": say(3, 12)},
    "a text and its label": lambda say: {"text": say(1, 1), "label": random.Random(say(1, 1)).choice(_LABELS)},
    "ShareGPT, eight turns": _sharegpt,
    "a chat that calls a tool": _tools,
    "preferences, chats on both sides": _preference,
    "preferences, texts on both sides": lambda say: {"prompt": say(2, 3), "chosen": say(4, 12), "rejected": say(4, 12)},
    "an answer with a KTO label": lambda say: {
        "prompt": say(2, 3),
        "completion": say(4, 12),
        "label": len(say(1, 1)) > 60,
    },
    "Gemini's parts": _gemini,
    "plain text of 30 to 90 sentences": lambda say: {"text": say(30, 90)},
}


def rows(kind: str, count: int) -> Iterator[Row]:
    """Yield ``count`` rows of a kind, the same every time."""
    rng = random.Random(kind)
    pool = make_data.sentences(random.Random(0))

    def say(least: int, most: int) -> str:
        return " ".join(rng.choices(pool, k=rng.randint(least, most)))

    for number in range(count):
        yield {"id": number, **SHAPES[kind](say)}


def chinese(count: int) -> Iterator[Row]:
    """Yield chats in Chinese characters."""
    rng = random.Random(0)

    def clause() -> str:
        # The first characters of the block come often, as some do in any text.
        return "".join(chr(0x4E00 + int(rng.expovariate(1 / 400)) % 6000) for _ in range(rng.randint(6, 24)))

    pool = [clause() for _ in range(make_data.POOL)]
    for number in range(count):
        prompt, answer = ("，".join(rng.choices(pool, k=k)) + "。" for k in (rng.randint(2, 3), rng.randint(4, 16)))
        yield {"id": number, "messages": _turns(prompt, answer)}


def files(folder: Path, count: int, only: str) -> Iterator[tuple[str, Path, int]]:
    """Write each file in turn; yield what it holds, where it is, and its rows."""
    for kind in SHAPES:
        few = count // 10 if "sentences" in kind else count
        if only in kind:
            yield kind, _write(folder, rows(kind, few)), few
    if only:
        return
    yield "a chat in Chinese", _write(folder, chinese(count)), count
    table = folder / "rows.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("id", "prompt", "completion"))
        writer.writeheader()
        writer.writerows(rows("prompt and completion", count))
    yield "prompt and completion, CSV", table, count
    import polars as pl

    pl.DataFrame(rows("prompt and completion", count)).write_parquet(folder / "rows.parquet")
    yield "prompt and completion, Parquet", folder / "rows.parquet", count


def _write(folder: Path, made: Iterator[Row]) -> Path:
    path = folder / "rows.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    return path


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=100_000, help="rows of each file  [default: 100,000]")
    arguments.add_argument("--times", type=int, default=3, help="runs of each command  [default: 3]")
    arguments.add_argument("--only", default="", metavar="WORDS", help="only JSON Lines of rows whose name has these")
    given = arguments.parse_args()
    table = Table("rows of", "rows", "size", "seconds", "CPU", "MB/s", "rows/s", "of orjson", "peak", right=8)
    with tempfile.TemporaryDirectory() as folder:
        for kind, path, count in files(Path(folder), given.rows, given.only):
            job, parse = Job(check(path)), Job((*PYTHON, ORJSON, str(path)))
            alternate((job, parse) if path.suffix == ".jsonl" else (job,), given.times)
            size, seconds = path.stat().st_size / 1e6, job.median
            ratio = f"{seconds / parse.median:.1f} ×" if parse.seconds else ""
            speed = f"{size / seconds:.0f}", f"{count / seconds:,.0f}"
            cpu = f"{job.median_cpu:.2f}"
            table.add(kind, f"{count:,}", f"{size:.0f} MB", f"{seconds:.2f}", cpu, *speed, ratio, mebibytes(job.peak))
    table.say("")
    table.say(f"Medians of {given.times} alternating runs; CPU is in seconds, of all processes.")
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
