"""A note says that mapped columns hold something of which no text is read."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object

PARTS = [{"index": 0, "lines": ["Dock 7 is free."]}]
TURNS = [{"role": "user", "content": "Is dock 7 free?"}, {"role": "assistant", "content": "Yes."}]


def notes_of(rows: list[dict[str, Any]], **columns: str) -> list[str]:
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"columns": columns})
    return [*map(str, with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])[1])]


@pytest.mark.parametrize(
    ("value", "columns", "said"),
    [
        (PARTS, {"messages": "said"}, True),
        (PARTS, {"text": "said"}, True),
        (PARTS, {"response": "said"}, False),  # read as JSON
        (TURNS, {"messages": "said"}, False),
        ("Dock 7 is free.", {"text": "said"}, False),
        ("", {"text": "said"}, False),  # an empty text is a finding
        (PARTS, {"prompt": "asked", "response": "said"}, False),
    ],
)
def test_columns_that_read_no_text_are_named(value: object, columns: dict[str, str], said: bool) -> None:
    notes = notes_of([{"asked": f"Is dock {n} free?", "said": value} for n in range(3)], **columns)
    assert [note for note in notes if "reads no text" in note] == (notes if said else [])
    assert bool(notes) is said


def test_one_text_in_the_first_rows_is_enough() -> None:
    assert notes_of([{"said": PARTS}, {"said": TURNS}], messages="said") == []
