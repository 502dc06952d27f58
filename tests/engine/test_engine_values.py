"""What rules measure, as JSON and back: the same to the type, or refused."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.engine.execute.codec import ForeignError, decode_value, encode_value


class Place(NamedTuple):
    row: int
    path: str | None


@dataclass(slots=True)
class Counts:
    rows: int
    places: dict[tuple[str, str], Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Frozen:
    names: frozenset[str]


class Colour(Enum):
    RED = "red"


def there_and_back(value: Any) -> Any:
    frames: list[bytes] = []
    text = json.dumps(encode_value(value, frames))
    return decode_value(json.loads(text), [memoryview(frame) for frame in frames])


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
HASHABLE = st.recursive(SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=5)
VALUES = st.recursive(
    HASHABLE | st.builds(Place, st.integers(), st.none() | st.text()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4)
        | st.sets(HASHABLE, max_size=4)
        | st.builds(Counts, st.integers(), st.dictionaries(HASHABLE, inner, max_size=2))
        | st.builds(Counter, st.lists(HASHABLE, max_size=4))
    ),
    max_leaves=10,
)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)
    assert repr(back) == repr(value) or "{" in repr(value)  # the order of a set is its own


def test_order_of_keys_is_kept() -> None:
    assert list(there_and_back({"b": 1, "a": 2, 3: 4})) == ["b", "a", 3]


def test_types_within_are_kept() -> None:
    value = Counts(1, {("a", "b"): Place(1, None)})
    back = there_and_back(value)
    assert isinstance(back, Counts)
    assert isinstance(back.places["a", "b"], Place)
    assert there_and_back(Frozen(frozenset("ab"))) == Frozen(frozenset("ab"))


def test_half_a_surrogate_and_not_a_number_survive() -> None:
    assert there_and_back("\ud800") == "\ud800"
    assert np.isnan(there_and_back(float("nan")))


@pytest.mark.parametrize("value", [np.int64(7), np.float32(0.1), np.bool_(True), np.uint8(255)])
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    back = there_and_back([value])[0]
    assert back == value
    assert back.dtype == value.dtype


def test_frames_come_back() -> None:
    one = pl.DataFrame({"key": ["a", None], "n": pl.Series([1, 2], dtype=pl.UInt32), "none": [None, None]})
    back = there_and_back((3, [one, one.clear()]))
    assert back[1][0].equals(one)
    assert back[1][0].schema == one.schema
    assert back[1][1].height == 0


class Subclass(dict[str, int]):
    pass


@every(
    "value",
    [
        object(), len, Colour.RED, OrderedDict(a=1), defaultdict(list), Subclass(a=1), 1j, range(3), pl.Series([1]),
        [object()], {"a": {object()}}, np.array([1]), np.str_("a"), Counts, bytearray(b"a"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_refused(value: Any) -> None:
    with pytest.raises(ForeignError):
        encode_value(value, [])


@pytest.mark.parametrize(
    "value",
    [
        ["object", "os", "system", "true"],
        ["object", "datalint.engine.execute.codec", "ForeignError", "x"],
        ["named", "pathlib", "Path", "x"],
        ["object", "os", "nothing"],
        ["unknown", 1],
    ],
)
def test_only_dataclasses_and_named_tuples_are_made(value: Any) -> None:
    with pytest.raises(ForeignError):
        decode_value(value, [])
