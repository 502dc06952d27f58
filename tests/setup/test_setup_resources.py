"""What a run may use: the size of its chunks."""

from __future__ import annotations

from typing import Any, Final

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.setup.resources import in_large_chunks
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.content import Content
from datalint.sources.readers.json_lines.reader import JsonLines

REGISTRY: Final = Registry.default()
MB: Final = 1 << 20


def chunk_bytes(size: int, jobs: int, *, chunk: int = CHUNK_BYTES, **overrides: Any) -> int:
    """Return the bytes of the chunks of a file of ``size`` bytes that is opened with chunks of ``chunk``."""
    settings = load_settings(registry=REGISTRY, isolated=True, overrides=overrides)
    source = JsonLines("rows.jsonl", Content(path="rows.jsonl", size=size), None, chunk_bytes=chunk)
    (read,) = in_large_chunks(settings, [source], jobs=jobs)
    return read.chunk_bytes  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("size", "jobs", "expected"),
    [(127 * MB, 1, 8), (128 * MB, 1, 16), (255 * MB, 2, 8), (256 * MB, 2, 16), (900 * MB, 16, 8)],
)
def test_files_with_enough_of_them_for_each_process_are_read_in_larger_chunks(
    size: int, jobs: int, expected: int
) -> None:
    assert chunk_bytes(size, jobs) == expected * MB


def test_chunks_of_a_run_with_a_memory_limit_or_of_another_size_stay_as_they_are() -> None:
    assert chunk_bytes(900 * MB, 1, **{"max-memory": "2GB"}) == 8 * MB
    assert chunk_bytes(900 * MB, 1, chunk=MB) == MB
