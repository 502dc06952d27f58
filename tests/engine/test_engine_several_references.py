"""Several references for one text: the first one is read, and the others do not hide that the text is in training."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.sources import open_sources

SETTINGS = load_settings(registry=Registry.default(), isolated=True)
LEAKED = "The guard of pier nine want the lamp back, which he had lent to the cook."
WORDS = "lamp boat rope card anchor ticket basket ladder"


def write(path: Path, header: Sequence[str], first: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t")
        table.writerow(header)
        table.writerow(
            [LEAKED, *(f"The guard wants it back, as {first + n} people say." for n in range(len(header) - 1))]
        )
        for n in range(first, first + 30):
            word = WORDS.split()[n % 8]
            texts = [f"{start} the {word} of dock {n} is late." for start in ("As ever,", "Again,", "It seems that")]
            table.writerow([f"Dock {n} have a {word} which come late.", *texts[: len(header) - 1]])


@pytest.mark.parametrize("names", [("REF-A", "REF-B", "REF-C"), ("ref_0", "ref_1"), ("reference1", "reference2")])
@pytest.mark.parametrize("source", ["SRC", "source"])
def test_a_source_with_several_references_is_found_in_training(
    tmp_path: Path, source: str, names: tuple[str, ...]
) -> None:
    write(tmp_path / "train.tsv", [source, "target" if source == "source" else "REF"], 0)
    write(tmp_path / "test.tsv", [source, *names], 100)
    trained, held_out = (open_sources([str(tmp_path / name)]) for name in ("train.tsv", "test.tsv"))
    report = run_lint(SETTINGS, Registry.default(), trained, held_out)
    leaked = [(each.rule, each.line) for each in report.findings if each.rule in ("RDY004", "RDY005")]
    assert [line for _, line in leaked] == [2]
