"""The texts of hits: redacted where they may be private; of many, only those are searched one by one."""

from __future__ import annotations

import pytest
from every import every

from datalint.core.rule import Hit
from datalint.engine.map import hits
from datalint.engine.map.hits import HitTable

#: Rows with numbers that are no personal data: an id, a time and a day, a fraction.
IDS = ['{"id": 21687865379, "by": "04hf-u1ed"}', '{"at": "2024-03-05 10:22:31"}', '{"share": 0.0012345678}']
PRIVATE = ["Call me at 030 9018 2735.", "card 4111 1111 1111 1111", "anna@firma.de", "我的CPF是390.533.447-05"]


ODD = ["", "plain", "\x1b[31mred", "a\nb\u202ec", "x" * 99, "x" * 100, "x" * 101, "word " * 300, "é" * 250]
#: More hits than are searched one by one.
MANY = 50


def shown(text: str, hits: int = MANY) -> str:
    """Return the excerpt of each of some hits about a row with this text."""
    table = HitTable(1)
    for _ in range(hits):
        table.add(0, Hit("is odd", path=None, key=text), at=0, shown=text)
    [excerpt] = table.frame()["excerpt"].unique()
    return excerpt  # type: ignore[no-any-return]


@every("text", IDS)
def test_a_number_that_is_no_personal_one_is_not_searched_again(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "excerpt", None)
    assert shown(text) == text


@every("text", PRIVATE)
def test_a_personal_number_is_redacted(text: str) -> None:
    assert "[redacted, " in shown(text)


@every("text", [*IDS, *PRIVATE, *ODD])
def test_a_few_are_shown_as_many_are(text: str) -> None:
    assert shown(text, 1) == shown(text) == shown(text, 10)
