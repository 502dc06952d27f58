"""Probes of the commands that write datasets, that describe one, and that read a model or a target."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any, Final

from datalint.operations.convert import TARGETS

from .probes import ALONE, check_rows, result, run

sys.path.append(str(Path(__file__).parents[1] / "report"))
from report_checks import check_html, check_inert, check_json, check_text

_PACKED: Final = ("--model", "model", "--max-length", "60", "--packing", "bfd")
_JSON: Final = ("--output-format", "json")


def _report(*arguments: str) -> tuple[int, bytes, Any]:
    """Run a command; return its code, its output and the JSON in that, None where it could not run."""
    code, shown = run(*arguments, *_JSON, warns=True)
    check_inert(shown.decode())
    return code, shown, None if code == 2 else json.loads(shown)


def writing(given: str) -> str:
    """Run the commands that write datasets, and count the rows of what they read and wrote."""
    before = Path(given).read_bytes()
    suffix = "".join(Path(given).suffixes)
    results = []
    for name, more in (("fix", ("--unsafe",)), ("dedupe", ())):
        written = f"{name}{suffix}"
        code, shown, report = _report(name, *ALONE, *more, "--output", written, given)
        results.append(result(code, shown))
        if report is not None:
            assert report["rows_read"] == report["rows_left"] + report["rows_removed"], f"{name}: rows are lost"
            results.append(result(code, *(Path(path).read_bytes() for path in report["written"])))
            again, _, repeated = _report(name, *ALONE, *more, "--output", f"again{suffix}", written)
            assert again == 2 or repeated["rows_read"] <= report["rows_left"], f"{name}: rows appear"
    code, shown = run("fix", *ALONE, "--unsafe", "--diff", given, warns=True)
    check_inert(shown.decode())
    results.append(result(code, shown))
    code, shown, report = _report("split", *ALONE, "--eval", "20%", "--output", "parts", given)
    if report is not None:
        parts = [Path("parts", f"{part}.jsonl").read_bytes() for part in ("train", "eval")]
        rows = sum(report["rows"].values())
        # A record on several lines keeps them.
        assert sum(part.count(b"\n") for part in parts) >= rows, "rows are lost"
        assert rows == sum(each["rows"] for each in report["inputs"]), "rows are lost"
        results.append(result(code, *parts))
    shape = Random(before).choice(sorted(TARGETS))
    code, shown, report = _report("convert", *ALONE, "--to", shape, "--drop", "--output", "converted.jsonl", given)
    if report is not None:
        lines = Path("converted.jsonl").read_bytes().count(b"\n")
        assert lines == report["rows"], "converted rows are lost"
        results.append(result(code, shown))
    assert Path(given).read_bytes() == before, "the input was changed"
    return "\n".join(results)


def describing(given: str) -> str:
    """Run the commands that describe a dataset, in every format."""
    results = []
    for name, more in (("stats", _PACKED), ("advise", ()), ("preview", ("--model", "model"))):
        page = f"{name}.html"
        code, shown = run(name, "--isolated", *more, "--output", f"html:{page}", given, warns=True)
        check_inert(shown.decode())
        results.append(result(code, shown))
        if code != 2:
            check_text(shown)
            check_html(Path(page).read_bytes())
            results.append(result(code, Path(page).read_bytes()))
        results.append(result(*_report(name, "--isolated", *more, given)[:2]))
    return "\n".join(results)


def extras(given: str) -> str:
    """Run ``datalint check`` with a model's folder, a target file and accepted findings, one of them damaged."""
    results = []
    for more in (("--model", "model", "--max-length", "100"), ("--target", "target.toml")):
        code, shown = run("check", *ALONE, *more, *_JSON, given, warns=True)
        if code != 2:
            check_rows(check_json(shown), Path(given).read_bytes())
            check_inert(shown.decode())
        results.append(result(code, shown))
    results.append(result(*_report("preview", "--isolated", "--model", "model", given)[:2]))
    priced = ("stats", "--isolated", "--price", "p.toml", given)
    for arguments in (("model", "model"), ("target", "target.toml"), priced):
        code, shown = run(*arguments, warns=True)
        check_inert(shown.decode())
        results.append(result(code, shown))
    code, shown = run("review", "export", "--isolated", "--output", "exported.jsonl", given, warns=True)
    results.append(result(code, shown))
    imported = ("review", "import", "--isolated", "--baseline", "b.jsonl")
    tasks = (name for name in ("exported.jsonl", "tasks.jsonl") if Path(name).exists())
    results += [result(*run(*imported, name, warns=True)) for name in tasks]
    return "\n".join(results)
