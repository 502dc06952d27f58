"""The formats of secrets: each is recognised wherever it stands, and what only looks like it is not."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import polars as pl
import pytest
from secret_examples import FORMATS, example, examples

from datalint.privacy import gitleaks_formats, own_formats, update
from datalint.privacy.describe import described_formats
from datalint.privacy.go_regex import parse_go_regex
from datalint.privacy.redaction import hide
from datalint.privacy.regex_tree import width
from datalint.privacy.secret import secrets
from datalint.privacy.secret_format import SIGNS
from datalint.rules.quality.secret import secret
from datalint.testing import run_rule

ROOT = Path(__file__).parents[2]


def is_covered(text: str, value: str) -> bool:
    """Return whether every character of ``value`` is in a secret that is found in ``text``."""
    start = text.index(value)
    covered = {at for found in secrets(text) for at in range(found.start, found.end)}
    return covered >= set(range(start, start + len(value)))


@pytest.mark.parametrize(
    "around",
    [
        "Use {} and go on.",
        "It is {}.",
        "x = f('{}')\n",
        '{{\\"a\\": \\"{}\\"}}',
        "一行の{}、終わり",
        "first\\n{}\\nlast",
        "_{}",
    ],
)
def test_a_secret_is_found_whole_in_prose_and_code(around: str) -> None:
    assert [shown for shown in examples() if not is_covered(around.format(shown.text), shown.value)] == []


def test_the_rule_reports_every_format() -> None:
    """No format is lost by the expressions that leave few texts to the finder."""
    rows = [json.dumps({"prompt": "Say it.", "completion": f"Use {shown.text} there."}) for shown in examples()]
    found = run_rule(secret, rows=rows)
    assert [finding.row for finding in found] == list(range(1, len(rows) + 1))
    assert not any(shown.value in f"{finding.message} {finding.excerpt}" for finding in found for shown in examples())


def test_nothing_usable_of_a_secret_is_shown() -> None:
    for shown in examples():
        text = hide(f"before {shown.text} after")
        assert "[redacted, " in text, shown
        pieces = (shown.value[at : at + 10] for at in range(4, len(shown.value) - 10))
        assert not any(piece in text for piece in pieces), shown


def test_a_pattern_means_the_same_to_both_engines() -> None:
    for known in FORMATS:
        texts = [example(known, seed).text for seed in range(2)]
        texts += [text[:-1] for text in texts] + [text[1:] for text in texts]
        python = [re.search(known.pattern, text, re.ASCII) is not None for text in texts]
        assert pl.Series(texts).str.contains(known.pattern).to_list() == python, known
        assert all(python[:2]), known


def test_the_generator_leaves_its_own_patterns_alone() -> None:
    """It has run since it was changed."""
    for known in FORMATS:
        if "(?P<value>" not in known.pattern:
            again = described_formats({"id": "some-key", "regex": known.pattern, "markers": known.markers})
            assert "|".join(each.pattern for each in again) in (known.pattern, known.pattern[3:-1]), known
            assert {each.sign for each in again} == {known.sign}, known


def test_a_pattern_is_bounded() -> None:
    """It has no look-around, no back-reference, and no repetition without an end; so searching takes linear time."""
    for known in FORMATS:
        outside = re.sub(r"\[(?:\\.|[^\]\\])*\]|\\[^0-9A-Za-z]", "", known.pattern)
        assert not re.search(r"[*+\\]|,\}|\(\?(?!:|P<value>)", outside), known
        least, most = width(parse_go_regex(known.pattern))
        assert 12 <= least <= most <= 10_000, known
        assert min(map(len, known.markers)) >= 2, known


def test_a_format_has_its_sign() -> None:
    for shown in examples():
        sign = SIGNS.get(shown.format.sign, "")
        assert re.search(sign, shown.text, re.ASCII), shown
        assert pl.Series([shown.text]).str.contains(sign)[0], shown


def test_hostile_text_ends() -> None:
    for shown in examples():
        beginning = shown.text[:-1]
        longer = re.sub(r"[a-z0-9]$", lambda last: last[0] * 3_000, beginning)
        marker = shown.format.markers[0]
        for text in (beginning * (6_000 // len(beginning)), longer, marker * 2_000, f"{longer}.{longer}"):
            assert isinstance(hide(text), str)


def test_a_placeholder_is_no_secret() -> None:
    """As documentation has them: the prefix, and something that nobody takes for a key."""
    for shown in examples():
        prefix = next((marker for marker in shown.format.markers if shown.value.startswith(marker)), "")
        rest = shown.value[len(prefix) :]
        for fake in ("x" * len(rest), rest[:4] + "EXAMPLE" + rest[11:], rest[:8] + "..." + rest[-4:], "*" * len(rest)):
            text = shown.text.replace(shown.value, prefix + fake)
            assert secrets(text) == [], text


def test_known_samples_are_no_secrets() -> None:
    """Those that gitleaks lists, and those that vendors' documentation shows."""
    samples = [f"AIza{rest}" for known in FORMATS for rest in re.findall(r"Sy[\w-]{33}", known.allowed)]
    assert len(samples) > 10
    shown = [stopword.replace("\\", "") for stopword in own_formats.ALLOWED]
    assert len(shown) == 4
    # Joined from pieces, so that no scanner of repositories takes this file for a leak.
    samples += ["gh" + f"o_{shown[0]}", "sk" + f"_test_{shown[1]}", f"bot110201543:{shown[2]}"]
    samples += [f"discord: {shown[3]}.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "AKIAIOSFODNN7EXAMPLE"]
    assert [sample for sample in samples if secrets(f"key: {sample}")] == []


def test_the_sources_and_their_day_are_named() -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", gitleaks_formats.REVISION)
    assert "github.com/gitleaks/gitleaks" in gitleaks_formats.SOURCE
    for date in (gitleaks_formats.DATE, own_formats.DATE):
        assert datetime.date.fromisoformat(date) >= datetime.date(2026, 1, 1)
    assert all(known.source for known in own_formats.FORMATS)
    assert len({known.id for known in own_formats.FORMATS}) == len(own_formats.FORMATS)


def test_the_licence_of_gitleaks_goes_with_its_formats() -> None:
    """The MIT licence asks for its notice in all copies."""
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for text in (gitleaks_formats.__doc__ or "", notice):
        assert "Copyright (c) 2019 Zachary Rice" in text
        assert "The above copyright notice and this permission notice shall be included" in text


def test_own_formats_are_written_anew() -> None:
    """`python -m datalint.privacy.update` has run since own_formats.toml was changed."""
    assert update.OWN_MODULE.read_text("utf-8") == update.own()
