"""Install datalint for the action, in an environment of its own, and say where its command is.

Python's isolated mode and a working folder outside of the checkout keep a file of the repository, such as ``pip.py``,
from being imported in place of the real one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

import workflow

_VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}((a|b|rc)[0-9]{1,6})?")
_LONGEST: Final = 4000


def requirement(version: str, action: str) -> str:
    """Return what pip is to install.

    Raises:
        ValueError: when the version is none, or nothing says where the action is.
    """
    if version:
        if not _VERSION.fullmatch(version):
            raise ValueError(f"version {version[:40]!r} is not one such as 1.2.3")
        return f"datalint-sft=={version}"
    if not action:
        raise ValueError("GITHUB_ACTION_PATH is not set; run this as a step of the action")
    return str(Path(action).resolve())


def main() -> None:
    """Install, and set the output ``command``."""
    workflow.utf8()
    try:
        wanted = requirement(workflow.setting("VERSION"), os.environ.get("GITHUB_ACTION_PATH", ""))
    except ValueError as error:
        workflow.stop("cannot install", str(error))
    room = tempfile.mkdtemp(prefix="datalint-", dir=os.environ.get("RUNNER_TEMP") or None)
    home = Path(room) / "venv"
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    suffix = ".exe" if os.name == "nt" else ""
    pip = [f"{scripts / 'python'}{suffix}", "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-I", "-m", "venv", str(home)], [*pip, "--", wanted]):
        done = subprocess.run(command, cwd=room, capture_output=True, check=False)
        if done.returncode:
            workflow.quoted((done.stdout + done.stderr).decode("utf-8", "replace")[-_LONGEST:])
            workflow.stop("cannot install", f"{wanted} could not be installed; the log above says why")
    workflow.set_output("command", f"{scripts / 'datalint'}{suffix}")


if __name__ == "__main__":
    main()
