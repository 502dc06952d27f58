"""National phone numbers of chosen regions, which the package phonenumbers verifies."""

from __future__ import annotations

import sys

import pytest

from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.privacy.regional import check_regions, regional_phones
from datalint.testing import run_rule

REGISTRY = Registry()
REGISTRY.load_builtin()
RULE = next(rule for rule in REGISTRY if rule.code == "QUA024")


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("see you, 030 9018 2734", "DE", "030 9018 2734"),
        ("Lee (020) 7946 0018", "GB", "(020) 7946 0018"),
        ("07912 306 845, thanks", "GB", "07912 306 845"),
        ("Luc 01 84 17 61 18", "FR", "01 84 17 61 18"),
    ],
)
def test_a_number_of_the_region_is_found(text: str, region: str, number: str) -> None:
    assert [text[each.start : each.end] for each in regional_phones(text, [region])] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "0412 345 679",  # of another region
        "It is 0.030 9018 2734 or 2023-01-01.",
        "Order 07912306845, part 0791-2306.",
        "(1990) 12345678",
        "0" * 5_000 + " 1" * 5_000,
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(regional_phones(text, ["GB"])) == []


def test_the_rule_reports_and_redacts_them_where_regions_are_named() -> None:
    rows = [{"prompt": "Whom do I ask?", "completion": "Ask Jo Unwin, 07912 306 845, after nine."}]
    assert run_rule(RULE, rows=rows) == []
    (found,) = run_rule(RULE, rows=rows, options={"phone-regions": ["GB", "DE"]})
    assert "1 × phone number" in found.message
    assert "577 899" not in found.message


def test_a_region_that_does_not_exist_ends_the_run() -> None:
    with pytest.raises(DatalintError, match="no region of phone numbers: UK"):
        run_rule(RULE, rows=[{"text": "a"}], options={"phone-regions": ["UK", "DE"]})


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(ValueError, match=r"datalint-sft\[phones\]"):
        check_regions(["DE"])
    check_regions([])
