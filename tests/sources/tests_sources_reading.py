"""Open bytes as a file would be opened, and read all of it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datalint.records.record import FileFacts, Problem
from datalint.sources import ROW_CONTAINERS, Located, Source, has_lines, merge_facts, open_sources
from datalint.sources.content import Content
from datalint.sources.readers.json_lines.reader import JsonLines

ROWS: list[dict[str, Any]] = [{"n": n, "messages": [{"role": "user", "content": f"é{n}"}]} for n in range(25)]


@dataclass
class Read:
    """A source read to its end, its chunks merged."""

    source: Source
    parts: list[Located]
    facts: FileFacts

    @property
    def records(self) -> list[dict[str, Any]]:
        return [record for part in self.parts for record in part.records]

    @property
    def lines(self) -> list[int]:
        found, before = [], 0
        for part in self.parts:
            found += [line + before for line in part.lines]
            before += part.facts.lines
        return found

    @property
    def offsets(self) -> list[int]:
        return [offset for part in self.parts for offset in part.offsets.tolist()]

    @property
    def noticed(self) -> dict[int, list[Problem]]:
        found, before = {}, 0
        for part in self.parts:
            for index, problems in sorted(part.noticed.items()):
                found[index + before] = [p._replace(record=index + before) for p in problems]
            before += len(part.records)
        return found

    @property
    def rules(self) -> list[str]:
        return [problem.rule for problem in self.facts.problems]

    @property
    def places(self) -> list[tuple[str, int | None]]:
        return [(problem.rule, problem.line) for problem in self.facts.problems]

    def one(self, rule: str) -> Problem:
        [problem] = [problem for problem in self.facts.problems if problem.rule == rule]
        return problem


def read_source(source: Source, file: int = 0) -> Read:
    parts = [pickle.loads(pickle.dumps(chunk)).load() for chunk in source.chunks(file)]
    return Read(source, parts, merge_facts([source.facts(), *(part.facts for part in parts)]))


def lines_of(data: bytes, chunk_bytes: int = 8 << 20) -> Read:
    """Read ``data`` as JSON Lines, whatever it looks like."""
    content = Content(data)
    return read_source(JsonLines("rows.jsonl", content, content, chunk_bytes=chunk_bytes))


def check_rows(read: Read, container: str, rows: list[dict[str, Any]]) -> None:
    """All of a source of rows: values, ordinals as lines, and any of them again."""
    assert read.source.container == container
    assert container in ROW_CONTAINERS
    assert not has_lines(container)
    assert read.records == rows
    assert read.lines == list(range(1, len(rows) + 1))
    assert (read.facts.rows_read, read.facts.lines) == (len(rows), len(rows))
    order = [len(rows) - 1, 0, len(rows) - 1]
    assert read.source.fetch(order) == [rows[place] for place in order]
    assert read.source.fetch(order, [read.offsets[place] for place in order]) == [rows[place] for place in order]


def rows_and_problems(path: Path, text: str) -> tuple[int, list[str]]:
    """Write a file, and return how many rows it has and what is said of it."""
    path.write_text(text, encoding="utf-8")
    (source,) = open_sources([str(path)])
    loaded = [chunk.load() for chunk in source.chunks(0)]
    problems = [*source.problems, *(problem for each in loaded for problem in each.facts.problems)]
    return sum(len(each.records) for each in loaded), [problem.message for problem in problems]
