"""Files of real rows, and changes of their lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Final

from benchmarks.accuracy.carriers import Row, Talk
from benchmarks.accuracy.plants.kinds import Given

Change = Callable[[list[Talk]], Given | None]


def dumped(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def lines(talks: list[Talk]) -> list[bytes]:
    return [dumped(talk.chat()) for talk in talks]


def file(make: Callable[[list[bytes]], bytes], name: str = "train.jsonl") -> Change:
    """Return a change that makes a file of the rows as lines."""
    return lambda talks: Given(data=make(lines(talks)), name=name)


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def line(change: Callable[[bytes], bytes], at: int = 50) -> Change:
    """Return a change of one line of the file."""
    return file(lambda lines: joined([*lines[:at], change(lines[at]), *lines[at + 1 :]]))


def put(line: bytes, at: int = 50) -> Change:
    """Return a change that puts a line between two others."""
    return file(lambda lines: joined([*lines[:at], line, *lines[at:]]))


def encoded(encoding: str, *, mark: bytes = b"") -> Change:
    def make(lines: list[bytes]) -> bytes:
        return mark + joined(lines).decode().encode(encoding, errors="ignore")

    return file(make)


def letters(encoding: str, letters: str) -> Change:
    """Return a change that writes some letters in every row and the file in another encoding."""

    def make(talks: list[Talk]) -> Given:
        rows = [{"prompt": letters, "completion": talk.answer.encode("ascii", "ignore").decode()} for talk in talks]
        return Given(data=joined([dumped(row).decode().encode(encoding) for row in rows]))

    return make


def table(
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


SAME: Final[Change] = file(joined)
