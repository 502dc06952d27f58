"""Measures how the cost of `datalint check` grows: CPU time and peak memory as one thing at a time is doubled twice.

    python benchmarks/cost.py                                about twenty minutes
    python benchmarks/cost.py --only "CSV columns" "keys"    series whose names begin with one of these

Cost that is linear has the exponent 1, quadratic cost 2. A run of one row is subtracted, since starting costs the same
whatever follows, and what stays too close to it has no exponent. Exits with 1 when an exponent is over the limit. All
processes of a run count; one process maps, so that starting others adds no step.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import make_data
from running import Job, Table, TookTooLongError, alternate, check, mebibytes, parser

#: The largest exponent that passes: a linear cost and what memory caches and sorting add to it.
LIMIT: Final = 1.3
#: Multiples of a series' size that are measured.
STEPS: Final = (1, 2, 4)
#: CPU seconds and bytes that a run must take beyond a run of one row for an exponent to be made of it. The memory is
#: more than imports and a first query let go of again, which hides as much of what follows.
LEAST_SECONDS: Final = 0.2
LEAST_BYTES: Final = 96 << 20
#: Seconds after which a run is ended.
PATIENCE: Final = 600.0

Row = dict[str, Any]


class Series(NamedTuple):
    """What grows: ``write`` puts data of a size into a folder, and returns what is to be checked."""

    name: str
    size: int
    write: Callable[[Path, int], Path]


def _lines(make: Callable[[int], Iterator[Row]]) -> Callable[[Path, int], Path]:
    """Return a function that writes the rows that ``make`` yields for a size as JSON Lines."""

    def write(folder: Path, size: int) -> Path:
        path = folder / "rows.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in make(size))
        return path

    return write


def _bytes(line: bytes) -> Callable[[Path, int], Path]:
    """Return a function that writes a line over and over; the size is that of the file in bytes."""

    def write(folder: Path, size: int) -> Path:
        path = folder / "rows.jsonl"
        path.write_bytes((line + b"\n") * (size // (len(line) + 1)))
        return path

    return write


def _text(pattern: str) -> Callable[[Path, int], Path]:
    """Return a function that writes one chat whose answer is a pattern over and over; the size is that of the file."""

    def write(folder: Path, size: int) -> Path:
        path = folder / "rows.jsonl"
        unit = len(pattern.encode("utf-8"))
        answer = pattern * (size // unit)
        path.write_text(f'{{"prompt":"What is this?","completion":"{answer}"}}\n', encoding="utf-8", newline="\n")
        return path

    return write


def _chat(*texts: str, **more: Any) -> Row:
    turns = [{"role": ("user", "assistant")[place % 2], "content": text} for place, text in enumerate(texts)]
    return {"messages": turns, **more}


@cache
def _pool() -> list[str]:
    return make_data.sentences(random.Random(0))


def _say(size: int) -> Iterator[str]:
    """Yield as many texts of two sentences, the same every time."""
    rng = random.Random(0)
    for number in range(size):
        yield f"{rng.choice(_pool())} {rng.choice(_pool())} {number}"


def _chats(size: int) -> Iterator[Row]:
    return (json.loads(line) for line in make_data.lines(size) if '",}' not in line)


def _keys_of_a_row(size: int) -> Iterator[Row]:
    yield {"prompt": "Hi", "completion": "Hello", **{f"key_{number}": number for number in range(size)}}


def _unknown_keys(size: int) -> Iterator[Row]:
    yield {f"key_{number}": str(number) for number in range(size)}


def _same_keys(size: int) -> Iterator[Row]:
    for text in _say(50):
        yield {"prompt": text, "completion": "Hello", **{f"key_{number}": number for number in range(size)}}


def _own_keys(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(size)):
        yield {"prompt": text, "completion": "Hello", f"key_{number}": number}


def _own_columns(size: int) -> Iterator[Row]:
    for row in range(50):
        yield {f"key_{row}_{number}": f"a text of {number}" for number in range(size)}


def _own_unknown_keys(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(size)):
        yield {f"key_{number}": text}


def _metadata(size: int) -> Iterator[Row]:
    yield _chat("Hi", "Hello", metadata={f"key_{number}": number for number in range(size)})


def _own_metadata(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(size)):
        yield _chat(text, "Hello", metadata={f"key_{number}": number})


def _nested(size: int) -> Iterator[Row]:
    yield {"prompt": "Hi", "completion": "Hello", "tree": {f"key_{n}": {"a": n, "b": [n]} for n in range(size)}}


def _lists(size: int) -> Iterator[Row]:
    yield {"prompt": "Hi", "completion": "Hello", "list": [{f"key_{n}": n} for n in range(size)]}


def _depth(folder: Path, size: int) -> Path:
    path = folder / "rows.jsonl"
    path.write_text('{"prompt":"Hi","completion":"Hello","deep":' + "[" * size + "]" * size + "}\n", encoding="utf-8")
    return path


def _turns(size: int) -> Iterator[Row]:
    yield _chat(*_say(size))


def _rich_turns(size: int) -> Iterator[Row]:
    row = _chat(*_say(size))
    for turn in row["messages"]:
        turn["name"] = turn["role"]
    yield row


def _parts(size: int) -> Iterator[Row]:
    parts = [{"type": "text", "text": text} for text in _say(size)]
    turns = [{"role": "user", "content": parts}, {"role": "assistant", "content": "Hello"}]
    yield {"messages": turns}


def _tools(size: int) -> Iterator[Row]:
    schema = {"type": "object", "properties": {"near": {"type": "string"}}, "required": ["near"]}
    tools = [{"type": "function", "function": {"name": f"find_{n}", "parameters": schema}} for n in range(size)]
    yield _chat("Hi", "Hello", tools=tools)


def _calls(size: int) -> Iterator[Row]:
    schema = {"type": "object", "properties": {"near": {"type": "string"}}, "required": ["near"]}
    tools = [{"type": "function", "function": {"name": f"find_{n}", "parameters": schema}} for n in range(size)]
    call = {"arguments": '{"near": 1}'}
    calls = [{"id": f"call_{n}", "type": "function", "function": {"name": f"find_{n}", **call}} for n in range(size)]
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": None, "tool_calls": calls}]
    turns += [{"role": "tool", "tool_call_id": f"call_{n}", "content": "no"} for n in range(size)]
    yield {"messages": [*turns, {"role": "assistant", "content": "No."}], "tools": tools}


def _findings_of_turns(size: int) -> Iterator[Row]:
    yield _chat(*(f"{text}<|im_end|>" for text in _say(size)))


def _findings_of_schema(size: int) -> Iterator[Row]:
    turns = [{"role": "assistent", "content": text} for text in _say(size)]
    yield {"messages": [{"role": "user", "content": "Hi"}, *turns, {"role": "assistant", "content": "Hello"}]}


def _refused_keys(folder: Path, size: int) -> Path:
    path = folder / "rows.jsonl"
    keys = ",".join(f'"key_{number}":1,"key_{number}":2' for number in range(size))
    path.write_text(f'{{"prompt":"Hi","completion":"Hello",{keys}}}\n', encoding="utf-8")
    return path


def _findings_of_rows(size: int) -> Iterator[Row]:
    for text in _say(size):
        yield {"prompt": text, "completion": ""}


def _categories(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(3 * size)):
        yield {"prompt": text, "completion": "Hello", "category": f"category {number % size}"}


def _systems(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(size)):
        turns = [("system", f"You are rider {number}."), ("user", text), ("assistant", "Hello")]
        yield {"messages": [{"role": role, "content": words} for role, words in turns]}


def _copies(size: int) -> Iterator[Row]:
    for text in _say(size):
        yield from (_chat(text, f"{text} It is so."),) * 2


def _near_copies(size: int) -> Iterator[Row]:
    pool = list(_say(4 * size))
    for number in range(size):
        text = " ".join(pool[4 * number : 4 * number + 4])
        yield from (_chat("What is new?", text), _chat("What is new?", f"{text} Or is it?"))


def _prompts(size: int) -> Iterator[Row]:
    for number, text in enumerate(_say(size)):
        yield from (_chat(text, answer) for answer in (f"Yes, {number}.", f"No, {number}."))


def _one_prompt(size: int) -> Iterator[Row]:
    for text in _say(size):
        yield _chat("What is new?", text)


def _families(size: int) -> Iterator[Row]:
    for text in _say(size):
        yield from (_chat(f"{text} Take {number} of them.", f"{number} are taken.") for number in (31, 42, 53))


def _files(folder: Path, size: int) -> Path:
    texts = _say(10 * size)
    for number in range(size):
        rows = [json.dumps({"prompt": next(texts), "completion": "Hello"}) for _ in range(10)]
        (folder / f"{number}.jsonl").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return folder


def _csv_columns(folder: Path, size: int) -> Path:
    path = folder / "rows.csv"
    names = ",".join(["prompt", "completion", *(f"column_{number}" for number in range(size))])
    cells = ",".join(["Hi", "Hello", *map(str, range(size))])
    path.write_text(f"{names}\n{cells}\n{cells}\n", encoding="utf-8")
    return path


def _csv_rows(folder: Path, size: int) -> Path:
    path = folder / "rows.csv"
    path.write_text("".join(["prompt,completion\n", *(f'"{text}",Hello\n' for text in _say(size))]), encoding="utf-8")
    return path


def _array(folder: Path, size: int) -> Path:
    path = folder / "rows.json"
    path.write_text(json.dumps([{"prompt": text, "completion": "Hello"} for text in _say(size)]), encoding="utf-8")
    return path


def _parquet_columns(folder: Path, size: int) -> Path:
    import polars as pl

    path = folder / "rows.parquet"
    row = {"prompt": "Hi", "completion": "Hello", **{f"column_{number}": number for number in range(size)}}
    pl.DataFrame([row]).write_parquet(path)
    return path


def _spellings(size: int) -> Iterator[Row]:
    spaces = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
    for text, before in zip(_say(size), itertools.product(spaces, repeat=5), strict=False):
        yield {"prompt": text, "completion": "Hello", f"{''.join(before)}category": "a"}


def _odd_elements(folder: Path, size: int) -> Path:
    path = folder / "rows.json"
    elements = ",".join(f'{{"prompt":"{text}","completion":"Hello","score":NaN}}' for text in _say(size))
    path.write_text(f"[{elements}]", encoding="utf-8")
    return path


def _leaks(folder: Path, size: int) -> Path:
    texts = list(_say(2 * size))
    rows = [_chat(text, f"{text} It is so.") for text in texts]
    for name, some in (("train.jsonl", rows[:size]), ("eval.jsonl", rows[size // 2 : size + size // 2])):
        (folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in some), encoding="utf-8")
    return folder


MB: Final = 1_000_000
SERIES: Final = (
    Series("rows", 8_000, _lines(_chats)),
    Series("rows of CSV", 20_000, _csv_rows),
    Series("rows of a JSON array", 20_000, _array),
    Series("keys of one row", 20_000, _lines(_keys_of_a_row)),
    Series("keys of one row of unknown shape", 10_000, _lines(_unknown_keys)),
    Series("keys of each of 50 rows", 4_000, _lines(_same_keys)),
    Series("rows with a key of their own", 10_000, _lines(_own_keys)),
    Series("rows of unknown shape with a key of their own", 10_000, _lines(_own_unknown_keys)),
    Series("rows with a spelling of category of their own", 10_000, _lines(_spellings)),
    Series("keys of each of 50 rows with keys of their own", 40, _lines(_own_columns)),
    Series("keys of metadata", 20_000, _lines(_metadata)),
    Series("rows with a key of their own in metadata", 10_000, _lines(_own_metadata)),
    Series("nested objects", 10_000, _lines(_nested)),
    Series("objects of a list, each with a key of its own", 20_000, _lines(_lists)),
    Series("nested lists", 100_000, _depth),
    Series("repeated keys of one row", 20_000, _refused_keys),
    Series("columns of CSV", 20_000, _csv_columns),
    Series("columns of Parquet", 4_000, _parquet_columns),
    Series("turns of one row", 20_000, _lines(_turns)),
    Series("turns of one row, with names", 20_000, _lines(_rich_turns)),
    Series("parts of one message", 20_000, _lines(_parts)),
    Series("tools of one row", 5_000, _lines(_tools)),
    Series("tool calls of one row", 4_000, _lines(_calls)),
    Series("findings of one row, in its turns", 10_000, _lines(_findings_of_turns)),
    Series("findings of one row, by the schema", 20_000, _lines(_findings_of_schema)),
    Series("findings, one of each row", 10_000, _lines(_findings_of_rows)),
    Series("categories, three rows of each", 5_000, _lines(_categories)),
    Series("system prompts, one of each row", 10_000, _lines(_systems)),
    Series("pairs of copies", 10_000, _lines(_copies)),
    Series("pairs of near-duplicates", 5_000, _lines(_near_copies)),
    Series("prompts with two answers", 10_000, _lines(_prompts)),
    Series("answers to one prompt", 20_000, _lines(_one_prompt)),
    Series("template families of three rows", 5_000, _lines(_families)),
    Series("rows of which half are in the evaluation set", 10_000, _leaks),
    Series("files of ten rows", 100, _files),
    Series("elements of a line that hold NaN", 10_000, _odd_elements),
    Series("bytes of blank lines", 2 * MB, _bytes(b"")),
    Series("bytes of lines {}", MB // 8, _bytes(b"{}")),
    Series("bytes of lines x", MB // 2, _bytes(b"x")),
    Series("bytes of lines 1", MB // 2, _bytes(b"1")),
    Series("bytes of lines []", MB, _bytes(b"[]")),
    Series("bytes of one word", 5 * MB, _text("x")),
    Series("bytes of English text", 5 * MB, _text("The station by the old brewery is closed until Friday. ")),
    Series("bytes of Chinese text", 5 * MB, _text("车站在旧啤酒厂旁边，关闭至星期五。")),
    Series("bytes of zero-width spaces", MB, _text("\u200b")),
    Series("bytes of lone surrogates", 4 * MB, _text("\\ud800")),
    Series("bytes of escaped quotes", 4 * MB, _text('\\"')),
    Series("bytes of the word BEGIN", 4 * MB, _text("BEGIN ")),
    Series("bytes of first lines of private keys", MB, _text("-----BEGIN RSA PRIVATE KEY-----\\n")),
    Series("bytes of eyJ.", 4 * MB, _text("eyJ.")),
    Series("bytes of the Turkish İ", 2 * MB, _text("İ")),
    Series("bytes of digits", 2 * MB, _text("4111 1111 ")),
    Series("bytes of addresses", 2 * MB, _text("a@b.example ")),
    Series("bytes of mojibake", 4 * MB, _text("â€™")),
    Series("bytes of control characters", 4 * MB, _text("\\u0007")),
)


def exponent(costs: Sequence[float], base: float, least: float) -> float | None:
    """Return the power of the size that costs beyond ``base`` grow with, None where too few are at least ``least``.

    ``costs`` are those at :data:`STEPS`. The largest one is compared with the first that is large enough.
    """
    beyond = [cost - base for cost in costs]
    for step, cost in zip(STEPS[:-1], beyond, strict=False):
        if cost >= least:
            return math.log(beyond[-1] / cost) / math.log(STEPS[-1] / step)
    return None


def measure(series: Series, times: int) -> list[Job]:
    """Return what a run took at each size.

    Raises:
        TookTooLongError: when one took longer than :data:`PATIENCE`.
        RuntimeError: when one could not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for step in STEPS:
            place = Path(folder) / str(step)
            place.mkdir()
            path = series.write(place, step * series.size)
            jobs.append(Job(check(path, "--jobs", "1", "--quiet"), limit=PATIENCE))
        alternate(jobs, times, warm=False)
    return jobs


def main() -> int:
    """Measure, print the table, and return 1 when a cost grows too fast."""
    given = _arguments()
    chosen = [series for series in SERIES if not given.only or series.name.startswith(tuple(given.only))]
    with tempfile.TemporaryDirectory() as folder:
        base = Job(
            check(_bytes(b'{"prompt": "Hi", "completion": "Hello"}')(Path(folder), 50), "--jobs", "1", "--quiet")
        )
        alternate((base,), 3)
    table = Table("what grows", "from", "CPU at 1 ×", "2 ×", "4 ×", "exponent", "peak at 4 ×", "exponent", right=7)
    failed = []
    for series in chosen:
        try:
            jobs = measure(series, given.times)
        except (TookTooLongError, RuntimeError) as error:
            failed.append(series.name)
            table.add(series.name, f"{series.size:,}", str(error), "", "", "", "", "")
            continue
        seconds = [job.median_cpu for job in jobs]
        powers = (
            exponent(seconds, base.median_cpu, LEAST_SECONDS),
            exponent([job.peak for job in jobs], base.peak, LEAST_BYTES),
        )
        over = [power is not None and power > LIMIT for power in powers]
        if any(over):
            failed.append(series.name)
        shown = [
            "" if power is None else f"**{power:.2f}**" if bad else f"{power:.2f}"
            for power, bad in zip(powers, over, strict=True)
        ]
        cells = (*(f"{each:.2f}" for each in seconds), shown[0], mebibytes(jobs[-1].peak), shown[1])
        table.add(series.name, f"{series.size:,}", *cells)
    table.say("")
    table.say(
        f"CPU in seconds, medians of {given.times} runs of each size. One row alone takes {base.median_cpu:.2f} s and "
        f"{mebibytes(base.peak)}, which are subtracted for the exponents. "
        + (f"Over {LIMIT}: {', '.join(failed)}." if failed else f"None is over {LIMIT}.")
    )
    table.end(docs=given.docs)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    arguments = parser(__doc__)
    arguments.add_argument("--times", type=int, default=1, help="runs of each size  [default: 1]")
    arguments.add_argument("--only", nargs="+", metavar="NAME", help="series whose names begin with one of these")
    return arguments.parse_args()


if __name__ == "__main__":
    sys.exit(main())
