"""Text that may be shown: on one line, without characters that act or are not visible, without secrets."""

from __future__ import annotations

import json

import orjson
import pytest
from every import every
from hostile_text import IGNORABLE, RAW, UNSAFE
from hypothesis import given
from hypothesis import strategies as st

from datalint.privacy.display import excerpt, file_name, printable, printable_lines, redact, shortened
from datalint.privacy.escapes import escape_json, escape_unsafe

# Put together here, so that the file itself holds nothing that a scanner would stop at.
SECRET = "ghp_" + "k3J8s" * 7 + "Q"
MAIL = "ada.nobody" + "@" + "larkspur-bikes.city"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain text, naïve, 漢字, 🙂", "plain text, naïve, 漢字, 🙂"),
        ("a\nb\rc\td\r\n\r", "a\\nb\\x0dc\\td\\r\\n\\r"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x00\x07\x7f\x85\x9b", "\\x00\\x07\\x7f\\x85\\x9b"),
        ("\u202eevil\u2066\u200b\u2028\ufeff", "\\u202eevil\\u2066\\u200b\\u2028\\ufeff"),
        ("\ud83d", "\\ud83d"),
        ("a\u3164b\u034fc\xadd\U000e0041\U000e0100", "a\\u3164b\\u034fc\\xadd\\U000e0041\\U000e0100"),
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
    assert not RAW.search(safe.replace("\ufe0f", ""))
    assert printable(safe) == safe


def test_every_unsafe_character_is_escaped() -> None:
    assert len(IGNORABLE) == 4174
    for code in sorted(UNSAFE)[::7]:
        shown = escape_unsafe(f"a{chr(code)}b")
        assert shown.isascii()
        assert shown.isprintable()
        assert shown in ("a\\nb", "a\\rb", "a\\tb") or int(shown[3:-1], 16) == code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I ❤️ it, ☀️ ✌️ ⚠️ ©️", "I ❤️ it, ☀️ ✌️ ⚠️ ©️"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f\\ufe0f"),
        ("a\ufe0f", "a\\ufe0f"),
        ("\ufe0f", "\\ufe0f"),
        ("❤\ufe0e\ufe01\U000e0101", "❤\\ufe0e\\ufe01\\U000e0101"),
        ("\u2800\ufe0f", "\u2800\\ufe0f"),
    ],
)
def test_a_selector_stays_only_directly_after_a_symbol(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_json_says_the_same_without_unsafe_characters(value: object) -> None:
    for options in (0, orjson.OPT_INDENT_2):
        document = escape_json(orjson.dumps(value, option=options))
        assert not RAW.search(document.decode())
        assert orjson.loads(document) == json.loads(document) == value


def test_json_of_every_unsafe_character() -> None:
    text = "".join(chr(code) for code in sorted(UNSAFE)[::7] if not 0xD800 <= code < 0xE000)
    document = escape_json(orjson.dumps({text: text}))
    assert not RAW.search(document.decode())
    assert orjson.loads(document) == {text: text}


def test_names_keep_everything_but_secrets() -> None:
    assert file_name("a\x9b\u202e/é.jsonl") == "a\x9b\u202e/é.jsonl"
    assert file_name("a\udcff.jsonl") == "a\\udcff.jsonl"
    assert file_name(f"data/{SECRET}.jsonl") == "data/ghp_…[redacted, 40 characters].jsonl"


def test_lines_stay_where_they_are_wanted() -> None:
    assert printable_lines(f"a\n\x1b {SECRET}\tb\r\n") == "a\n\\x1b ghp_…[redacted, 40 characters]\\tb\\r\n"


def test_what_may_be_shown_is_cut() -> None:
    text = printable("abcdef")
    assert (shortened(text, 6), shortened(text, 3)) == ("abcdef", "abc…")


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


@pytest.mark.parametrize(
    ("start", "stop", "limit", "end", "shown"),
    [
        (2, 5, 9, False, "cde"),
        (2, 5, 2, False, "cd…"),
        (2, 5, 2, True, "…de"),
        (-3, 2, 9, False, "ab"),
        (6, 99, 9, False, "gh"),
        (9, 12, 9, False, ""),
        (5, 2, 9, False, ""),
    ],
)
def test_excerpts_of_a_part(start: int, stop: int, limit: int, end: bool, shown: str) -> None:
    assert excerpt("abcdefgh", limit, start=start, stop=stop, end=end) == shown


@every("private", [SECRET, MAIL])
@every("before", [0, 3, 50, 75, 79, 80, 200])
@every("end", [False, True])
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
