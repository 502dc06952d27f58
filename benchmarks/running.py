"""Runs commands in turn and keeps what each took: what the benchmarks share.

Times are of whole processes. CPU time is that of a process and of all its children that it waited for. Memory is the
largest sum over the process and its children, sampled from /proc where there is one.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import platform
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

PYTHON: Final = (sys.executable, "-c")
DATALINT: Final = (sys.executable, "-m", "datalint")
PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
#: Options that say where things are, and change no number; the first takes no value.
_ELSEWHERE: Final = ("--docs", "--data", "--file", "--environments")
PACKAGES: Final = ("click", "datasets", "numpy", "orjson", "pandas", "polars")
_SAMPLE: Final = 0.02
_LAST_WORDS: Final = 400


class TookTooLongError(RuntimeError):
    """A run that was ended at its limit."""


@dataclass(slots=True)
class Job:
    """One command, and what its runs took: seconds, seconds of CPU, and peak bytes of all its processes together.

    ``accepted`` are the exit codes of a run that did its work. ``limit`` is the seconds after which a run is ended.
    ``files`` are written into a new folder before each run, which the command is started in, unless it is in
    ``folder``, and which is removed afterwards. ``output`` is what the last run printed, both streams together. With
    ``anonymous``, ``peak`` does not count pages that files back, which are given back when memory is needed.
    """

    command: Sequence[str]
    accepted: frozenset[int] = frozenset((0, 1))
    limit: float | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    anonymous: bool = False
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int = 0
    output: str = ""

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        """Seconds."""
        return statistics.median(self.cpu)

    def run(self) -> None:
        """Run once; a dataset that fails is as good as one that passes.

        Raises:
            TookTooLongError: when ``limit`` was reached; the process and its children are gone then.
            RuntimeError: when the command could not run.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for name, text in self.files.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            self._run(folder)

    def _run(self, folder: str) -> None:
        environment = {**os.environ, "TMPDIR": folder, **self.environment}
        # As installed: a checkout whose bytecode is never kept compiles every module in every run.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with tempfile.TemporaryFile() as output:
            started = time.perf_counter()
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder or folder,
                env=environment,
                start_new_session=True,
            )
            late = threading.Event()
            with self._watched(process.pid, late):
                _, status, usage = os.wait4(process.pid, 0)
                took = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read().decode(errors="replace")
        if late.is_set():
            raise TookTooLongError(f"over {self.limit:,.0f} s")
        if process.returncode not in self.accepted:
            words = " ".join(self.output[-_LAST_WORDS:].split())
            raise RuntimeError(f"exit code {process.returncode}: {words}")
        self.seconds.append(took)
        self.cpu.append(usage.ru_utime + usage.ru_stime)

    def family(self, pid: int) -> list[int]:
        """Return the processes whose memory counts: the process and its descendants."""
        return _family(pid)

    @contextlib.contextmanager
    def _watched(self, pid: int, late: threading.Event) -> Iterator[None]:
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(pid, done, late))
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, pid: int, done: threading.Event, late: threading.Event) -> None:
        ends = None if self.limit is None else time.monotonic() + self.limit
        while not done.wait(_SAMPLE):
            self.peak = max(self.peak, sum(_memory(each, anonymous=self.anonymous) for each in self.family(pid)))
            if ends is not None and time.monotonic() > ends:
                late.set()
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
                return


def _family(pid: int) -> list[int]:
    """Return the process and its descendants, as far as /proc tells."""
    found = [pid]
    for parent in found:
        try:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        except OSError:
            continue
    return found


def _memory(pid: int, *, anonymous: bool) -> int:
    """Return the resident bytes of a process, 0 when it has gone or nobody tells."""
    try:
        if anonymous:
            found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
            return int(found[1]) * 1024 if found else 0
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def check(path: Path, *options: str) -> tuple[str, ...]:
    """Return the whole command with every default rule, as it is run for the first time."""
    return (*DATALINT, "check", "--isolated", "--no-cache", *options, str(path))


def installed(folder: Path) -> dict[str, str]:
    """Copy datalint into a folder as an installer does, and return the environment that runs the copy.

    From a checkout, each run looks at the times of more than a thousand files, and not at the list of their hashes.
    """
    import datalint

    package = Path(datalint.__file__).parent
    shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    hashes = (
        f"{path.relative_to(folder).as_posix()},sha256={hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted((folder / package.name).rglob("*.*"))
    )
    record = folder / f"datalint_sft-{datalint.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("\n".join(hashes), encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def alternate(jobs: Sequence[Job], times: int, *, warm: bool = True) -> None:
    """Run all jobs in turn, ``times`` times; with ``warm`` each once before, to warm the disk's cache."""
    if warm:
        for job in jobs:
            job.run()
            job.seconds.clear()
            job.cpu.clear()
    for _ in range(times):
        for job in jobs:
            job.run()


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def parser(about: str) -> argparse.ArgumentParser:
    """Return a parser of a benchmark's arguments, with what all of them take."""
    made = argparse.ArgumentParser(description=about.splitlines()[0])
    made.add_argument("--docs", action="store_true", help=f"put the table into docs/{PAGE.name} too")
    return made


class Table:
    """A Markdown table that is printed row by row, and put into the documentation at the end where that is wanted."""

    def __init__(self, *head: str, right: int = 0) -> None:
        self.lines: list[str] = []
        self.add(*head)
        self.add(*("---:" if len(head) - place <= right else "---" for place in range(len(head))))

    def add(self, *cells: str) -> None:
        """Print a row."""
        self.say(row(*cells))

    def say(self, line: str) -> None:
        """Print a line as it is."""
        self.lines.append(line)
        print(line, flush=True)

    def end(self, *, docs: bool, name: str | None = None) -> None:
        """Say how and on what it was measured; ``name`` is that of the table in the documentation, by default the
        script's."""
        self.say("")
        self.say(f"`{command()}`: {machine()}")
        if docs:
            publish(name or Path(sys.argv[0]).stem, self.lines)


def command() -> str:
    """Return the command that runs, without what changes no number."""
    words, skip = [], False
    for word in sys.argv[1:]:
        if not skip and word not in _ELSEWHERE:
            words.append(word)
        skip = word in _ELSEWHERE[1:]
    return shlex.join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *words])


def publish(name: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Put lines between ``<!-- NAME -->`` and ``<!-- end -->`` of a page.

    Raises:
        ValueError: when the page has no such place.
    """
    text = page.read_text(encoding="utf-8")
    place = re.compile(rf"(?<=^<!-- {re.escape(name)} -->\n).*?(?=^<!-- end -->$)", re.DOTALL | re.MULTILINE)
    if not place.search(text):
        raise ValueError(f"{page} has no place for {name}")
    body = "".join(f"{line}\n" for line in lines)
    page.write_text(place.sub(lambda _: f"\n{body}\n", text, count=1), encoding="utf-8")


def mebibytes(size: float) -> str:
    """Return a size in MiB, in words; 0 is one that nobody told."""
    return f"{size / 2**20:,.0f} MiB" if size else "unknown"


def machine() -> str:
    """Return what the numbers were measured on."""
    import datalint

    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"datalint {datalint.__version__}, Python {platform.python_version()}, {packages}; "
        f"{platform.system()}, {os.cpu_count()} × {processor}."
    )
