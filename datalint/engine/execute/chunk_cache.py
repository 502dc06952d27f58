"""Cache of the partial results of chunks, by the chunk's content, the code and the plan."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.cache.store import Store, pack_payload, unpack
from datalint.core.files import read_regular
from datalint.engine.execute.codec import ForeignError, decode_value, encode_value, from_arrow, to_arrow
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.mapper import Mapper, Partial
from datalint.engine.plan import Plan
from datalint.neardup import Sketches
from datalint.privacy.redaction import hide
from datalint.sources.base import SourceChunk
from datalint.sources.grouping import ChunkGroup, chunk_size, members
from datalint.sources.regions import with_region

KIND: Final = "chunks"
#: The smallest chunk, in bytes, that is worth caching: a smaller one is mapped in a few milliseconds.
LEAST: Final = 1 << 16
Records = Sequence[dict[str, Any]]


@dataclass(slots=True)
class ChunkCache:
    """Maps chunks, or loads their partial results. It can be pickled, so that each worker has its own.

    ``digest`` identifies the code and the plan. A chunk is identified by its bytes and fields, whatever its place.
    """

    store: Store
    digest: bytes

    @classmethod
    def of(cls, store: Store, plan: Plan, identity: bytes) -> ChunkCache | None:
        """Return the cache for a plan and this version of the code; None if the plan has no digest."""
        try:
            digest = plan_digest(plan, identity)
        except (ForeignError, OSError):
            return None
        return cls(store, digest)

    def without_rules(self) -> ChunkCache:
        """Return the cache for the same plan without its rules."""
        return replace(self, digest=hashlib.sha256(self.digest + b" without rules").digest())

    def recall(self, chunk: SourceChunk) -> Partial | None:
        """Return the cached partial result of a chunk; None if there is none."""
        if not self.store.key or not _is_cached(chunk):
            return None
        chunks = members(chunk)
        return self._recall(chunks, self._name(chunks, list(map(_data, chunks))))

    def map(self, chunk: SourceChunk, mapper: Mapper) -> tuple[Partial, Records | None]:
        """Return the partial result of a chunk, and its records if they were read."""
        if not _is_cached(chunk):
            raw = mapper.load(chunk)
            return mapper(raw), raw.records
        chunks = members(chunk)
        data = list(map(_data, chunks))
        name = self._name(chunks, data)
        known = self._recall(chunks, name)
        if known is not None:
            return known, None
        # Use the bytes that were hashed, in case a file changes in between.
        read = tuple(map(_with_data, chunks, data))
        raw = mapper.load(read[0] if len(read) == 1 else ChunkGroup(read))
        partial = mapper(raw)
        if self.store.trouble is None and (payload := _payload(partial, _starts(chunks, partial))) is not None:
            self.store.put(KIND, name, payload)
        return partial, raw.records

    def _name(self, chunks: Sequence[SourceChunk], data: Sequence[bytes]) -> str:
        state = hashlib.sha256(self.digest)
        for each, one in zip(chunks, data, strict=True):
            state.update(f"{_fields(each)}\0".encode())
            state.update(hashlib.sha256(one).digest())
        return state.hexdigest()

    def _recall(self, chunks: Sequence[SourceChunk], name: str) -> Partial | None:
        payload = self.store.get(KIND, name)
        if payload is None:
            return None
        try:
            return _partial(payload, chunks)
        except Exception:  # if anything is wrong with an entry, the chunk is mapped again
            return None


def _is_cached(chunk: SourceChunk) -> bool:
    """Return whether a chunk has bytes, and enough of them."""
    sizes = [chunk_size(each) for each in members(chunk)]
    return None not in sizes and sum(filter(None, sizes)) >= LEAST


def _data(chunk: Any) -> bytes:
    """Return the bytes of a chunk."""
    data: bytes = chunk.region.read() if hasattr(chunk, "region") else chunk.data
    return data


def _with_data(chunk: Any, data: bytes) -> Any:
    """Return a chunk that has ``data`` instead of a place where it is read."""
    return with_region(chunk, path="", data=data) if hasattr(chunk, "region") else chunk


def _fields(chunk: Any) -> str:
    """Return the part of a chunk's cache key that its bytes lack: its kind and fields, without names and places."""
    names = getattr(chunk, "_fields", None) or [field.name for field in dataclasses.fields(chunk)]
    fields = {name: getattr(chunk, name) for name in names if name not in ("file", "path", "region", "data")}
    return f"{type(chunk).__name__} {_spelled(fields)}"


def _starts(chunks: Sequence[SourceChunk], partial: Partial) -> pl.Series:
    """Return the base of each row's offset: the beginning of its chunk if offsets count bytes, otherwise 0.

    Chunks whose offsets are numbers of rows have the first one as a field, which their name contains.
    """
    starts = [0 if hasattr(each, "first") else each.region.start for each in chunks]  # type: ignore[attr-defined]
    return pl.Series("start", np.repeat(np.array(starts, np.int64), [part.rows for part in partial.files]))


def _payload(partial: Partial, starts: pl.Series) -> bytes | None:
    """Return a partial result as bytes, or None if it can't be cached. ``starts`` is the base of each row's offset.

    It can't if decoding would not give the same value. It isn't worth it if it has texts instead of sketches, since
    computing the sketches takes as long as mapping the chunk again. A result is never written if a partial of a dataset
    rule (keys, first words of texts) contains a secret or personal data: after redaction it would no longer merge with
    the partials of other chunks.
    """
    sketches, prompts = partial.sketches, partial.prompts
    if INTERNAL_ERROR in partial.hits["rule"] or (sketches is not None and sketches.has_texts):
        return None
    frames: list[bytes] = []
    both = [each for each in (sketches, prompts) if each is not None]
    arrays: list[npt.NDArray[Any]] = [array for each in both for array in (each.signatures, each.sizes)]
    shapes = [array.shape for array in arrays]
    files = [part._replace(facts=replace(part.facts, path="")) for part in partial.files]
    try:
        rest = (files, partial.measured, partial.accepted, [each is not None for each in (sketches, prompts)], shapes)
        known = [encode_value(value, frames) for value in rest]
    except (ForeignError, RecursionError):
        return None
    columns = [column.to_list() for frame in frames for column in from_arrow(memoryview(frame)) if _holds_text(column)]
    texts = "\n".join(dict.fromkeys(_texts([known, columns])))
    if hide(texts) != texts:
        return None
    examples = partial.examples.with_columns(pl.col("offset") - starts)
    blobs = [to_arrow(examples), to_arrow(partial.hits), *(array.tobytes() for array in arrays)]
    return pack_payload(json.dumps(known).encode(), [*blobs, *frames])


def _holds_text(column: pl.Series) -> bool:
    return column.dtype == pl.String or column.dtype.is_nested()


def _texts(value: Any) -> Iterator[str]:
    """Yield the strings in a value that consists of lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value:
            yield from _texts(item)
        if isinstance(value, dict):
            yield from _texts(list(value.values()))


def _partial(payload: memoryview, chunks: Sequence[SourceChunk]) -> Partial:
    header, examples, hits, *rest = unpack(payload)
    known = json.loads(bytes(header))
    shapes = decode_value(known.pop(), [])
    arrays, frames = rest[: len(shapes)], rest[len(shapes) :]
    files, measured, accepted, has_sketches = (decode_value(each, frames) for each in known)
    for part, each in zip(files, chunks, strict=True):
        part.facts.path = each.path  # type: ignore[attr-defined]
    typed = zip(arrays, cycle((np.uint16, np.uint32)), shapes, strict=False)
    made = iter([np.frombuffer(array, kind).reshape(shape).copy() for array, kind, shape in typed])
    sketches, prompts = (Sketches(next(made), next(made)) if has else None for has in has_sketches)
    partial = Partial(files, from_arrow(examples), from_arrow(hits), sketches, measured, accepted, prompts)
    partial.examples = partial.examples.with_columns(pl.col("offset") + _starts(chunks, partial))
    return partial


def plan_digest(plan: Plan, identity: bytes) -> bytes:
    """Return a digest of everything that a chunk's partial result depends on except its bytes.

    Raises:
        ForeignError: if an option has a value that can't be encoded, or a rule comes from a local file.
        OSError: if a schema can't be read.
    """
    state = hashlib.sha256(identity)
    # Polars hashes depend on the processor's features, so a cache folder that machines share may contain other hashes.
    state.update(str(pl.Series(["datalint"]).hash(seed=9).item()).encode())
    for active in plan.rules:
        if active.rule.module.startswith("datalint_local_"):
            raise ForeignError(active.rule.module)
        state.update(f"{active.rule.code} {active.rule.module} {_spelled(active.options)}\0".encode())
        schema = getattr(active.options, "schema", None)
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            state.update(hashlib.sha256(read_regular(schema)).digest())
    near = (plan.near.view, plan.near.shingle, "near" in plan.needs, plan.sketches_prompts)
    model = None if plan.model is None else (plan.model.identity, plan.max_length)
    targets = ([(target.name, target.digest) for target in plan.targets], plan.max_length)
    keys = (
        dict(plan.columns),
        plan.guesses,
        plan.layouts,
        plan.turn_marks,
        plan.idle_keys,
        plan.category_key,
        plan.group_keys,
    )
    rest = (*keys, near, sorted(plan.missing), model, targets)
    state.update(_spelled(plan.codes).encode())
    state.update(_spelled(rest).encode())
    return state.digest()


def _spelled(value: Any) -> str:
    """Return a text for a value that is the same in every process."""
    if value is None or type(value) in (bool, int, float, str, bytes):
        return repr(value)
    if isinstance(value, Enum):
        return f"{type(value).__qualname__}.{value.name}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype.str} {hashlib.sha256(value.tobytes()).hexdigest()}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_spelled(k)}:{_spelled(v)}" for k, v in value.items())) + "}"
    if isinstance(value, set | frozenset):
        return "{" + _joined(sorted(map(_spelled, value))) + "}"
    if isinstance(value, list | tuple):
        return "[" + _joined(map(_spelled, value)) + "]"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (f"{field.name}={_spelled(getattr(value, field.name))}" for field in dataclasses.fields(value))
        return f"{type(value).__module__}.{type(value).__qualname__}({_joined(fields)})"
    raise ForeignError(type(value).__name__)


def _joined(words: Iterable[str]) -> str:
    return ",".join(words)
