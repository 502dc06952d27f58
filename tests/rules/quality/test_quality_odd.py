"""What several rules look for behind one gate: whatever a rule of its own would find, the gate lets through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import polars as pl
import pytest

from datalint.rules.common.characters import invisible as invisible_characters
from datalint.rules.common.texts import turns as shared
from datalint.rules.quality import bidi_control, control_character, invisible_character

#: Every character but ASCII and the surrogates, which stand in no text.
CHARS = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x110000))))


def invisible() -> set[str]:
    rare = set(re.findall(invisible_characters._GATE, CHARS))
    return rare - set(re.findall(invisible_character._PRIVATE_OR_TAG, CHARS))


@pytest.mark.parametrize(
    "chars",
    [invisible, lambda: bidi_control._CONTROLS, lambda: control_character._C1, lambda: ["\ufffd"]],
    ids=["invisible", "bidi", "C1", "replacement"],
)
def test_the_gate_lets_through_what_rules_look_for(chars: Callable[[], Iterable[str]]) -> None:
    found = sorted(chars())
    assert found
    assert pl.Series([f"a {char} b" for char in found]).str.contains(shared._ODD).all()


def test_ordinary_text_does_not_pass() -> None:
    assert not pl.Series(["Größe — 日本語 🙂", "Привет, «мир»…"]).str.contains(shared._ODD).any()
