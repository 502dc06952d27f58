"""Texts that are JSON are found and brought into one form, however many texts there are."""

from __future__ import annotations

import polars as pl
import pytest

from datalint.engine.map import json_texts as of_texts

TEXTS = ["", "{", "}", "[", "[]", "{]", "{}", '{"b": 1, "a": [2]}', "a {}", "{} a", "[1, 2", '{"gate": é}', "[1,2]"]


@pytest.mark.parametrize("few", [0, 8_000])
def test_objects_and_arrays_are_found(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(of_texts, "_FEW_BYTES", few)
    rows, texts = of_texts.json_texts(pl.Series("made", TEXTS))
    assert dict(zip(rows, texts.to_list(), strict=True)) == {4: "[]", 6: "{}", 7: '{"a":[2],"b":1}', 12: "[1,2]"}
    assert of_texts.json_texts(pl.Series("made", ["a dock"])).rows == []
