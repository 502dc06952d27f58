"""Amounts of memory, as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from datalint.config.model import Settings
from datalint.core.errors import DatalintError


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4GB", 4_000_000_000),
        ("512 mb", 512_000_000),
        ("1.5GiB", 1_610_612_736),
        ("10B", 10),
        ("2kB", 2_000),
        ("2KiB", 2_048),
        ("1tb", 10**12),
    ],
)
def test_amounts(load: Callable[..., Settings], text: str, size: int) -> None:
    assert load(f'max-memory = "{text}"').memory_limit == size


def test_no_amount_is_no_limit() -> None:
    assert Settings().memory_limit is None


@pytest.mark.parametrize("text", ["", "4", "4G", "four GB", "-1GB", "1e9B", "4GB ", "4iB", "٤GB"])
def test_what_is_no_amount_is_refused(load: Callable[..., Settings], text: str) -> None:
    with pytest.raises(DatalintError, match=r'max-memory must look like "4GB"'):
        load(f'max-memory = "{text}"')
