"""Runs datalint and its peers in turn on the same rows and prints a Markdown table.

    python benchmarks/peers.py --rows 5000                                     some minutes, most of them installing
    python benchmarks/peers.py --rows 5000 100000 --environments ~/peers       an hour; keeps what it installed

Each peer is installed from the package index into a virtual environment of its own. Linters read chat rows of
``make_data.py``, against ``datalint check``. Tools that find near-duplicates read the same rows as one text each,
against ``datalint clusters`` with their shingles and threshold. A peer that cannot be installed, fails, or takes
longer than the limit is named with its reason, and larger files are not tried then. Nothing is extrapolated.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import make_data
from running import DATALINT, Job, Table, TookTooLongError, check, mebibytes, parser
from tools import PEERS, Peer

#: What the tools for near-duplicates count: runs of five words, alike from 0.7 on.
NEAR: Final = ("--view", "example", "--shingle", "word-5", "--threshold", "0.7")


class PeerError(Exception):
    """Why there are no numbers of a peer."""


class Environments:
    """Virtual environments, a folder for each peer, made where they are missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def python(self, peer: Peer) -> Path:
        """Return the Python of a peer's environment.

        Raises:
            PeerError: with what pip said, when it cannot be made.
        """
        home = self._folder / peer.distribution
        python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        if not (home / "installed").is_file():
            shutil.rmtree(home, ignore_errors=True)
            _call([_interpreter(peer), "-m", "venv", str(home)])
            _call([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer.distribution])
            (home / "installed").touch()
        return python

    def release(self, peer: Peer) -> str:
        """Return the installed version, and its Python where that is another than datalint's."""
        code = f"import sys, importlib.metadata as m; print(*sys.version_info[:2], m.version({peer.distribution!r}))"
        major, minor, version = _call([str(self.python(peer)), "-c", code]).split()
        same = (int(major), int(minor)) == sys.version_info[:2]
        return version if same else f"{version} on Python {major}.{minor}"


def _interpreter(peer: Peer) -> str:
    """Return this Python, or a newer one on the path for a peer whose newest release wants it."""
    if sys.version_info[:2] >= peer.newest:
        return sys.executable
    newer = (f"python3.{minor}" for minor in range(14, peer.newest[1] - 1, -1))
    return next((found for name in newer if (found := shutil.which(name))), sys.executable)


def _call(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeerError(f"failed to install: {(done.stderr or done.stdout)[-300:]}")
    return done.stdout


def measure(peer: Peer, python: Path, files: dict[str, Path], times: int, limit: float) -> list[str]:
    """Return the cells from the first median on.

    Raises:
        PeerError: when it fails, or at the limit.
        RuntimeError: when datalint fails.
    """
    file = files[peer.kind]
    command, written = peer.run(python, file)
    theirs = Job(command, peer.accepted, limit, peer.environment, written)
    ours = Job(check(file) if peer.kind == "linter" else (*DATALINT, "clusters", *NEAR, str(file)))
    for _ in range(times):
        ours.run()
        try:
            theirs.run()
        except TookTooLongError as error:
            raise PeerError(f"ended: {error}") from error
        except RuntimeError as error:
            raise PeerError(f"failed: {error}") from error
    found = re.search(peer.proof, theirs.output)
    if not found:
        raise PeerError(f"failed: printed no {peer.proof!r}: {theirs.output[-200:]}")
    return [
        f"{theirs.median:.2f} s ({theirs.median_cpu:.2f} s)",
        f"{ours.median:.2f} s ({ours.median_cpu:.2f} s)",
        f"**{theirs.median / ours.median:.1f} ×** ({theirs.median_cpu / ours.median_cpu:.1f} ×)",
        mebibytes(theirs.peak),
        mebibytes(ours.peak),
        _copies(found),
        _copies(re.search(r"(\d[\d,]*) of [\d,]+ examples repeat", ours.output)) if peer.kind != "linter" else "",
    ]


def _copies(found: re.Match[str] | None) -> str:
    numbers = [int(group.replace(",", "")) for group in found.groups()] if found else []
    if not numbers:
        return ""
    return f"{numbers[0] - numbers[1] if len(numbers) == 2 else numbers[0]:,}"


def fill(table: Table, peers: list[Peer], folder: Path, given: argparse.Namespace) -> None:
    """Measure every peer at every size, until it fails or takes too long."""
    environments = Environments((given.environments or folder / "environments").resolve())
    out: set[str] = set()
    for size in sorted(given.rows):
        files = data(folder, size)
        for peer in peers:
            if peer.distribution in out:
                continue
            name = peer.distribution
            try:
                python = environments.python(peer)
                name = f"{peer.distribution} {environments.release(peer)}"
                cells = measure(peer, python, files, given.times, given.limit)
            except PeerError as error:
                out.add(peer.distribution)
                cells = [" ".join(str(error).split()).replace("|", "/")]
            table.add(name, f"{size:,}", *cells, *("",) * (7 - len(cells)))


def data(folder: Path, rows: int) -> dict[str, Path]:
    """Write the chat rows, and the same rows as one text each (those that are JSON)."""
    chat, texts = folder / f"chat-{rows}.jsonl", folder / f"texts-{rows}.jsonl"
    with (
        chat.open("w", encoding="utf-8", newline="\n") as one,
        texts.open("w", encoding="utf-8", newline="\n") as two,
    ):
        for line in make_data.lines(rows):
            one.write(line)
            try:
                messages = json.loads(line)["messages"]
            except ValueError:
                continue
            text = "\n".join(turn["content"] for turn in messages)
            two.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    return {"linter": chat, "near-duplicates": texts}


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[5_000], help="sizes of the files  [default: 5000]")
    arguments.add_argument("--only", nargs="+", metavar="NAME", choices=[each.distribution for each in PEERS])
    arguments.add_argument("--times", type=int, default=3, help="runs of each command  [default: 3]")
    arguments.add_argument(
        "--limit", type=float, default=900, help="seconds that a peer's run may take  [default: 900]"
    )
    arguments.add_argument("--environments", type=Path, help="folder to keep the peers' environments in")
    given = arguments.parse_args()
    peers = [each for each in PEERS if not given.only or each.distribution in given.only]
    table = Table(
        "peer",
        "rows",
        "its time (CPU)",
        "datalint's",
        "ratio",
        "its peak",
        "datalint's",
        "its copies",
        "datalint's",
        right=7,
    )
    with tempfile.TemporaryDirectory() as folder:
        fill(table, peers, Path(folder), given)
    table.say("")
    table.say(f"Medians of {given.times} runs in turn, each in a fresh folder. Compared were:")
    table.say("")
    for kind, group in itertools.groupby(peers, lambda each: each.kind):
        ours = "datalint check" if kind == "linter" else f"datalint clusters {' '.join(NEAR)}"
        table.say(f"- with `{ours}`: " + "; ".join(f"{each.distribution}: {each.what}" for each in group))
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
