"""Chunks with and without their bytes, for sending them to other processes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from datalint.sources.grouping import ChunkGroup, members


def with_region(chunk: Any, **changes: Any) -> Any:
    """Return a chunk with a changed region."""
    region = chunk.region._replace(**changes)
    return chunk._replace(region=region) if hasattr(chunk, "_replace") else dataclasses.replace(chunk, region=region)


def without_bytes(chunk: Any) -> Any:
    """Return a chunk whose bytes are read from its file again; bytes that are in no file stay."""
    return _each(chunk, lambda one: with_region(one, data=b"") if one.region.path else one)


def bytes_in_files(chunk: Any) -> Iterator[bytes]:
    """Yield the bytes that :func:`without_bytes` drops."""
    for one in members(chunk):
        region = getattr(one, "region", None)
        if region is not None and region.path and region.data:
            yield region.data


def sizes_in_files(chunk: Any) -> list[int]:
    """Return the sizes of the parts of a chunk that are in files."""
    regions = (getattr(one, "region", None) for one in members(chunk))
    return [region.stop - region.start for region in regions if region is not None and region.path]


def with_bytes(chunk: Any, data: memoryview) -> Any:
    """Return the chunk of which :func:`without_bytes` dropped bytes, all of which ``data`` begins with."""
    done = 0

    def filled(one: Any) -> Any:
        nonlocal done
        region = one.region
        if not region.path:
            return one
        start, done = done, done + region.stop - region.start
        return with_region(one, data=bytes(data[start:done]))

    return _each(chunk, filled)


def _each(chunk: Any, change: Any) -> Any:
    if isinstance(chunk, ChunkGroup):
        return ChunkGroup(tuple(_each(one, change) for one in members(chunk)))
    return change(chunk) if getattr(chunk, "region", None) is not None else chunk
