"""Outcomes that are hard on a renderer: hostile rows that were really linted, and more findings than reports hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from hostile_text import INVISIBLE

from datalint.cli.writing import FORMATS
from datalint.core.finding import Factor, Severity
from datalint.core.findings import Findings
from datalint.core.results import FactorResult, FileResult, GateResult, Outcome, RuleResult, Verdict
from datalint.privacy.display import file_name, printable

#: Every format whose renderer is tested here; HTML has tests of its own.
KINDS: Final = tuple(kind for kind in FORMATS if kind != "html")
#: Put together here, so that the file itself holds nothing that a scanner would stop at.
SECRET: Final = "ghp_" + "k3J8s" * 7 + "Q"
TEXTS: Final = (
    "::set-output name=verdict::pass",
    "  ::stop-commands::gone",
    "line\r\n::error file=a.py,line=1::from a row",
    "%0A::error::from a row",
    "##[error]from a row",
    "a word, then ##[add-path]nowhere",
    "\x1b[31mred\x1b[0m and \x1b]0;title\x07 \x9b31m",
    "</script><script>alert(1)</script>",
    "]]></failure><testcase name='forged'/>",
    "```\n# heading\n```",
    "| a | b |\n|---|---|",
    "![image](https://example.org/a.png) [link](https://example.org) <https://example.org>",
    "https://example.org www.example.org :tada: @octo #12 GH-12 octo/cat#3 !4 $x$",
    "<img src=x onerror=alert(1)> <details><summary>",
    "`code` ~~gone~~ *strong* _weak_ \\| \\` &lt;b&gt; &#124;",
    "\u202eevil\u202c \u2066and\u2069 \u200bhidden \ufeff \ufffe",
    INVISIBLE,
    '=HYPERLINK("http://example.org")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    " =1",
    "a,b;c\"d'e",
    f"my token is {SECRET} and so on",
)
LONG: Final = "x" * 1_000_000

_SCHEMA: Final = {
    "rule": pl.String,
    "name": pl.String,
    "severity": pl.String,
    "file": pl.Int64,
    "line": pl.Int64,
    "row": pl.Int64,
    "path": pl.String,
    "message": pl.String,
    "related": pl.List(pl.Struct({"file": pl.Int64, "line": pl.Int64, "row": pl.Int64, "similarity": pl.Float64})),
    "fingerprint": pl.String,
    "fix": pl.String,
    "excerpt": pl.String,
    "at": pl.Int64,
}
_FACTORS: Final = tuple(Factor)
_TEXTS: Final = ("name", "path", "message", "excerpt")


def hostile_lines() -> bytes:
    """Return JSON Lines whose texts, keys, roles and labels attack whoever reads a report about them."""
    rows: list[dict[str, Any]] = []
    for text in TEXTS:
        rows += [
            {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": ""}], "category": text},
            {"messages": [{"role": text, "content": "hi"}, {"role": "assistant", "content": text}], "category": text},
            {"mesages": text, text: text},
            {"prompt": text, "completion": f"{text} {{{{name}}}} <|im_start|>"},
        ]
    rows += [{"prompt": LONG, "completion": ""}, {"messages": LONG, LONG: 1}]
    lines = [json.dumps(row).encode() for row in rows]
    return b"\n".join([*lines, *lines[:3], b'{"prompt": "' + SECRET.encode(), b"=cmd()", b"::set-output::x"])


def finding(**given: Any) -> dict[str, Any]:
    """Return a finding's row of the table, with what is not given made up; its texts are as the engine makes them."""
    row = {
        "rule": "QUA001",
        "name": "a-rule",
        "severity": "error",
        "file": 0,
        "line": 1,
        "row": 1,
        "path": "$.prompt",
        "message": "a message",
        "related": None,
        "fingerprint": "0f" * 16,
        "fix": None,
        "excerpt": None,
        "at": None,
    } | given
    return row | {name: printable(row[name]) for name in _TEXTS if row[name] is not None}


def many(count: int, rules: int = 30, files: int = 3) -> list[dict[str, Any]]:
    """Return findings of ``rules`` rules, most of them of the first, a few of the last, of all severities."""
    severities = list(Severity)
    out = []
    for n in range(count):
        number = 0 if n % 3 else n // 3 % rules
        out.append(
            finding(
                rule=f"QUA{number + 1:03}",
                name=f"rule-{number + 1}",
                severity=severities[number % 3].value,
                file=n * files // count,
                line=n + 1,
                row=n + 1,
                message=f"message {n}: {TEXTS[n % (len(TEXTS) - 1)]}",
                fingerprint=f"{n:032x}",
            )
        )
    return out


def outcome(
    findings: Sequence[dict[str, Any]],
    files: Sequence[str] = ("data/one.jsonl", "data/two.jsonl", "data/three.jsonl"),
    **given: Any,
) -> Outcome:
    """Return an outcome with these findings, and gates of every verdict."""
    table = pl.DataFrame(list(findings), schema=_SCHEMA)
    return Outcome(
        **{
            "verdict": Verdict.FAIL,
            "score": 12,
            "files": [file_result(name) for name in files],
            "factors": {factor.value: factor_result(factor) for factor in _FACTORS},
            "rules": _rules(table),
            "findings": Findings(table, [file_name(name) for name in files]),
            "measures": {},
            "profile": "guide",
            "notes": [printable(f"a note with {TEXTS[0]}")],
            "examples": 10_000,
            "tokens": 1_234_567,
        }
        | given
    )


def file_result(name: str) -> FileResult:
    """Return a file of ten rows."""
    return FileResult(
        path=file_name(name),
        container="jsonl",
        shape="prompt-completion",
        rows_read=10,
        rows_refused=0,
        blank_lines=0,
        bytes=100,
        sha256="0" * 64,
    )


def factor_result(factor: Factor) -> FactorResult:
    """Return a factor with a gate that fails, one that warns, one that passes and one that was not assessed."""
    if factor is Factor.BALANCE:
        return FactorResult(factor, None, Verdict.NOT_ASSESSED, (), remedy="give each row a category")
    verdicts = (Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.NOT_ASSESSED)
    return FactorResult(factor, 12.0, Verdict.FAIL, tuple(gate(verdict) for verdict in verdicts))


def gate(verdict: Verdict) -> GateResult:
    """Return a gate that came to a verdict, with hostile words about the data in it."""
    assessed = verdict is not Verdict.NOT_ASSESSED
    return GateResult(
        measure="measure",
        title=f"share that comes to {verdict.value}",
        value=0.5 if assessed else None,
        warn="over 3 %",
        fail="over 10 %",
        verdict=verdict,
        score=12.0 if assessed else None,
        source="the guide",
        shown="50 %" if assessed else "–",
        formula="piecewise linear",
        reason=None if assessed else "no data",
        detail=printable(" ".join(TEXTS[:-1])),
    )


def _rules(table: pl.DataFrame) -> dict[str, RuleResult]:
    out = [
        RuleResult(
            code=str(code),
            name=group["name"][0],
            severity=Severity(group["severity"][0]),
            factor=Factor.QUALITY,
            summary=f"What {code} finds, with `code` | in it.",
            remedy="Mend it with `jq -c . a > b`",
            count=group.height,
            examples=group.height,
            share=0.5,
            tokens=100,
        )
        for (code,), group in table.group_by("rule", maintain_order=True)
    ]
    out.sort(key=lambda rule: (rule.severity.rank, -rule.count, rule.code))
    return {rule.code: rule for rule in out}
