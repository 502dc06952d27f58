"""What a fix must never do, on one damaged file of each container; ``benchmarks/fixing.py`` counts it on many."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2]))

from benchmarks.fixing import KINDS, measured, mutated_files


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_nothing_is_lost_left_new_or_changed_twice(number: int, tmp_path: Path) -> None:
    files = mutated_files(len(KINDS), tmp_path, 27)
    path = next(path for at, path in enumerate(files) if at == number)
    counts, words = measured(path, tmp_path, None)
    assert counts.changed
    assert counts.removed
    assert (counts[3:], words) == ((0,) * len(counts[3:]), [])
