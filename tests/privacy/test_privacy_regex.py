"""Go's regular expressions, read and written again."""

from __future__ import annotations

import random
import re

import polars as pl
import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st
from secret_examples import sample

from datalint.privacy.go_regex import parse_go_regex
from datalint.privacy.regex_tree import TOKEN, UnsupportedError, literal_run, literals, width, write_pattern


@every(
    ("go", "written"),
    [
        ("a{2}b?c{2,4}", "a{2}b?c{2,4}"),
        ("a+b*c{3,}", "a{1,1001}b{0,1000}c{3,1003}"),
        ("a+?b*?c{3,5}?", "a{1,1001}b{0,1000}c{3,5}"),
        ("(?i)[a-z0-9]x", "[A-Za-z0-9]x"),
        ("a(?i)[a-f0-9]|[b-z]", "(?:a[A-Fa-f0-9]|[B-Zb-z])"),
        ("(?i:[a-z])[a-z]", "[A-Za-z][a-z]"),
        ("(?i)(?-i:[a-z])[a-z]", "[a-z][A-Za-z]"),
        ("(?i)xox[bp]", "xox[bp]"),
        (r"[[:alnum:]_]\w\d", "[A-Za-z0-9_][A-Za-z0-9_][0-9]"),
        (r"[\w=\.-]\x60\-\/", "[A-Za-z0-9.=_-]`-/"),
        (r"\b(ab|(cd))\b$", "(?:ab|cd)"),
        (r"(?P<value>ab|c)+", "(?P<value>ab|c){1,1001}"),
        (r"(ab){2}(?:[a-z]{4}-){3}", "(?:ab){2}(?:[a-z]{4}-){3}"),
        (r"x.com/\.\$", r"x\.com/\.\$"),
        (r"[]a-]", r"[a\]-]"),
        (r"a\n", "a\n"),
    ],
)
def test_a_pattern_is_written_for_both_engines(go: str, written: str) -> None:
    assert write_pattern(parse_go_regex(go)) == written
    re.compile(written, re.ASCII)
    pl.Series(["a"]).str.contains(written)


@pytest.mark.parametrize("go", ["a(b", "a)b", "(?=a)b", r"a\1", "[a", "*a", r"\pL", "(?<n>a)"])
def test_what_is_not_read(go: str) -> None:
    with pytest.raises(UnsupportedError):
        parse_go_regex(go)


@pytest.mark.parametrize("go", ["[^a]", "a.{3}", r"\s{2}", "[a ]", r"\W"])
def test_what_is_not_written(go: str) -> None:
    with pytest.raises(UnsupportedError):
        write_pattern(parse_go_regex(go))


@pytest.mark.parametrize(
    ("go", "texts"),
    [
        ("ab-[a-z]{5}", ("ab-",)),
        ("[a-z]{5}-abc[0-9]", ("-abc",)),
        ("(?:sk|rk)_(?:test|live)_[a-z]", ("sk_test_", "sk_live_", "rk_test_", "rk_live_")),
        ("xox[bp]-[0-9]", ("xoxb-", "xoxp-")),
        ("a{4}[0-9]", ("aaaa",)),
        ("a?b+[0-9]", ()),
        ("[a-z]{9}", ()),
    ],
)
def test_what_every_match_has(go: str, texts: tuple[str, ...]) -> None:
    (sequence,) = parse_go_regex(go).branches
    assert literals(sequence) == texts


@pytest.mark.parametrize(
    ("go", "length"), [("[a-z]{5}", 5), ("[a-z]{2,5}-x?=", 3), ("(?:ab|c)=", 1), ("(?:a=|bcd)e", 1), ("=a", 0), ("", 0)]
)
def test_how_long_a_run_every_match_begins_with(go: str, length: int) -> None:
    (sequence,) = parse_go_regex(go).branches
    assert literal_run(sequence, TOKEN) == length


@pytest.mark.parametrize(("go", "length"), [("[a-z]{5}", 5), ("[a-z]{2,5}-?=", 6), ("(?:ab|c)=", 2), ("a+=", 1_001)])
def test_how_long_a_run_a_match_may_begin_with(go: str, length: int) -> None:
    (sequence,) = parse_go_regex(go).branches
    assert literal_run(sequence, TOKEN, longest=True) == length


ATOMS = st.sampled_from(["a", "-", r"\.", "[a-c]", r"\d", "[x_=]", "(?:ab|c[0-9])", "(?i:[a-z])", "(d)"])
COUNTS = st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{2,}"])
PATTERNS = st.lists(st.tuples(ATOMS, COUNTS).map("".join), min_size=1, max_size=5).map("".join)


@given(PATTERNS, st.integers(0, 99))
def test_what_is_known_of_a_pattern_holds_for_its_matches(go: str, seed: int) -> None:
    tree = parse_go_regex(go)
    text = sample(tree, random.Random(seed))
    written = write_pattern(tree)
    assert re.fullmatch(go, text, re.ASCII)
    assert re.fullmatch(written, text, re.ASCII)
    assert pl.Series([text]).str.contains(f"^(?:{written})$")[0]
    assert write_pattern(parse_go_regex(written)) == written
    least, most = width(tree)
    assert least <= len(text) <= most
    (sequence,) = tree.branches
    texts = literals(sequence)
    assert not texts or any(each in text for each in texts)
    assert set(text[: literal_run(sequence, TOKEN)]) <= TOKEN
