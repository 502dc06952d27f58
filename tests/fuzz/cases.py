"""A case: the files that datalint is given, and the probes that are run on them; in memory and in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

_ABOUT: Final = "case.json"
#: What a child process reads JSON Lines and compares texts with: compiled code, or Python, Polars and numpy alone.
COMPILED: Final = "compiled"
PLAIN: Final = "plain"


@dataclass(frozen=True, slots=True)
class Case:
    """Files by their path in a folder of their own, and the one that datalint is given.

    ``steps`` are (probe, flavour). The steps of one probe must give equal results. ``stdin`` names the file that
    is standard input instead. ``mutants`` is the number of damaged inputs in the files. ``original`` is the main
    file before it was damaged, which helps to make a failing case smaller; ``damaged`` names that file where it is not
    the one that is given.
    """

    name: str
    files: dict[str, bytes]
    given: str
    steps: tuple[tuple[str, str], ...]
    stdin: bool = False
    mutants: int = 1
    original: bytes = b""
    damaged: str = ""
    about: str = ""

    @property
    def main(self) -> str:
        """Return the path of the file that is made smaller: the damaged one, or the largest in a folder."""
        name = self.damaged or self.given
        return name if name in self.files else max(self.files, key=lambda path: len(self.files[path]))

    def changed(self, data: bytes) -> Case:
        """Return the case with other bytes in its main file."""
        return replace(self, files={**self.files, self.main: data})

    def write(self, folder: Path) -> None:
        """Write the files below ``folder``."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def save(self, folder: Path) -> None:
        """Keep the case in a folder, from which :func:`load` returns it."""
        self.write(folder / "files")
        about = {"given": self.given, "stdin": self.stdin, "steps": self.steps, "about": self.about}
        (folder / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> Case:
    """Return the case that :meth:`Case.save` kept in a folder."""
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    inside = folder / "files"
    files = {path.relative_to(inside).as_posix(): path.read_bytes() for path in inside.rglob("*") if path.is_file()}
    steps = tuple((probe, flavour) for probe, flavour in about["steps"])
    return Case(folder.name, files, about["given"], steps, stdin=about["stdin"], about=about["about"])


def kept(folder: Path) -> list[Path]:
    """Return the folders below ``folder`` that hold a case, in order."""
    return sorted(path.parent for path in folder.rglob(_ABOUT))
