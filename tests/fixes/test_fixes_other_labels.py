"""Neither a fix nor ``dedupe`` removes one of two rows with one text whose answers or labels differ."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from datalint.cli import main
from datalint.support.varied import sentence

TEXT = "Come home before the storm, my love, for I have been alone {} far too long and the lamp is out."
LABELS = "joy: 0\nfear: {}\nanger: 0\nsurprise: 0\nhope: 1\nlove: 1\ndisgust: 0\nsorrow: 1"


def rows_left(command: Sequence[str], rows: Sequence[Mapping[str, object]], folder: Path) -> list[object]:
    (folder / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with contextlib.chdir(folder), contextlib.suppress(SystemExit):
        main((*command, "train.jsonl", "--output", "left.jsonl"))
    return [json.loads(line) for line in (folder / "left.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("command", [("dedupe",), ("fix", "--unsafe")])
def test_a_text_with_another_label_stays(command: Sequence[str], tmp_path: Path) -> None:
    """And a copy is removed, so that something is written."""
    varied = [{"prompt": f"{sentence(n)} {sentence(n + 50)}", "completion": LABELS.format(n % 2)} for n in range(40)]
    others = [{"prompt": TEXT.format(word), "completion": LABELS.format(n)} for n, word in enumerate(("for", ""))]
    assert rows_left(command, [*varied, *others, others[0]], tmp_path) == [*varied, *others]


@pytest.mark.parametrize("command", [("dedupe",), ("fix", "--unsafe")])
def test_a_text_with_another_rating_stays(command: Sequence[str], tmp_path: Path) -> None:
    varied = [{"review": f"{sentence(n)} {sentence(n + 50)}", "rate": n % 5} for n in range(40)]
    others = [{"review": TEXT.format("for"), "rate": rate} for rate in (4, 1)]
    assert rows_left(command, [*varied, *others, others[0]], tmp_path) == [*varied, *others]
