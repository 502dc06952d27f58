"""The fuzzer: kinds take turns, cases run in child processes, failures are made smaller and kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from .cases import Case
from .kinds import Kind
from .process import Child, Failure, Limits
from .shrink import shrunk

#: Cases after which a child is replaced, so that none grows old.
_CASES: Final = 1000
#: Failures of one cause of which the cases are kept and made smaller.
_EACH: Final = 2


@dataclass(slots=True)
class Tally:
    """What was done of one kind. ``inputs`` are damaged inputs, ``runs`` the probes that they went through."""

    inputs: int = 0
    runs: int = 0
    failures: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Found:
    """A failure, the case that shows it, and the cases that must run before it where it does not fail on its own."""

    case: Case
    failure: Failure
    before: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """What a run came to: by kind, the failures that were kept, and how often each cause was met."""

    tallies: dict[str, Tally]
    found: list[Found] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)


class Worker:
    """Runs cases, in one child for each flavour."""

    def __init__(self, limits: Limits, rename: dict[str, str] | None = None) -> None:
        self._limits = limits
        self._rename = rename or {}
        self._children: dict[str, tuple[Child, list[Case]]] = {}
        self.runs = 0

    def run(self, case: Case) -> tuple[Failure, tuple[Case, ...]] | None:
        """Run a case; return its failure, and the cases that its child had run before."""
        results: dict[str, str] = {}
        for probe, flavour in case.steps:
            child, ran = self._child(flavour)
            self.runs += 1
            result = child.ask(case, self._rename.get(probe, probe))
            before = tuple(each for each in ran if each is not case)
            if len(before) == len(ran):
                ran.append(case)
            if isinstance(result, Failure):
                if child.dead:
                    self._close(flavour)
                return result, before
            if results.setdefault(probe, result) != result:
                detail = f"{results[probe]}\n{result}"
                return Failure(f"{probe}: compiled and plain code give other results", detail), ()
        return None

    def _child(self, flavour: str) -> tuple[Child, list[Case]]:
        if flavour in self._children and len(self._children[flavour][1]) >= _CASES:
            self._close(flavour)
        if flavour not in self._children:
            self._children[flavour] = Child(flavour, self._limits), []
        return self._children[flavour]

    def fails(self, case: Case) -> Failure | None:
        """Run a case in children of its own; return its failure."""
        with _Fresh(self._limits, self._rename) as fresh:
            outcome = fresh.run(case)
        return None if outcome is None else outcome[0]

    def fails_after(self, before: Sequence[Case], case: Case) -> bool:
        """Whether a case fails in children that ran others before."""
        with _Fresh(self._limits, self._rename) as fresh:
            for each in before:
                if fresh.run(each) is not None:
                    return False
            return fresh.run(case) is not None

    def _close(self, flavour: str) -> None:
        self._children.pop(flavour)[0].close()

    def close(self) -> None:
        """End the children."""
        for flavour in list(self._children):
            self._close(flavour)


class _Fresh(Worker):
    def __enter__(self) -> _Fresh:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Fuzzer:
    """Runs kinds of cases until the time is over or enough inputs have run.

    ``rename`` maps the names of probes to others, as ``module:function``. ``shrinking`` are the seconds that making a
    failing case smaller may take.
    """

    def __init__(
        self,
        kinds: Iterable[Kind],
        *,
        seed: int,
        limits: Limits | None = None,
        keep: Path | None = None,
        rename: dict[str, str] | None = None,
        tell: Callable[[str], None] = print,
        shrinking: float = 20,
    ) -> None:
        self._kinds = list(kinds)
        self._seed = seed
        self._limits = limits or Limits()
        self._keep = keep
        self._rename = rename
        self._tell = tell
        self._shrinking = shrinking
        self._lock = Lock()
        self._numbers = dict.fromkeys((kind.name for kind in self._kinds), 0)
        self.summary = Summary({kind.name: Tally() for kind in self._kinds})

    def run(self, *, seconds: float = float("inf"), inputs: float = float("inf"), jobs: int = 1) -> Summary:
        """Run cases for some seconds, or until some inputs have run; ``jobs`` of them at a time."""
        deadline = time.monotonic() + seconds
        threads = [Thread(target=self._work, args=(deadline, inputs)) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.summary

    def _work(self, deadline: float, inputs: float) -> None:
        worker = Worker(self._limits, self._rename)
        try:
            while time.monotonic() < deadline and self._inputs() < inputs:
                self._turn(worker)
        finally:
            worker.close()

    def _inputs(self) -> int:
        return sum(tally.inputs for tally in self.summary.tallies.values())

    def _turn(self, worker: Worker) -> None:
        """Run the next case of the kind that has had the least of its share."""
        with self._lock:
            kind = min(self._kinds, key=lambda kind: self.summary.tallies[kind.name].seconds / kind.share)
            number = self._numbers[kind.name]
            self._numbers[kind.name] += 1
        start, runs = time.monotonic(), worker.runs
        case = kind.case(self._seed, number)
        outcome = worker.run(case)
        with self._lock:
            tally = self.summary.tallies[kind.name]
            tally.inputs += case.mutants
            tally.runs += worker.runs - runs
            tally.seconds += time.monotonic() - start
            if outcome is None:
                return
            tally.failures += 1
            self.summary.causes[outcome[0].what] += 1
            if self.summary.causes[outcome[0].what] > _EACH:
                return
        self._examine(worker, case, *outcome)

    def _examine(self, worker: Worker, case: Case, failure: Failure, before: tuple[Case, ...]) -> None:
        """Make a failing case smaller, keep it and tell of it."""
        alone = worker.fails(case)
        found = Found(case, failure)
        if alone is None:
            found.before = tuple(each.name for each in self._needed(worker, before, case))
        else:
            found.case = shrunk(case, lambda smaller: _same(worker.run(smaller), alone), seconds=self._shrinking)
        with self._lock:
            self.summary.found.append(found)
        about = found.failure.what
        if alone is None:
            about += f" (not on its own; after {', '.join(found.before) or 'the cases of its child, not each time'})"
        if self._keep is not None:
            replace(found.case, about=about).save(self._keep / case.name)
        size = len(found.case.files[found.case.main])
        self._tell(f"{case.name}: {about} ({size:,} bytes)\n{failure.detail.rstrip()}\n")

    @staticmethod
    def _needed(worker: Worker, before: tuple[Case, ...], case: Case) -> Sequence[Case]:
        """Return the last of the cases before that make a case fail, none where they do not."""
        if not before or not worker.fails_after(before, case):
            return ()
        count = len(before)
        while count > 1 and worker.fails_after(before[-(count // 2) :], case):
            count //= 2
        return before[-count:]


def _same(outcome: tuple[Failure, object] | None, other: Failure) -> bool:
    return outcome is not None and outcome[0].what == other.what
