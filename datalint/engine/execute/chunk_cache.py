"""Cache of the partial results of chunks, by the chunk's content, the code and the plan."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.cache.store import Store, pack, unpack
from datalint.core.files import read_regular
from datalint.engine.execute.codec import ForeignError, decode, encode, from_arrow, to_arrow
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.mapper import Mapper, Partial
from datalint.engine.plan import Plan
from datalint.neardup import Sketches
from datalint.privacy.redaction import hide
from datalint.sources.base import Chunk
from datalint.sources.content import Region
from datalint.sources.readers.jsonl import JsonLinesChunk

KIND: Final = "chunks"
#: The smallest chunk, in bytes, that is worth caching: a smaller one is mapped in a few milliseconds.
LEAST: Final = 1 << 16
Records = Sequence[dict[str, Any]]


@dataclass(slots=True)
class ChunkCache:
    """Maps chunks, or loads their partial results. It can be pickled, so that each worker has its own.

    ``digest`` identifies the code and the plan. Only chunks of JSON Lines are cached.
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

    def recall(self, chunk: Chunk) -> Partial | None:
        """Return the cached partial result of a chunk; None if there is none."""
        if not isinstance(chunk, JsonLinesChunk) or not self.store.key:
            return None
        return self._recall(chunk, self._name(chunk, chunk.region.read()))

    def map(self, chunk: Chunk, mapper: Mapper) -> tuple[Partial, Records | None]:
        """Return the partial result of a chunk, and its records if they were read."""
        if not isinstance(chunk, JsonLinesChunk) or chunk.region.stop - chunk.region.start < LEAST:
            raw = mapper.load(chunk)
            return mapper(raw), raw.records
        data = chunk.region.read()
        name = self._name(chunk, data)
        known = self._recall(chunk, name)
        if known is not None:
            return known, None
        # Use the bytes that were hashed, in case the file changes in between.
        raw = mapper.load(chunk._replace(region=Region("", data, chunk.region.start, chunk.region.stop)))
        partial = mapper(raw)
        if self.store.trouble is None and (payload := _payload(partial, chunk.region.start)) is not None:
            self.store.put(KIND, name, payload)
        return partial, raw.records

    def _name(self, chunk: JsonLinesChunk, data: bytes) -> str:
        state = hashlib.sha256(self.digest)
        state.update(f"{chunk.container} {chunk.last}\0".encode())
        state.update(hashlib.sha256(data).digest())
        return state.hexdigest()

    def _recall(self, chunk: JsonLinesChunk, name: str) -> Partial | None:
        payload = self.store.get(KIND, name)
        if payload is None:
            return None
        try:
            return _partial(payload, chunk)
        except Exception:  # if anything is wrong with an entry, the chunk is mapped again
            return None


def _payload(partial: Partial, start: int) -> bytes | None:
    """Return a partial result as bytes, or None if it can't be cached.

    It can't if decoding would not give the same value. It isn't worth it if it has texts instead of sketches, since
    computing the sketches takes as long as mapping the chunk again. A result is never written if a partial of a dataset
    rule (keys, first words of texts) contains a secret or personal data: after redaction it would no longer merge with
    the partials of other chunks.
    """
    sketches = partial.sketches
    if INTERNAL_ERROR in partial.hits["rule"] or (sketches is not None and sketches.has_texts):
        return None
    frames: list[bytes] = []
    arrays: list[npt.NDArray[Any]] = [sketches.signatures, sketches.sizes] if sketches is not None else []
    shapes = [array.shape for array in arrays]
    try:
        known = [
            encode(value, frames) for value in (replace(partial.facts, path=""), partial.measured, partial.keys, shapes)
        ]
    except (ForeignError, RecursionError):
        return None
    columns = [column.to_list() for frame in frames for column in from_arrow(memoryview(frame)) if _holds_text(column)]
    texts = "\n".join(dict.fromkeys(_texts([known, columns])))
    if hide(texts) != texts:
        return None
    examples = partial.examples.with_columns(pl.col("offset") - start)
    blobs = [to_arrow(examples), to_arrow(partial.hits), *(array.tobytes() for array in arrays)]
    return pack(json.dumps(known).encode(), [*blobs, *frames])


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


def _partial(payload: memoryview, chunk: JsonLinesChunk) -> Partial:
    header, examples, hits, *rest = unpack(payload)
    known = json.loads(bytes(header))
    shapes = decode(known.pop(), [])
    arrays, frames = rest[: len(shapes)], rest[len(shapes) :]
    facts, measured, keys = (decode(each, frames) for each in known)
    facts.path = chunk.path
    table = from_arrow(examples).with_columns(pl.col("offset") + chunk.region.start)
    sketches = None
    if arrays:
        each = zip(arrays, (np.uint16, np.uint32), shapes, strict=True)
        sketches = Sketches(*(np.frombuffer(array, kind).reshape(shape).copy() for array, kind, shape in each))
    return Partial(facts=facts, examples=table, hits=from_arrow(hits), sketches=sketches, measured=measured, keys=keys)


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
    near = (plan.near.view, plan.near.shingle, "near" in plan.needs)
    model = None if plan.model is None else (plan.model.identity, plan.max_length)
    targets = ([(target.name, target.digest) for target in plan.targets], plan.max_length)
    keys = (dict(plan.columns), plan.guesses, plan.category_key, plan.group_keys)
    rest = (*keys, near, sorted(plan.missing), model, targets)
    state.update(_spelled(rest).encode())
    return state.digest()


def _spelled(value: Any) -> str:
    """Return a text for a value that is the same in every process."""
    if value is None or type(value) in (bool, int, float, str, bytes):
        return repr(value)
    if isinstance(value, Enum):
        return f"{type(value).__qualname__}.{value.name}"
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
