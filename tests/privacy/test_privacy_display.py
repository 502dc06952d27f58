"""Row text on its way to a person: on one line, without life of its own, without secrets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.privacy.display import excerpt, printable, redact

# Put together here, so that the file itself holds nothing that a scanner would stop at.
SECRET = "ghp_" + "k3J8s" * 7 + "Q"
MAIL = "ada.nobody" + "@" + "larkspur-bikes.city"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain text, naïve, 漢字, 🙂", "plain text, naïve, 漢字, 🙂"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x00\x07\x7f\x85\x9b", "\\x00\\x07\\x7f\\x85\\x9b"),
        ("\u202eevil\u2066\u200b\u2028\ufeff", "\\u202eevil\\u2066\\u200b\\u2028\\ufeff"),
        ("\ud83d", "\\ud83d"),
        ("back\\slash", "back\\slash"),
        ("", ""),
    ],
)
def test_printable(text: str, safe: str) -> None:
    assert printable(text) == safe
    assert printable(safe) == safe


@given(st.text(st.characters(codec=None)))
def test_any_text_is_printable_and_encodes(text: str) -> None:
    safe = printable(text)
    safe.encode()
    assert len(safe.splitlines()) <= 1
    assert not any(char in safe for char in "\x1b\x9b\u202e\u2066\u200b\ufeff\u2028\x85\x00")
    assert printable(safe) == safe


@given(st.text(st.characters(codec=None), max_size=300), st.integers(1, 100), st.booleans())
def test_any_excerpt_is_short(text: str, limit: int, end: bool) -> None:
    shown = excerpt(text, limit, end=end)
    assert shown == printable(shown)
    # An escape takes six characters at most, and the ellipsis one.
    assert len(shown) <= 6 * limit + 40
    if text.isprintable() and text.isalpha() and len(text) <= limit:
        assert shown == text


@pytest.mark.parametrize(
    ("text", "limit", "end", "shown"),
    [
        ("abc", 3, False, "abc"),
        ("abcd", 3, False, "abc…"),
        ("abcd", 3, True, "…bcd"),
        ("abc", 3, True, "abc"),
        ("a\nbcd", 3, False, "a\\nb…"),
        ("", 3, False, ""),
    ],
)
def test_excerpts(text: str, limit: int, end: bool, shown: str) -> None:
    assert excerpt(text, limit, end=end) == shown


@pytest.mark.parametrize("private", [SECRET, MAIL])
@pytest.mark.parametrize("before", [0, 3, 50, 75, 79, 80, 200])
@pytest.mark.parametrize("end", [False, True])
def test_an_excerpt_shows_no_part_of_a_secret_wherever_it_is_cut(private: str, before: int, end: bool) -> None:
    words = ("word " * 100)[:before]
    text = f"{private} {words}" if end else f"{words} {private} and so on"
    shown = excerpt(text, 80, end=end)
    pieces = {private[i : i + 8] for i in range(len(private) - 7)}
    assert not any(piece in shown for piece in pieces)


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("", "…[redacted, 0 characters]"),
        ("abc", "…[redacted, 3 characters]"),
        ("abcd", "a…[redacted, 4 characters]"),
        ("abcdefgh", "ab…[redacted, 8 characters]"),
        ("AKIA" + "X" * 16, "AKIA…[redacted, 20 characters]"),
        ("\x1b[31m" + "X" * 16, "\\x1b[31…[redacted, 21 characters]"),
    ],
)
def test_redacted(secret: str, shown: str) -> None:
    assert redact(secret) == shown


@given(st.text(min_size=1))
def test_at_most_a_quarter_stays_visible(secret: str) -> None:
    head, _, rest = redact(secret).rpartition("…[redacted, ")
    assert rest == f"{len(secret)} characters]"
    assert head == printable(secret[: min(4, len(secret) // 4)])
