"""GPUs by name and by size; impossible ones are one clear sentence."""

from __future__ import annotations

import pytest
from every import every

from datalint.advise.gpus import find_gpu, gpus
from datalint.core.errors import DatalintError


@every(
    ("text", "usable"),
    [
        ("24GB", 24), ("24 gb", 24), ("24", 24), ("80G", 80), ("1.5GB", 1.5), ("RTX 4090", 24), ("rtx4090", 24),
        ("NVIDIA GeForce RTX 3090", 24), ("t4", 15), ("A100", 40), ("a100 80gb", 80), ("h100", 80), ("4090", 24),
    ],
)  # fmt: skip
def test_finds(text: str, usable: float) -> None:
    assert find_gpu(text).usable == usable


def test_gib_are_converted() -> None:
    assert find_gpu("24GiB").usable == pytest.approx(25.77, abs=0.01)


@pytest.mark.parametrize("text", ["0GB", "-1", "0.5GB", "999999GB", "24TB", "", "potato", "1e3GB", "٢٤GB"])
def test_refuses(text: str) -> None:
    with pytest.raises(DatalintError, match="GPU"):
        find_gpu(text)


def test_the_table_is_sorted_and_usable() -> None:
    found = gpus()
    assert [gpu.memory for gpu in found] == sorted(gpu.memory for gpu in found)
    assert [gpu.usable for gpu in found] == sorted(gpu.usable for gpu in found)
    assert all(0.9 * gpu.memory <= gpu.usable <= gpu.memory for gpu in found)
