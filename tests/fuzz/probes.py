"""Probes: what is done with a case, in a child process, and what must hold.

A probe takes the path that datalint is given, relative to the working folder, and returns a text that must be equal for
compiled and plain code. A case fails when its probe raises, other than a DatalintError where one is expected.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest import mock

from datalint.cli import main
from datalint.cli.writing import FORMATS
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.sources import open_sources

from .reading import read

sys.path.append(str(Path(__file__).parents[1] / "report"))
from report_checks import (
    check_html,
    check_inert,
    check_json,
    check_markdown,
    check_report,
    check_text,
)

#: Bytes of a chunk, by which a file of a fuzzer's size is one chunk or several.
_WHOLE: Final = 8 << 20
ALONE: Final = ("--isolated", "--jobs", "1")
#: What no message of an error may say: each stands for an exception that nobody expected, or a limit that was hit.
_UNEXPECTED: Final = ("itself failed", "INT001", "out of memory", "Traceback", "panicked")


def run(*arguments: str, stdin: bytes | None = None, warns: bool = False) -> tuple[int, bytes]:
    """Run the command in this process; return its exit code and output. ``warns`` allows words on standard error.

    Raises AssertionError for any other end than exit code 0, 1 or 2 with what belongs to it, and lets through what
    the command lets through.
    """
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code: Any = None
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(error))
        if stdin is not None:
            stack.enter_context(mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")))
        try:
            main(arguments)
        except SystemExit as done:
            code = done.code
    shown, said = output.buffer.getvalue(), error.buffer.getvalue().decode()  # type: ignore[attr-defined]
    left = [_taken(path) for path in Path(tempfile.gettempdir()).glob("datalint-*")]
    assert not any(word in said for word in _UNEXPECTED), _cause(said, left)
    assert not left, "a temporary file is left"
    assert code in (0, 1, 2), f"exit code {code}"
    if code == 2:
        assert shown == b"", "exit code 2 with a report"
        assert said.startswith("error: "), said
        assert said.count("\n") == 1, said
    else:
        assert warns or said == "", said
    check_inert(said)
    return code, shown


def _cause(said: str, logs: list[str]) -> str:
    """Return the exception of a log first, since failures are told apart by their first line."""
    ends = [log.strip().split("\n")[-1][:80] for log in logs]
    return "\n".join([*ends, said, *logs])


def _taken(path: Path) -> str:
    """Return the end of a file that is left, and delete it, so that it counts against one case alone."""
    text = path.read_text(errors="replace")[-3000:]
    path.unlink()
    return text


def result(code: int, *reports: bytes) -> str:
    return f"exit code {code}, " + " ".join(hashlib.sha256(report).hexdigest()[:16] for report in reports)


def check(given: str) -> str:
    """Run ``datalint check`` and hold its JSON report to its schema, the rows and the exit code."""
    stdin = Path(given).read_bytes() if given == "input" else None
    code, output = run("check", *ALONE, "--output-format", "json", "-" if given == "input" else given, stdin=stdin)
    if code != 2:
        report = check_json(output)
        check_inert(output.decode())
        check_rows(report, stdin if stdin is not None else Path(given).read_bytes() if Path(given).is_file() else b"")
        assert (code == 1) == (report["verdict"] == "fail"), "the exit code is not the verdict's"
    Path(f"report-{os.environ['DATALINT_FUZZ_FLAVOUR']}").write_bytes(output)
    return result(code, output)


def check_rows(report: dict[str, Any], data: bytes) -> None:
    """Check the numbers of rows in a JSON report: of JSON Lines in UTF-8, ``data``, against the lines."""
    assert not any(finding["rule"] == "INT001" for finding in report["findings"]), "internal-error"
    assert report["examples"] == sum(file["rows_read"] for file in report["files"] if file["split"] == "train")
    names = {finding["name"] for finding in report["findings"]}
    joined, shared = "pretty-printed-json" in names, "concatenated-json" in names
    for file in report["files"]:
        if file["container"] != "jsonl" or file["bytes"] != len(data) or not _is_plain(data):
            continue
        lines = [line for line in data.split(b"\n") if line.strip(b" \t\r")]
        rows = file["rows_read"] + file["rows_refused"]
        assert rows == len(lines) or (joined and rows < len(lines)) or shared, (
            f"{rows} rows, {len(lines)} non-blank lines"
        )


def _is_plain(data: bytes) -> bool:
    """Whether bytes are text as they are: neither compressed, in UTF-16 or UTF-32, nor begun by a byte-order mark."""
    marks = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    return not data.startswith(marks) and data.count(b"\0") == 0


def formats(given: str) -> str:
    """Run ``datalint check`` with every format at once, and check each with its own checker."""
    files = [kind for kind in FORMATS if kind != "text"]
    targets = [word for kind in files for word in ("--output", f"{kind}:report.{kind}")]
    code, output = run("check", *ALONE, *targets, given)
    if code == 2:
        return result(code)
    with _named("text"):
        check_report("text", output)
    for kind in files:
        data = Path(f"report.{kind}").read_bytes()
        with _named(kind):
            # A report of no finding is an empty file.
            if data or kind != "jsonl":
                check_report(kind, data)
    return result(code, output, *(Path(f"report.{kind}").read_bytes() for kind in files))


@contextlib.contextmanager
def _named(kind: str) -> Iterator[None]:
    """Say which format did not pass."""
    try:
        yield
    except Exception as error:
        error.add_note(f"format: {kind}")
        raise


def commands(given: str) -> str:
    """Run the other commands that read a dataset: clusters, compare, baseline."""
    results = []
    for more in (
        ("--output-format", "json"),
        ("--pairs", "--output-format", "jsonl"),
        ("--output-format", "text"),
        ("--sweep",),
    ):
        code, output = run("clusters", "--jobs", "1", "--threshold", "0.5", *more, given)
        check_inert(output.decode())
        if "json" in more and code != 2:
            json.loads(output)
        results.append(result(code, output))
    kinds = ("json", "markdown", "html")
    targets = [word for kind in kinds for word in ("--output", f"{kind}:compare.{kind}")]
    code, output = run("compare", *ALONE, *targets, "old.jsonl", given)
    if code != 2:
        written = {kind: Path(f"compare.{kind}").read_bytes() for kind in kinds}
        for kind, data in (*written.items(), ("text", output)):
            with _named(f"compare {kind}"):
                check_inert(data.decode())
                check_text(data)
        with _named("compare"):
            assert json.loads(written["json"])["schema"] == "datalint-compare/1"
            check_markdown(written["markdown"].decode())
            assert not check_html(written["html"]).all("script")
        results.append(result(code, output, *written.values()))
    code, _ = run("baseline", "--isolated", "--baseline", "baseline.jsonl", "--output-format", "json", given)
    if code == 0:
        code, output = run("check", *ALONE, "--baseline", "baseline.jsonl", "--output-format", "json", given)
        check_json(output)
        results.append(result(code, output))
    return "\n".join(results)


def settings(given: str) -> str:
    """Run ``datalint check`` and ``datalint config`` with a configuration, a JSON Schema and a baseline."""
    chosen = ("--config", "datalint.toml")
    code, shown = run("config", *chosen, "--output-format", "json", given)
    check_inert(shown.decode())
    results = [result(code, shown)]
    more = ("--schema", "schema.json", "--baseline", "baseline.jsonl", "--jobs", "1", "--output-format", "json")
    for options in ((*chosen, *more), ("--isolated", *more)):
        code, output = run("check", *options, given, warns=True)
        if code != 2:
            check_rows(check_json(output), Path(given).read_bytes())
            check_inert(output.decode())
        results.append(result(code, output))
    return "\n".join(results)


def agreement(given: str) -> str:
    """Lint one file, with ``eval.jsonl`` to evaluate on, in one chunk and in several, by one process and by two."""
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    size = Path(given).stat().st_size
    held = ["eval.jsonl"] if Path("eval.jsonl").exists() else []

    def report(chunk_bytes: int, jobs: int) -> bytes:
        sides = [open_sources(paths, chunk_bytes=chunk_bytes) if paths else [] for paths in ([given], held)]
        return to_json(run_lint(settings, registry, *sides, jobs=jobs))

    whole = report(_WHOLE, 1)
    flavour = os.environ["DATALINT_FUZZ_FLAVOUR"]
    Path(f"report-{flavour}").write_bytes(whole)
    check_rows(check_json(whole), Path(given).read_bytes())
    several = max(size // Random(size).choice((7, 20)), 1)
    one, two = (report(several, jobs) for jobs in (1, 2))
    Path(f"report-{flavour}-1").write_bytes(one)
    Path(f"report-{flavour}-2").write_bytes(two)
    assert one == two, "two workers change the report"
    # In a document a message says where in its line an element is wrong, unless the line began in another chunk.
    if not given.endswith(".json"):
        assert one == whole, "smaller chunks change the report"
    return result(0, whole)


def probes() -> dict[str, Callable[[str], str]]:
    """Return every probe by its name."""
    from . import command_probes

    return _PROBES | {
        "writing": command_probes.writing,
        "describing": command_probes.describing,
        "extras": command_probes.extras,
    }


_PROBES: Final[dict[str, Callable[[str], str]]] = {
    "read": read,
    "check": check,
    "formats": formats,
    "commands": commands,
    "settings": settings,
    "agreement": agreement,
}
