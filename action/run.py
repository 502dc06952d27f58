"""Check a dataset in a step of a workflow: one pass, and its reports wherever people look.

Annotations and the report in the log, a summary on the run's page, files for other steps, the gate as the exit code:
0 passed (or warned), 1 failed, 2 could not run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

import base as bases
import workflow

_COULD_NOT_RUN: Final = 2
#: Formats that a step may ask a file of, by the input that names the file; each is an output of that name too.
_FILES: Final = {"SARIF": "sarif", "COMMENT_FILE": "comment", "HTML": "html"}
#: Reports that the step itself makes use of.
_OWN: Final = {"json": "report.json", "text": "report.txt", "markdown": "report.md", "comment": "comment.md"}
_OUTPUTS: Final = {"SARIF": "sarif-file", "COMMENT_FILE": "comment-file", "HTML": "html-file"}
#: Lines of findings that the log takes: more than a person reads, and less than makes its page slow.
_LOGGED: Final = 2_000
#: Characters that a comment on GitHub may have.
_COMMENT_LIMIT: Final = 65_536


@dataclass(frozen=True, slots=True)
class Ran:
    """How the command ended: its exit code, its annotations, and what it said went wrong."""

    code: int
    annotations: str
    errors: str


def main() -> None:
    """Check, report, and exit as the gate says."""
    workflow.utf8()
    room = Path(tempfile.mkdtemp(prefix="datalint-", dir=os.environ.get("RUNNER_TEMP") or None))
    os.chdir(os.environ.get("GITHUB_WORKSPACE") or ".")
    _say_what_forks_lack()
    ran = _check(room)
    report = _read(room / "report.json")
    if report is None:
        workflow.set_output("verdict", "error")
        workflow.stop("could not run", _explained(ran.errors))
    if ran.errors:
        workflow.quoted(ran.errors)
    head, findings = _parts(_text(room / "report.txt"))
    workflow.quoted(head)
    if findings:
        workflow.say("::group::findings")
        workflow.quoted(findings)
        workflow.say("::endgroup::")
    workflow.say(ran.annotations.rstrip("\n"))
    _hint_at_pointers(report)
    if not workflow.summarize(room / "whole.md", room / "report.md", room / "comment.md"):
        workflow.annotate("notice", "datalint: no summary", "the step's summary has no room; the log has the report")
    _set_outputs(report, room)
    sys.exit(ran.code)


def _check(room: Path) -> Ran:
    """Run the command; where only the comparison with the base fails, run it on every row rather than not at all."""
    command = os.environ.get("DATALINT_COMMAND") or "datalint"
    base = bases.find_base(workflow.setting("BASE_REF"))
    if base.commit:
        ran = _run([command, *_options(room), "--base-ref", base.commit, "--", *workflow.settings("PATHS")])
        if (room / "report.json").is_file():
            workflow.say(f"findings on rows that changed since {base.commit}; the gates count all")
            _compare(command, base.commit, room)
            return ran
        base = bases.Base(None, asked=True, reason=_last_line(ran.errors))
    ran = _run([command, *_options(room), "--", *workflow.settings("PATHS")])
    if base.asked and (room / "report.json").is_file():
        workflow.annotate("warning", "datalint: findings are not limited to changed rows", base.reason)
    return ran


def _compare(command: str, commit: str, room: Path) -> None:
    """Add what changed since the base to the summary and the comment, behind the verdict."""
    changes = room / "changes.md"
    options = ["compare", "--base-ref", commit, "--exit-zero", "--quiet", "--output", f"markdown:{changes}"]
    ran = _run([command, *options, *_inputs(), "--", *workflow.settings("PATHS")])
    if not changes.is_file():
        workflow.annotate("notice", "datalint: no comparison with the base", _last_line(ran.errors))
        return
    told = changes.read_text(encoding="utf-8")
    _join(room / "report.md", told, room / "whole.md", workflow.SUMMARY_LIMIT)
    if workflow.setting("COMMENT_FILE"):
        comment = Path(workflow.setting("COMMENT_FILE"))
        _join(comment, told, comment, _COMMENT_LIMIT)


def _join(report: Path, told: str, target: Path, limit: int) -> None:
    """Write both documents as one, where that stays inside of the limit."""
    text = f"{report.read_text(encoding='utf-8').rstrip()}\n\n{told}"
    if len(text.encode()) < limit:
        target.write_text(text, encoding="utf-8", newline="\n")


def _inputs() -> list[str]:
    """Return the options that say what is judged, and by which configuration."""
    config = workflow.setting("CONFIG")
    return [*([f"--config={config}"] if config else []), *(f"--eval={path}" for path in workflow.settings("EVAL"))]


def _options(room: Path) -> list[str]:
    options = ["check", "--color", "never", "--output-format", "github", *_inputs()]
    for kind, name in _OWN.items():
        options += ["--output", f"{kind}:{room / name}"]
    for name, kind in _FILES.items():
        if workflow.setting(name):
            path = Path(workflow.setting(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            options += ["--output", f"{kind}:{path}"]
    threshold = workflow.setting("FAIL_ON")
    if threshold not in ("", "fail", "warn", "never"):
        workflow.set_output("verdict", "error")
        workflow.stop("could not run", f"fail-on is {threshold[:40]!r}; give fail, warn or never")
    return options + (["--exit-zero"] if threshold == "never" else [f"--fail-on={threshold}"] if threshold else [])


def _run(command: list[str]) -> Ran:
    # Otherwise a module of the repository could stand in for a real one.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # A runner starts empty and each run writes elsewhere, so that a cache would be filled and never read.
    environment |= {"PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "DATALINT_NO_CACHE": "1"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
    except OSError as error:
        return Ran(_COULD_NOT_RUN, "", f"{command[0]} cannot be run: {error.strerror}")
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace").strip())


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _parts(report: str) -> tuple[str, str]:
    """Return verdict and factors, and the findings below them, which can be many: the log folds those."""
    verdict, _, rest = report.partition("\n\n")
    factors, _, findings = rest.partition("\n\n")
    lines = findings.strip("\n").splitlines()
    if len(lines) > _LOGGED:
        lines[_LOGGED:] = [f"… and {len(lines) - _LOGGED:,} more lines; the output json-file has every finding"]
    return f"{verdict}\n\n{factors}".strip("\n"), "\n".join(lines)


def _last_line(errors: str) -> str:
    lines = errors.splitlines() or ["the check gave no reason"]
    return lines[-1].removeprefix("error: ").removeprefix("Error: ")


def _explained(errors: str) -> str:
    """Return why nothing could be checked, with what a workflow can do about it."""
    reason = _last_line(errors)
    if not Path(".git").exists() and not any(Path().iterdir()):
        return f"{reason}\nThe workspace is empty: run actions/checkout before this step."
    if any(words in reason for words in ("nothing to check", "no such file", "no file matches", "no data")):
        return f"{reason}\nPaths are taken from {Path.cwd()}; give the input paths, or set data in datalint.toml."
    return reason


def _say_what_forks_lack() -> None:
    if bases.from_fork() and any(workflow.setting(name) for name in ("SARIF", "COMMENT_FILE")):
        workflow.annotate(
            "notice",
            "datalint: pull request from a fork",
            "its token can neither upload SARIF nor comment; the annotations, the summary and the gate need neither",
        )


def _hint_at_pointers(report: dict[str, Any]) -> None:
    if "FMT018" in (report.get("rules") or {}):
        workflow.annotate(
            "error",
            "datalint: Git LFS pointers instead of data",
            "the checkout left Git LFS pointers in place of files; give actions/checkout lfs: true",
        )


def _set_outputs(report: dict[str, Any], room: Path) -> None:
    workflow.set_output("verdict", str(report["verdict"]))
    workflow.set_output("score", "" if report["score"] is None else str(report["score"]))
    workflow.set_output("findings", str(len(report["findings"])))
    workflow.set_output("json-file", str(room / "report.json"))
    for name, output in _OUTPUTS.items():
        path = workflow.setting(name)
        workflow.set_output(output, path if path and Path(path).is_file() else "")


if __name__ == "__main__":
    main()
