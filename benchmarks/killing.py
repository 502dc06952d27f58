"""End runs of `datalint check` in every way that a machine can, and check that the next run is right.

    python benchmarks/killing.py                     some minutes
    python benchmarks/killing.py --rows 40000 --times 10

The parent or a worker is killed at random moments; a disk is full (files may not grow beyond a limit); an entry of the
work folder is damaged; the input changes. The run must end with one sentence or resume with the same report. Fails if
one does not.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import make_data
from running import Table, _family, check, parser

#: What the system appends to every command of one kind.
KINDS = ("the parent is killed", "a worker is killed", "files are full", "an entry is damaged", "the input grows")


class Runs:
    """Runs over one file, and what they must report."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder = folder
        self.path = make_data.write(folder / "rows.jsonl", rows)
        self.work = folder / "work"
        started = time.monotonic()
        code, said = self.run(self.command(work=False))
        self.seconds = time.monotonic() - started
        if code not in (0, 1):
            raise RuntimeError(said)
        self.expected = self.report().read_bytes()

    def report(self) -> Path:
        """Return the path of the report."""
        return self.folder / "report.json"

    def command(self, *, work: bool = True) -> list[str]:
        """Return the command."""
        options = ("--jobs", "2", "-q", "-o", f"json:{self.report()}")
        if not work:
            return list(check(self.path, *options))
        # Entries are stored only with a cache.
        words = [word for word in check(self.path, *options) if word != "--no-cache"]
        return [*words[:-1], "--work-dir", str(self.work), words[-1]]

    def run(self, command: list[str], during: Callable[[int], None] | None = None, **how: object) -> tuple[int, str]:
        """Run a command, and call ``during`` with its process; return its exit code and what it said."""
        environment = {**os.environ, "DATALINT_CACHE_DIR": str(self.folder / "cache")}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=self.folder,
            start_new_session=True, **how,  # type: ignore[call-overload]
        )  # fmt: skip
        if during is not None:
            during(process.pid)
        said, _ = process.communicate()
        return process.returncode, said.decode(errors="replace")

    def resumes(self) -> bool:
        """Return whether the next run has the expected report."""
        self.report().unlink(missing_ok=True)
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        code, _ = self.run(self.command())
        return code in (0, 1) and self.report().read_bytes() == self.expected

    def fresh(self) -> bytes:
        """Return what a run without any work of another one reports, and leave the report that is there."""
        found = self.report().read_bytes()
        self.run(self.command(work=False))
        now = self.report().read_bytes()
        self.report().write_bytes(found)
        return now

    def clear(self) -> None:
        """Forget all runs."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def entries(self) -> list[Path]:
        """Return the stored results of chunks."""
        return sorted(path for path in self.work.rglob("*") if path.is_file() and path.parent.name == "chunks")


def without_edits(report: bytes) -> dict[str, object]:
    """Return a report without what a fix would change."""
    found = json.loads(report)
    return found | {"findings": [each | {"edits": []} for each in found["findings"]]}


def one_sentence(said: str) -> bool:
    """Return whether a run ended with one line that names the problem."""
    lines = [line for line in said.splitlines() if line]
    return len(lines) == 1 and lines[0].startswith("error: ")


def killed(runs: Runs, rng: random.Random, *, worker: bool) -> tuple[str, bool]:
    """Kill the parent or a worker at a random moment."""
    moment = rng.uniform(0.2, runs.seconds)

    def kill(pid: int) -> None:
        time.sleep(moment)
        victims = _family(pid)[1:] if worker else [pid]
        if victims:
            try:
                os.kill(rng.choice(victims), signal.SIGKILL)
            except ProcessLookupError:
                return

    code, said = runs.run(runs.command(), kill)
    fine = code in (0, 1, -signal.SIGKILL) or (code == 2 and one_sentence(said))
    stored = len(runs.entries())
    return f"after {moment:.1f} s: {_outcome(code, said)}; {stored} chunks stored", fine and runs.resumes()


def full(runs: Runs, rng: random.Random) -> tuple[str, bool]:
    """Let no file grow beyond a limit."""
    most = rng.choice([0, 1 << 10, 1 << 18, 1 << 20, 1 << 22])

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    code, said = runs.run(runs.command(), preexec_fn=limit)
    fine = code in (0, 1) or (code == 2 and one_sentence(said))
    return f"files of {most:,} bytes: {_outcome(code, said)}", fine and runs.resumes()


def damaged(runs: Runs, rng: random.Random) -> tuple[str, bool]:
    """Change bytes of entries."""
    runs.run(runs.command())
    for entry in rng.sample(runs.entries(), 2):
        data = bytearray(entry.read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        entry.write_bytes(data[: rng.choice([len(data), len(data) // 2])])
    return "two entries", runs.resumes()


def changed(runs: Runs, rng: random.Random) -> tuple[str, bool]:
    """Append to the input at a random moment, and take it back."""
    moment = rng.uniform(0.4, runs.seconds)
    size = runs.path.stat().st_size

    def append(pid: int) -> None:
        time.sleep(moment)
        with runs.path.open("ab") as file:
            file.write(b'{"prompt": "Is it new?", "completion": "It is."}\n')

    runs.report().unlink(missing_ok=True)
    code, said = runs.run(runs.command(), append)
    # A run that had read everything is right about the file as it was; one that had not begun to, as it is now. No
    # edits are listed of rows that cannot be read again.
    right = runs.report().is_file() and without_edits(runs.report().read_bytes()) in map(
        without_edits, (runs.expected, runs.fresh())
    )
    fine = (code == 2 and one_sentence(said)) or (code in (0, 1) and right)
    os.truncate(runs.path, size)
    return f"after {moment:.1f} s: {_outcome(code, said)}", fine and runs.resumes()


def _outcome(code: int, said: str) -> str:
    if code == 2:
        return said.strip().splitlines()[-1].removeprefix("error: ")[:90]
    return "finished" if code in (0, 1) else f"signal {-code}"


def main() -> None:
    """Run all and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=40_000)
    arguments.add_argument("--times", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=19)
    given = arguments.parse_args()
    rng = random.Random(given.seed)
    table = Table("what happens", "when, and what the run says", "the next run")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), given.rows)
        tried: dict[str, Callable[[], tuple[str, bool]]] = dict(
            zip(
                KINDS,
                (
                    lambda: killed(runs, rng, worker=False),
                    lambda: killed(runs, rng, worker=True),
                    lambda: full(runs, rng),
                    lambda: damaged(runs, rng),
                    lambda: changed(runs, rng),
                ),
                strict=True,
            )
        )
        for kind, attempt in tried.items():
            for _ in range(given.times):
                runs.clear()
                said, fine = attempt()
                failures += not fine
                table.add(kind, said, "the same report" if fine else "**WRONG**")
    table.end(docs=given.docs)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
