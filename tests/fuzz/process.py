"""Child processes as the parent sees them: started, asked with a time limit, and ended."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Final

from .cases import COMPILED, Case

ROOT: Final = Path(__file__).parents[2]
#: Seconds of wall time that an answer may take, far more than the processor time that a child grants itself: for what
#: waits instead of working.
PATIENCE: Final = 240
#: What faulthandler prints of a call in this project.
_FRAME: Final = re.compile(r'^  File "[^"\n]*/((?:datalint|tests)/[^"\n]*)", line \d+ in (\S+)', re.MULTILINE)
#: Characters of a dead child's standard error that are kept.
_WORDS: Final = 6000


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: the same for failures of one cause, and the details."""

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one probe may take: processor seconds, seconds, and bytes by which the peak of memory may grow."""

    processor: int = 30
    patience: float = PATIENCE
    memory: int = 1 << 30


class Child:
    """A child process of one flavour, with a folder of its own."""

    def __init__(self, flavour: str, limits: Limits) -> None:
        self._limits = limits
        self.room = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self._temporary = self.room / "tmp"
        self._temporary.mkdir()
        self._errors = (self.room / "stderr").open("w+b")
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.fuzz.child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._temporary,
            env=self._environment(flavour),
            start_new_session=True,
        )
        self._count = 0
        self.dead = False

    def _environment(self, flavour: str) -> dict[str, str]:
        unwanted = ("PYTHONOPTIMIZE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI", "GITHUB_WORKSPACE", "CI_PROJECT_DIR")
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in unwanted and not name.startswith(("DATALINT_", "NUMBA_"))
        }
        kept |= {
            "DATALINT_NO_CACHE": "1",
            "DATALINT_FUZZ_FLAVOUR": flavour,
            "DATALINT_FUZZ_SECONDS": str(self._limits.processor),
            "DATALINT_FUZZ_MEMORY": str(self._limits.memory),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
            "POLARS_MAX_THREADS": "2",
            "TMPDIR": str(self._temporary),
        }
        return kept if flavour == COMPILED else kept | {"NUMBA_DISABLE_JIT": "1"}

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, case: Case, probe: str) -> str | Failure:
        """Run a probe on a case; return its result, or how it failed, which may have ended this process (``dead``)."""
        folder = self.room / f"case-{self._count}"
        self._count += 1
        case.write(folder)
        try:
            return self._ask({"probe": probe, "given": case.given, "folder": str(folder)})
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _ask(self, request: dict[str, str]) -> str | Failure:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return self._death()
        line = self._line()
        if line is None:
            return self._timeout()
        if not line.endswith(b"\n"):
            return self._death()
        answer = json.loads(line)
        return answer["result"] if "result" in answer else Failure(answer["failed"], answer["detail"])

    def _line(self) -> bytes | None:
        """Return the answer, what there is of one where the child died, None where it takes too long."""
        assert self._process.stdout is not None
        with DefaultSelector() as selector:
            selector.register(self._process.stdout, EVENT_READ)
            if not selector.select(self._limits.patience):
                return None
        # Answers are written at once, so there is a whole line or the end.
        return self._process.stdout.readline()

    def _timeout(self) -> Failure:
        self.dead = True
        with contextlib.suppress(OSError):
            self._process.send_signal(signal.SIGABRT)  # faulthandler prints where it waits
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        return Failure(f"no answer within {self._limits.patience:g} s", self._words())

    def _death(self) -> Failure:
        self.dead = True
        code = self._process.wait()
        words = self._words()
        what = f"exit code {code} of the child"
        if code < 0:
            name = signal.Signals(-code).name
            what = f"more than {self._limits.processor} s of processor time" if name == "SIGXCPU" else name
        return Failure(f"{what}{self._place(words)}", words)

    def _words(self) -> str:
        self._errors.flush()
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-_WORDS:]

    @staticmethod
    def _place(words: str) -> str:
        """Return where the child was by faulthandler's list, as far as it was in this project."""
        found = _FRAME.search(words)
        return "" if found is None else f" in {found[1]}:{found[2]}"

    def close(self) -> None:
        """End the process and its workers, and delete its folder."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        shutil.rmtree(self.room, ignore_errors=True)
