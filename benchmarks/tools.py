"""The peers that datalint is measured against: how each is called, and what it prints when it has done its work."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

DRIVERS: Final = Path(__file__).parent / "drivers"
TEXT_DEDUP: Final = """
[input]
input_type = "local_files"
file_type = "json"

[input.read_arguments]
path = "json"
data_files = {file}
split = "train"

[algorithm]
algorithm_name = "minhash"
text_column = "text"
seed = 42
batch_size = 10000
num_perm = 240
threshold = 0.7
false_positive_weight = 0.5
false_negative_weight = 0.5
hash_bits = 64
ngram_size = 5
check_false_positive = true

[output]
output_dir = "output"
clean_cache = false
save_clusters = true

[debug]
enable_profiling = false
"""


class Run(NamedTuple):
    """A command, and the files that it finds in the folder it is started in."""

    command: list[str]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool to compare with.

    ``run`` gets the Python of its environment and the file. ``proof`` matches what it prints when it has done its
    work; its groups are the rows it calls copies, or the rows before and after, where it tells. ``accepted`` are
    the exit codes of such a run. ``newest`` is the oldest Python that its newest release runs on.
    """

    distribution: str
    kind: Literal["linter", "near-duplicates"]
    what: str
    run: Callable[[Path, Path], Run]
    proof: str
    accepted: frozenset[int] = frozenset((0,))
    newest: tuple[int, int] = (3, 11)
    environment: dict[str, str] = field(default_factory=dict)


def _tool(name: str, *arguments: str) -> Callable[[Path, Path], Run]:
    def run(python: Path, file: Path) -> Run:
        return Run([str(python.with_name(name)), *(str(file) if each == "FILE" else each for each in arguments)], {})

    return run


def _driver(name: str) -> Callable[[Path, Path], Run]:
    def run(python: Path, file: Path) -> Run:
        return Run([str(python), str(DRIVERS / name), str(file)], {})

    return run


def _text_dedup(python: Path, file: Path) -> Run:
    configuration = TEXT_DEDUP.format(file=json.dumps(str(file)))
    return Run([str(python), "-m", "text_dedup.minhash"], {"config.toml": configuration})


PEERS: Final = (
    Peer(
        "dropoutt",
        "linter",
        "`dropoutt scan`",
        _tool("dropoutt", "scan", "FILE", "--offline", "--no-open", "--out", "out"),
        r"Scanned [\d,]+ records",
    ),
    Peer(
        "finelint",
        "linter",
        "`finelint inspect`",
        _tool("finelint", "inspect", "FILE", "--report", "report.json", "--affected-records", "affected.json"),
        r"Findings: \d+",
    ),
    Peer(
        "parallelogram",
        "linter",
        "`parallelogram check`, which looks for no near-duplicates",
        _tool("parallelogram", "check", "FILE"),
        r"\d+ records",
        accepted=frozenset((0, 1, 2)),
    ),
    Peer(
        "text-dedup",
        "near-duplicates",
        "`text_dedup.minhash` as its README sets it: 240 permutations, verified",
        _text_dedup,
        r"(?s)Before: (\d+).*After: (\d+)",
        newest=(3, 12),
        environment={"HF_HOME": "hub", "HF_HUB_OFFLINE": "1"},
    ),
    Peer(
        "datasketch",
        "near-duplicates",
        "128 permutations and an LSH index, not verified",
        _driver("datasketch_lsh.py"),
        r"copies: (\d+)",
    ),
    Peer(
        "rensa",
        "near-duplicates",
        "R-MinHash of 128 permutations and its LSH, not verified",
        _driver("rensa_lsh.py"),
        r"copies: (\d+)",
    ),
)
