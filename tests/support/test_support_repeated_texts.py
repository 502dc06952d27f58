"""Texts that were pasted twice."""

from __future__ import annotations

import pytest

from datalint.support.repeated_texts import repeats_itself

TEXT = "The dock is full until noon, and the gate is shut all day long."


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        (f"{TEXT} {TEXT}", True),
        (f"{TEXT}\n\n{TEXT}", True),
        (TEXT + TEXT, True),
        (TEXT * 3, True),
        (TEXT, False),
        (f"{TEXT} {TEXT[:30]}", False),
        (f"{TEXT} The dock is full until noon, and then it is not.", False),
        # Its beginning is everywhere in it.
        ("a" * 300_000 + "b", False),
    ],
)
def test_a_text_that_was_pasted_twice_repeats_itself(text: str, repeats: bool) -> None:
    assert repeats_itself(text) is repeats
