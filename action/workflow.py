"""How a step speaks to GitHub's runner: commands in the log, outputs, and the page of the run.

Only the standard library is imported: these scripts run before datalint is installed.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path
from typing import Final, NoReturn

#: Bytes that a step's summary may have (actions/runner, FileCommandManager.cs, AttachmentSizeLimit).
SUMMARY_LIMIT: Final = 1024 * 1024
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return text whose lines the runner takes for nothing but text: it trims a line before it looks for ``::``."""
    lines = (_CONTROL.sub("", line).replace("##[", "##%5B") for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(re.sub(r"^(\s*)::", r"\1%3A%3A", line) for line in lines)


def annotate(level: str, title: str, message: str) -> None:
    """Print an annotation: ``level`` is error, warning or notice."""
    say(f"::{level} title={_property(title)}::{_data(message)}")


def say(text: str) -> None:
    """Print a line now, so that what subprocesses print comes after it."""
    print(text, flush=True)


def quoted(text: str) -> None:
    """Print text in which the runner looks for no commands; lines are made inert as well, should a token be guessed."""
    token = secrets.token_hex(16)
    say(f"::stop-commands::{token}\n{plain(text)}\n::{token}::")


def set_output(name: str, value: str) -> None:
    """Set an output of the step; the delimiter is random, so that no value can end it and set another."""
    target = os.environ.get("GITHUB_OUTPUT")
    if target:
        delimiter = f"end-{secrets.token_hex(16)}"
        with Path(target).open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")


def summarize(*candidates: Path) -> bool:
    """Append the first document that still fits to the step's summary; return whether there was one."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return False
    summary = Path(target)
    room = SUMMARY_LIMIT - (summary.stat().st_size if summary.exists() else 0)
    for document in candidates:
        if document.is_file() and document.stat().st_size < room:
            with summary.open("ab") as file:
                file.write(document.read_bytes().rstrip(b"\n") + b"\n")
            return True
    return False


def setting(name: str) -> str:
    """Return an input of the action, which ``action.yml`` hands over as ``INPUT_NAME``."""
    return os.environ.get(f"INPUT_{name}", "").strip()


def settings(name: str) -> list[str]:
    """Return an input that holds a value on each line."""
    return [line.strip() for line in setting(name).splitlines() if line.strip()]


def stop(title: str, message: str) -> NoReturn:
    """Say why the step can't go on, and end it as one that could not run."""
    annotate("error", f"datalint: {title}", message)
    sys.exit(2)


def utf8() -> None:
    """Print UTF-8, whatever the runner's code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _data(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "##%5B")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
