"""What counts as a text of a few words in scripts with and without spaces."""

from __future__ import annotations

import pytest

from datalint.languages.brief import is_brief


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not so good!", True),
        ("not so very good", False),
        ("@anna_k https://example.org/a/b?c=d no thanks", True),
        ("1. not so good", True),
        ("12) 很好吃", True),
        ("3.5 not so good", False),
        ("2 not so good", False),
        ("很好吃", True),
        ("这家店的服务很好", False),
        ("감사합니다", True),
        ("그 의사가 환자를 봤다", False),
        ("👍 ok …", True),
    ],
)
def test_words_and_letters_are_counted(text: str, expected: bool) -> None:
    assert is_brief(text, words=3, spaceless=5) is expected
