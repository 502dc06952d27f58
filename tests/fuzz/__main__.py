"""``python -m tests.fuzz``: run the fuzzer, or run kept cases again."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from .cases import kept, load
from .fuzzer import Fuzzer, Summary, Worker
from .kinds import kinds
from .process import Limits


def main() -> int:
    """Run what the arguments say; return 1 when anything failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Fuzz datalint's readers, paths and reports."
    )
    parser.add_argument("--seconds", type=float, default=60, help="how long to run (default: 60)")
    parser.add_argument("--inputs", type=int, help="stop after so many inputs")
    parser.add_argument("--seed", type=int, default=0, help="decides every byte of every case (default: 0)")
    parser.add_argument("--jobs", type=int, default=1, help="cases at a time (default: 1)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep failing cases here, made smaller")
    parser.add_argument(
        "--only", action="append", choices=list(kinds()), metavar="NAME", help=f"a kind: {', '.join(kinds())}"
    )
    parser.add_argument("--replay", type=Path, metavar="DIR", help="run the cases that were kept in a folder instead")
    arguments = parser.parse_args()
    if arguments.replay is not None:
        return replay(arguments.replay)
    chosen = [kind for name, kind in kinds().items() if not arguments.only or name in arguments.only]
    fuzzer = Fuzzer(chosen, seed=arguments.seed, keep=arguments.keep, tell=lambda text: print(text, flush=True))
    start = time.monotonic()
    limit = float("inf") if arguments.inputs is None else arguments.inputs
    summary = fuzzer.run(seconds=arguments.seconds, inputs=limit, jobs=arguments.jobs)
    print(table(summary, time.monotonic() - start, arguments.seed))
    return 1 if summary.causes else 0


def replay(folder: Path) -> int:
    """Run kept cases; return 1 when any fails."""
    worker = Worker(Limits())
    failed = 0
    folders = kept(folder)
    for each in folders:
        failure = worker.fails(load(each))
        failed += failure is not None
        print(f"{each}: {'passes' if failure is None else failure.what}")
        if failure is not None:
            print(failure.detail)
    print(f"{len(folders)} cases, {failed} failed")
    return 1 if failed else 0


def table(summary: Summary, seconds: float, seed: int) -> str:
    """Return the counts by kind, and how often each cause of failures was met."""
    lines = [f"{'kind':<12}{'inputs':>9}{'runs':>9}{'failures':>10}{'seconds':>9}"]
    rows = [*summary.tallies.items()]
    for name, tally in rows:
        lines.append(f"{name:<12}{tally.inputs:>9,}{tally.runs:>9,}{tally.failures:>10,}{tally.seconds:>9.1f}")
    inputs, runs, failures = (sum(getattr(tally, name) for _, tally in rows) for name in ("inputs", "runs", "failures"))
    lines.append(f"{'all':<12}{inputs:>9,}{runs:>9,}{failures:>10,}{seconds:>9.1f}")
    lines.append(f"seed {seed}, {60 * inputs / max(seconds, 1e-9):,.0f} inputs a minute")
    lines += [f"{count:>6} × {what}" for what, count in summary.causes.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
