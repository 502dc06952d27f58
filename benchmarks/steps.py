"""Says where the CPU time of `datalint check` goes: seconds of each step per 100,000 rows, in one process.

    python benchmarks/steps.py --rows 100000                 about half a minute

A timer interrupts every few milliseconds of CPU time. What passed since the last interruption is put down to the step
that the innermost function of datalint belongs to, so what polars, numpy or orjson do counts for whoever called them.
A thread of its own hashes the file; what it takes counts for what the main thread does meanwhile. Needs a Unix.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType
from typing import Final

import make_data
from running import Table, parser

#: Seconds of CPU between two interruptions.
TICK: Final = 0.002
START, OTHER = "start, imports and settings", "the rest"
#: Step, and the modules or ``module:function`` that it is made of. The first match from the innermost function out
#: decides; within ``OWNED`` steps it does so whatever function they called.
STEPS: Final = {
    "read and parse": ("datalint.sources",),
    "shapes, turns and columns": ("datalint.shapes",),
    "normalise texts": ("datalint.neardup.text.normalize", "datalint.neardup.text.buffers"),
    "sketch": (
        "datalint.engine.map.mapper:_sketch",
        "datalint.neardup.sketch.sketch",
        "datalint.neardup.sketch.one_permutation",
        "datalint.neardup.compiled.dispatch",
        "datalint.neardup.text.shingles",
        "datalint.neardup.text.hashing",
    ),
    "rules that are expressions": ("datalint.engine.map.expressions",),
    "rules over records": ("datalint.engine.map.record_rules:run",),
    "what dataset rules measure": ("datalint.engine.map.mapper:_measure",),
    "keys and hashes": ("datalint.engine.map.index",),
    "merge": ("datalint.engine.reduce.merge",),
    "near-duplicates: candidates": ("datalint.neardup",),
    "near-duplicates: verification": ("datalint.neardup.verify.verify",),
    "other analyses": (
        "datalint.engine.reduce.duplicates.repeats",
        "datalint.engine.reduce.categories",
        "datalint.engine.reduce.measures",
    ),
    "dataset rules": ("datalint.engine.reduce.analyse", "datalint.engine.execute.row_reader"),
    "verdict, findings, report": (
        "datalint.verdict",
        "datalint.engine.reduce.findings",
        "datalint.engine.map.hits",
        "datalint.engine.reduce.outcome",
        "datalint.report",
        "datalint.cli.writing",
    ),
}
OWNED: Final = frozenset(("near-duplicates: candidates", "near-duplicates: verification"))
_IMPORTS: Final = ("importlib._bootstrap", "importlib._bootstrap_external")


class Clock:
    """Adds up seconds of CPU by step."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._last = time.process_time()
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        self.spent[self._step(frame)] += now - self._last
        self._last = now

    def _step(self, frame: FrameType | None) -> str:
        found = ""
        while frame is not None:
            module, function = frame.f_globals.get("__name__", ""), frame.f_code.co_name
            if module in _IMPORTS:
                return found or START
            step = self._match(module, function)
            if step in OWNED:
                return step
            found = found or step
            frame = frame.f_back
        return found or OTHER

    def _match(self, module: str, function: str) -> str:
        key = module, function
        if key not in self._known:
            self._known[key] = _named(module, function) if module.startswith("datalint.") else ""
        return self._known[key]


def _named(module: str, function: str) -> str:
    """Return the step of a function: that of its own name, else of the longest name that its module begins with."""
    best = ("", "")
    for step, places in STEPS.items():
        for place in places:
            name, _, wanted = place.partition(":")
            if wanted and (module, function) == (name, wanted):
                return step
            if not wanted and f"{module}.".startswith(f"{name}.") and len(name) > len(best[0]):
                best = (name, step)
    return best[1]


def measure(path: Path) -> dict[str, float]:
    """Return the seconds of CPU of each step of one run."""
    clock = Clock()
    signal.signal(signal.SIGPROF, clock)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        from datalint.cli import main

        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            main(["check", "--isolated", "--jobs", "1", "--no-cache", str(path)])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return clock.spent


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=100_000, help="rows of the file  [default: 100000]")
    arguments.add_argument("--file", type=Path, help="a file with that many rows, instead of one made for the purpose")
    given = arguments.parse_args()
    if os.environ.get("POLARS_MAX_THREADS") != "1":
        # Polars reads it as it starts; threads would only make the same work harder to tell apart.
        os.environ["POLARS_MAX_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory() as folder:
        spent = measure(given.file or make_data.write(Path(folder) / "rows.jsonl", given.rows))
    total = sum(spent.values())
    table = Table("step", "seconds of CPU per 100,000 rows", "share", right=2)
    for step in (START, *STEPS, OTHER):
        if spent[step] >= total / 1000:
            table.add(step, f"{spent[step] / given.rows * 100_000:.2f}", f"{spent[step] / total:.0%}")
    table.add("all", f"{total / given.rows * 100_000:.2f}", "")
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
