"""The columns that rules speak of are those that the engine has."""

from __future__ import annotations

import copy
import pickle

import polars as pl
import pytest

from datalint.api import Examples, Turns
from datalint.core.columns import ROLE_LETTERS, describe_columns
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

FLAT = flatten([{"prompt": "Hi", "chosen": "a", "rejected": "b"}, {"zzz": 1}], Detector())
UNITS = ((Turns(), "Turns", FLAT.turns), (Examples(), "Examples", FLAT.examples))


@pytest.mark.parametrize(("unit", "name", "frame"), UNITS, ids=["turns", "examples"])
def test_every_column_is_there_and_described(unit: object, name: str, frame: pl.DataFrame) -> None:
    described = describe_columns()[name]
    assert all(len(words) > 5 for words in described.values())
    columns = [getattr(unit, column) for column in described]
    assert all(isinstance(column, pl.Expr) for column in columns)
    assert frame.select(columns).columns == list(described)


@pytest.mark.parametrize(("unit", "name", "frame"), UNITS, ids=["turns", "examples"])
def test_an_unknown_column_names_those_there_are(unit: object, name: str, frame: pl.DataFrame) -> None:
    with pytest.raises(
        AttributeError, match=f"{name} has no column 'txet'; it has .*{next(iter(describe_columns()[name]))}"
    ):
        _ = unit.txet  # type: ignore[attr-defined]
    assert not hasattr(unit, "__array__")
    assert isinstance(copy.copy(unit), type(unit))
    assert isinstance(pickle.loads(pickle.dumps(unit)), type(unit))


def test_what_is_described_cannot_be_changed() -> None:
    describe_columns()["Turns"].clear()
    assert describe_columns()["Turns"]


def test_each_role_has_one_letter() -> None:
    assert all(len(letter) == 1 for letter in ROLE_LETTERS.values())
