"""Every error of a configuration says where it is and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as configured
from hypothesis import strategies as st

from datalint.config.explain import explain
from datalint.config.load import load_settings
from datalint.config.model import Settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.privacy.display import printable

ERRORS: list[tuple[str, str]] = [
    # keys that nothing reads
    ('ignor = ["FMT"]', '1: unknown key "ignor"; did you mean "ignore"?'),
    ("max_findings = 3", '1: unknown key "max_findings"; did you mean "max-findings"?'),
    (
        '\n[near-duplicates]\nview = "pair"\ntreshold = 0.8',
        '4: unknown key "treshold" in [near-duplicates]; did you mean "threshold"?',
    ),
    (
        "near-duplicates = { bands = 3 }",
        '1: unknown key "bands" in [near-duplicates]; expected one of view, shingle, threshold',
    ),
    ('[columns]\npromt = "q"', '2: unknown key "promt" in [columns]; did you mean "prompt"?'),
    (
        "[gates.redundnt-share]\nwarn = 0.1",
        '1: unknown key "redundnt-share" in [gates]; did you mean "redundant-share"?',
    ),
    (
        "[gates.shapes]\nerror = 1",
        '2: unknown key "error" in [gates.shapes]; expected one of warn, fail',
    ),
    ('"\\u001b[31m" = 1', '1: unknown key "\\x1b[31m"; expected one of profile, '),
    # values of another type, or out of bounds
    ("select = 3", "1: select must be a list of strings, not a whole number"),
    ('select = "FMT"', '1: select must be a list of strings, not "FMT"'),
    ('select = [\n  "FMT",\n  3,\n]', "3: every entry of select must be a string, not a whole number"),
    ("data = [1979-05-27]", "1: every entry of data must be a string, not a date"),
    ("columns = []", "1: columns must be a table, not a list"),
    ("rules = 3", "1: rules must be a table, not a whole number"),
    ("eval = true", "1: eval must be a list of strings, a string or false, not true"),
    ("max-findings = 1.5", "1: max-findings must be a whole number, not 1.5"),
    ("max-findings = true", "1: max-findings must be a whole number, not true"),
    ("max-findings = -1", "1: max-findings must be at least 0, not -1"),
    ("max-findings = 9223372036854775808", "1: max-findings must be a whole number of at most 64 bits"),
    (
        'profile = "strickt"',
        '1: profile must be "guide", "strict" or "minimal", not "strickt"; did you mean ',
    ),
    ('fail-on = "error"', '1: fail-on must be "fail" or "warn", not "error"'),
    (
        "[near-duplicates]\nthreshold = 1.2",
        "2: near-duplicates.threshold must be over 0 and at most 1, not 1.2",
    ),
    ("[near-duplicates]\nthreshold = nan", "2: near-duplicates.threshold must be a finite number, not nan"),
    ('[near-duplicates]\nshingle = "5"', '2: near-duplicates.shingle must look like "char-5", not "5"'),
    ('[severity]\nFMT = "off"', '2: severity.FMT must be "error", "warning" or "info", not "off"'),
    ("[balance.expected]\na = 0.5\nb = 0.4", "1: balance.expected adds up to 0.9; shares must add up to 1"),
    ("[balance.expected]\na = 1.5\nb = -0.5", "2: balance.expected.a must be a share from 0 to 1, not 1.5"),
    (
        '[columns]\ncategory = "x"\n[balance]\nfield = "y"',
        "4: balance.field names another key than columns.category; set one of them",
    ),
    # gates
    (
        "[gates.redundant-share]\nwarn = 5",
        "2: gates.redundant-share.warn must be from 0 to 1, not 5; 0.05 is 5 %",
    ),
    ("[gates.shapes]\nfail = -1", "2: gates.shapes.fail must be 0 or more, not -1"),
    ("[gates.shapes]\nfail = true", "2: gates.shapes.fail must be a number, false or a table, not true"),
    (
        "[gates.redundant-share]\nwarn = 0.2",
        "2: gates.redundant-share.warn (over 20 %) is beyond fail (over 10 %); set both",
    ),
    (
        "[gates.redundant-share]\nfail = { under = 0.2 }",
        "2: gates.redundant-share.fail can't be under, because less is better; it can be over or at-least",
    ),
    (
        "[gates.shapes]\nfail = { times-even = 2 }",
        "2: gates.shapes.fail can't be times-even; only largest-category-share can",
    ),
    (
        "[gates.shapes]\nfail = { over-share = 0.1 }",
        "2: gates.shapes.fail can't be over-share; only a number of examples can",
    ),
    (
        "[gates.leaked-exact]\nfail = { over-share = 5 }",
        "2: gates.leaked-exact.fail must be from 0 to 1, not 5; 0.05 is 5 %",
    ),
    (
        "[gates.shapes]\nfail = { over = 1, at-least = 2 }",
        "2: gates.shapes.fail must contain one comparison, not 2",
    ),
    (
        "[gates.shapes.fail]\nabove = 2",
        '2: unknown key "above" in [gates.shapes.fail]; expected one of over, under, ',
    ),
    # rules that are not there, options that a rule does not have
    ('select = ["FTM104"]', '1: select: unknown rule "FTM104"; did you mean "FMT104"?'),
    (
        'extend-select = [\n"FMT",\n"FMT1O4"]',
        '3: extend-select: unknown rule "FMT1O4"; did you mean "FMT104"?',
    ),
    (
        'ignore = ["empty-respones"]',
        '1: ignore: unknown rule "empty-respones"; did you mean "empty-response"?',
    ),
    ('ignore = ["nonsense"]', '1: ignore: unknown rule "nonsense"; `datalint rules` lists them'),
    (
        '[per-file-ignores]\n"*.csv" = ["QAU"]',
        '2: per-file-ignores."*.csv": unknown rule "QAU"; did you mean "QUA"?',
    ),
    ('[severity]\nFMT2 = "info"', '2: severity.FMT2: unknown rule "FMT2"; did you mean "FMT"?'),
    (
        "[rules.near-duplicates]\nthreshold = 1",
        '1: rules.near-duplicates: unknown rule "near-duplicates"; did you mean "near-duplicate"?',
    ),
    (
        "[rules.near-duplicate]\ntreshold = 1",
        '2: near-duplicate has no such option "treshold"; did you mean "threshold"? '
        "(its options: threshold, min-chars, words, how)",
    ),
    (
        "[rules.near-duplicate]\nmin_chars = 1",
        '2: near-duplicate has no such option "min_chars"; did you mean "min-chars"? ',
    ),
    (
        '[rules.near-duplicate]\nseverity = "info"',
        '2: near-duplicate has no such option "severity"; severities are set in [severity] ',
    ),
    ("[rules.refusal]\nx = 1", '2: refusal has no such option "x" (it has none)'),
    (
        '[rules.near-duplicate]\nthreshold = "high"',
        '2: rules.near-duplicate.threshold must be a number, not "high"',
    ),
    (
        "[rules.near-duplicate]\nmin-chars = -1",
        "1: rules.near-duplicate: min-chars is less than nothing",
    ),
    (
        "[rules.near-duplicate]\nthreshold = 1\n[rules.DIV003]\nthreshold = 1",
        "3: rules.DIV003: DIV003 has two tables, by code and by name; keep one",
    ),
    # not TOML
    ("a = 1\nb = ", "2: is not TOML: invalid value at the end of the file"),
    ("\nselect = [FMT]", "2: is not TOML: invalid value at column 11"),
    ("a = 1\na = 2\n\nb = 3", "2: is not TOML: cannot overwrite a value at column 6"),
]


@pytest.mark.parametrize(("text", "message"), ERRORS)
def test_message(load: Callable[..., Settings], text: str, message: str) -> None:
    with pytest.raises(DatalintError) as caught:
        load(text)

    assert str(caught.value).startswith(f"datalint.toml:{message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.datalint]\nignor = []", '2: unknown key "ignor" in [tool.datalint]; did you mean "ignore"?'),
        (
            "[tool.other]\n[tool.datalint.near-duplicates]\nviews = 1",
            '3: unknown key "views" in [tool.datalint.near-duplicates]; did you mean "view"?',
        ),
        ("[tool]\ndatalint.select = 3", "2: select must be a list of strings, not a whole number"),
        ("[tool]\ndatalint = 3", "2: tool.datalint must be a table"),
        ("[tool.datalint]\nselect = [", "2: is not TOML: invalid value at the end of the file"),
    ],
)
def test_message_of_a_pyproject(load: Callable[..., Settings], text: str, message: str) -> None:
    with pytest.raises(DatalintError) as caught:
        load(text, "pyproject.toml")

    assert str(caught.value) == f"pyproject.toml:{message}"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"select": ("FTM",)}, 'select: unknown rule "FTM"; did you mean "FMT"?'),
        ({"ignore": (3,)}, "every entry of ignore must be a string, not a whole number"),
        ({"near-duplicates.threshold": 3.0}, "near-duplicates.threshold must be over 0 and at most 1, not 3"),
        ({"columns": {"promt": "q"}}, 'unknown key "promt" in [columns]; did you mean "prompt"?'),
        ({"profile": "lax"}, 'profile must be "guide", "strict" or "minimal", not "lax"'),
    ],
)
def test_message_of_the_command_line(load: Callable[..., Settings], overrides: dict[str, Any], message: str) -> None:
    with pytest.raises(DatalintError) as caught:
        load("[near-duplicates]\nthreshold = 0.5", overrides=overrides)

    assert str(caught.value) == f"command line: {message}"


def test_message_of_another_caller(registry: Registry, project: Path) -> None:
    with pytest.raises(DatalintError, match=r'^config: unknown key "ignor"; did you mean "ignore"'):
        load_settings(registry=registry, isolated=True, overrides={"ignor": ["FMT"]}, caller="config")
    with pytest.raises(DatalintError, match=r'^config: select: unknown rule "FTM"'):
        load_settings(registry=registry, isolated=True, overrides={"select": ["FTM"]}, caller="config")

    settings = load_settings(registry=registry, isolated=True, overrides={"target": "openai"}, caller="config")
    assert settings.origins == {"target": "config"}


def test_a_file_that_is_not_utf8(project: Path, registry: Registry) -> None:
    (project / "datalint.toml").write_bytes(b'target = "\xff"')

    with pytest.raises(DatalintError, match=r"^datalint.toml: is not UTF-8 at byte 10$"):
        load_settings(registry=registry)


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{a=" * 100_000])
def test_bottomless_nesting(load: Callable[..., Settings], text: str) -> None:
    with pytest.raises(DatalintError, match=r"^datalint.toml"):
        load(text)


def test_an_integer_of_ten_thousand_digits(load: Callable[..., Settings]) -> None:
    with pytest.raises(DatalintError, match=r"^datalint.toml"):
        load("max-findings = " + "9" * 10_000)
    with pytest.raises(DatalintError, match=r"^datalint.toml:1: max-findings must be a whole number of at most"):
        load("max-findings = 0x" + "f" * 10_000)


def test_a_byte_order_mark_is_no_mistake(load: Callable[..., Settings]) -> None:
    assert load('\ufefftarget = "openai"').target == "openai"


_WORDS = (
    "select ignore rules gates balance expected field columns prompt severity eval data profile warn fail "
    "near-duplicates threshold shingle view redundant-share near-duplicate per-file-ignores over plugins "
    "DIV003 FMT ALL max-findings exclude"
)
_KEYS = st.one_of(st.sampled_from(_WORDS.split()), st.text(max_size=6))
_LEAVES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["FMT", "near-duplicate", "pair", "guide", "char-5", "error"]),
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


def _toml(value: Any) -> str:
    """Write a value as TOML, inline; JSON strings with every special character escaped are TOML strings."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value.encode("utf-8", "replace").decode()).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool | float) else str(value)


def _outcome(load: Callable[..., Settings], text: str) -> str:
    """Load a text; return the error, or nothing when there is none."""
    try:
        explain(load(text))
    except DatalintError as error:
        return str(error)
    return ""


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
@configured(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_table_raises_anything_but_our_error(load, values) -> None:  # type: ignore[no-untyped-def]
    error = _outcome(load, "\n".join(f"{_toml(key)} = {_toml(value)}" for key, value in values.items()))

    assert error.startswith("datalint.toml:") or not error
    assert error == printable(error)


@given(st.text(alphabet=st.sampled_from("ab=[]{}\"'#.,\n\\ 1-")))
@configured(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_raises_anything_but_our_error(load, text) -> None:  # type: ignore[no-untyped-def]
    error = _outcome(load, text)

    assert error.startswith("datalint.toml:") or not error
