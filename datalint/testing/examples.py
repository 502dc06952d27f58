"""The runnable examples of a rule's page: "Bad" must cause findings, "Good" must not.

Code blocks, by their info strings: ``jsonl`` are training rows (``# x 30`` on the line after a row repeats it 30 times;
``jsonl vary=600`` generates 600 rows from each row that contains ``{n}`` or ``{w}``), ``jsonl file=NAME`` another
training file, ``jsonl eval`` evaluation rows, ``jsonl benchmark`` rows of a benchmark, ``bytes`` the bytes of the file
(``bytes file=NAME`` under that name), ``toml`` options of the rule, and ``toml config`` settings of the project.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from datalint.core.rule import Rule
from datalint.testing.cases import expand, unescape

_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_REPEAT = re.compile(r"# x (\d+)")
_FILE = re.compile(r"file=(\S+)")
_VARY = re.compile(r"vary=(\d+)")
#: Words that may follow the language of a code block, as patterns.
_WORDS = {
    "jsonl": ("eval", "benchmark", r"file=\S+", r"vary=\d+"),
    "bytes": (r"file=\S+",),
    "toml": ("config",),
}


@dataclass(slots=True)
class Example:
    """One section's example."""

    title: str
    rows: list[str] = field(default_factory=list)
    data: bytes | None = None
    name: str = "train.jsonl"
    files: dict[str, list[str]] = field(default_factory=dict)
    evaluation: list[str] | None = None
    benchmark: list[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for :func:`datalint.testing.run_rule`."""
        return {
            "rows": self.rows,
            "data": self.data,
            "name": self.name,
            "files": self.files,
            "evaluation": self.evaluation,
            "benchmark": self.benchmark,
            "options": self.options,
            "config": self.config,
        }


def documented_examples(rule: Rule) -> dict[str, Example]:
    """Return the page's examples by section, ``Bad`` and ``Good``.

    Raises:
        ValueError: for a word after the language of a code block that has no meaning, which would be ignored.
    """
    out: dict[str, Example] = {}
    for title in ("Bad", "Good"):
        _, found, rest = rule.document.partition(f"## {title}\n")
        if found:
            out[title] = _parse(title, rest.partition("\n## ")[0])
    return out


def _check_words(title: str, kind: str, info: str) -> None:
    if unknown := [word for word in info.split() if not any(re.fullmatch(known, word) for known in _WORDS[kind])]:
        known = ", ".join(pattern.replace(r"\S+", "NAME").replace(r"\d+", "N") for pattern in _WORDS[kind])
        raise ValueError(f'## {title}: unknown word "{unknown[0]}" after ```{kind}; known are {known}')


def _parse(title: str, text: str) -> Example:
    example = Example(title)
    for kind, info, body in _FENCE.findall(text):
        if kind in _WORDS:
            _check_words(title, kind, info)
        if kind == "jsonl":
            rows = _rows(body, info)
            if "eval" in info.split():
                example.evaluation = [*(example.evaluation or ()), *rows]
            elif "benchmark" in info.split():
                example.benchmark = [*(example.benchmark or ()), *rows]
            elif file := _FILE.search(info):
                example.files[file.group(1)] = rows
            else:
                example.rows += rows
        elif kind == "bytes":
            example.data = unescape(body.removesuffix("\n"))
            example.name = file.group(1) if (file := _FILE.search(info)) else example.name
        elif kind == "toml" and "config" in info:
            example.config = tomllib.loads(body)
        elif kind == "toml":
            example.options = tomllib.loads(body)
    return example


def _rows(body: str, info: str) -> list[str]:
    rows: list[str] = []
    for line in body.splitlines():
        repeat = _REPEAT.fullmatch(line.strip())
        if repeat and rows:
            rows += [rows[-1]] * (int(repeat.group(1)) - 1)
        elif line.strip():
            rows.append(line)
    count = _VARY.search(info)
    return list(expand(rows, int(count.group(1)))) if count else rows
