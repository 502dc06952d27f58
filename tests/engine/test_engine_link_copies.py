"""The note on rows that are the same as an earlier one except for their links."""

from __future__ import annotations

import pytest

import datalint

SAID = "are the same as an earlier one except for a link"


@pytest.mark.parametrize(
    ("text", "label", "copies"),
    [
        ("Ferry {0} leaves from the third gate today https://example.org/{1}", "calm", 60),
        ("Ferry {0} leaves from the third gate today https://example.org/{0}", "calm", 0),
        ("Ferry {1} leaves from the third gate today https://example.org/{1}", "calm", 0),
        ("Read this: https://example.org/{1}", "calm", 0),
        ("Ferry {0} leaves from the third gate today https://example.org/{1}", "gate {0}", 0),
    ],
)
def test_copies_except_for_a_link(text: str, label: str, copies: int) -> None:
    rows = [{"text": text.format(n // 2, n), "label": label.format(n)} for n in range(120)]
    notes = [str(note) for note in datalint.lint(rows, config={"select": ("FMT",)}).notes]
    found = [note.partition(" of ")[0] for note in notes if SAID in note]
    assert found == ([str(copies)] if copies else [])
