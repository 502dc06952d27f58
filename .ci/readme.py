"""Print a command of the README: ``python3 .ci/readme.py lint`` or ``tests``.

A command is marked by a comment, ``<!-- run: NAME -->``, above a block of exactly one line.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
_MARKED = re.compile(r"^<!-- run: (?P<name>\w+) -->\n```sh\n(?P<line>[^\n]+)\n```$", re.MULTILINE)


def commands() -> dict[str, str]:
    """Return the marked commands by name."""
    return {match["name"]: match["line"] for match in _MARKED.finditer(README.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    found = commands()
    if len(sys.argv) != 2 or sys.argv[1] not in found:
        sys.exit(f"usage: readme.py {'|'.join(found)}")
    print(found[sys.argv[1]])
