from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as configured
from hypothesis import strategies as st

from datalint.config.model import Selection, Settings
from datalint.config.select import file_ignores, resolve, selected_codes
from datalint.core.errors import DatalintError
from datalint.core.finding import Severity
from datalint.core.registry import Registry

ALL = {"ACME001", "DIV003", "FMT001", "FMT101", "FMT104", "QUA002", "QUA007", "QUA024"}
FMT = {"FMT001", "FMT101", "FMT104"}
FMT1 = {"FMT101", "FMT104"}
QUA = {"QUA002", "QUA007", "QUA024"}

# file's select, extend-select, ignore; command line's; what runs
CASES: list[tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], set[str]]] = [
    ({}, {}, ALL),
    ({"select": ()}, {}, set()),
    ({"select": ("ALL",)}, {}, ALL),
    ({"select": ("FMT",)}, {}, FMT),
    ({"select": ("FMT1",)}, {}, FMT1),
    ({"select": ("FMT10",)}, {}, FMT1),
    ({"select": ("missing-key",)}, {}, {"FMT104"}),
    ({"select": ("FMT", "QUA007")}, {}, FMT | {"QUA007"}),
    ({"ignore": ("FMT",)}, {}, ALL - FMT),
    ({"ignore": ("refusal",)}, {}, ALL - {"QUA007"}),
    ({"ignore": ("ALL",)}, {}, set()),
    ({"extend_select": ("FMT104",)}, {}, ALL),
    ({"select": ("FMT1",), "extend_select": ("QUA007",)}, {}, FMT1 | {"QUA007"}),
    # the narrower selector wins, whatever list it stands in
    ({"select": ("FMT1",), "ignore": ("FMT104",)}, {}, {"FMT101"}),
    ({"select": ("FMT104",), "ignore": ("FMT1",)}, {}, {"FMT104"}),
    ({"select": ("FMT", "QUA0"), "ignore": ("FMT1", "QUA")}, {}, {"FMT001"} | QUA),
    ({"ignore": ("FMT",), "extend_select": ("FMT10",)}, {}, ALL - {"FMT001"}),
    ({"select": ("ALL",), "ignore": ("FMT",), "extend_select": ("FMT101",)}, {}, (ALL - FMT) | {"FMT101"}),
    # of two as narrow, ignore wins; a name is as narrow as its code
    ({"select": ("FMT1",), "ignore": ("FMT1",)}, {}, set()),
    ({"select": ("FMT104",), "ignore": ("missing-key",)}, {}, set()),
    ({"select": ("ALL",), "ignore": ("ALL",)}, {}, set()),
    # the command line's select replaces all that the file says
    ({"select": ("FMT",)}, {"select": ("QUA",)}, QUA),
    ({"ignore": ("QUA007",)}, {"select": ("QUA",)}, QUA),
    ({"select": ("QUA007",)}, {"select": ("ALL",), "ignore": ("FMT",)}, ALL - FMT),
    # without one, the command line changes what the file leaves
    ({"select": ("FMT",)}, {"ignore": ("FMT104",)}, FMT - {"FMT104"}),
    ({"select": ("FMT104",)}, {"ignore": ("FMT",)}, set()),
    ({"select": ("FMT",)}, {"extend_select": ("QUA007",)}, FMT | {"QUA007"}),
    ({"ignore": ("FMT104",)}, {"extend_select": ("FMT",)}, ALL),
    ({"ignore": ("FMT",)}, {"ignore": ("QUA",), "extend_select": ("FMT001",)}, ALL - QUA - FMT1),
    # a rule of low confidence runs only where its code or name is selected
    ({"select": ("BAL",)}, {}, set()),
    ({"select": ("ALL", "BAL00")}, {}, ALL),
    ({"select": ("BAL007",)}, {}, {"BAL007"}),
    ({"extend_select": ("made-up-guess",)}, {}, ALL | {"BAL007"}),
    ({"extend_select": ("BAL007",)}, {"ignore": ("BAL",)}, ALL),
    ({"extend_select": ("BAL007",)}, {"select": ("ALL",)}, ALL),
    ({}, {"extend_select": ("BAL007",)}, ALL | {"BAL007"}),
]


@pytest.mark.parametrize(("file", "command_line", "expected"), CASES)
def test_which_rules_run(
    registry: Registry,
    file: dict[str, tuple[str, ...]],
    command_line: dict[str, tuple[str, ...]],
    expected: set[str],
) -> None:
    settings = Settings(**file, command_line=Selection(**command_line))  # type: ignore[arg-type]

    assert selected_codes(settings, registry) == tuple(sorted(expected))
    assert [selected.rule.code for selected in resolve(settings, registry)] == sorted(expected)


_SELECTORS = st.lists(st.sampled_from(["ALL", "FMT", "FMT1", "FMT104", "missing-key", "QUA0"])).map(tuple)


@given(_SELECTORS, _SELECTORS, _SELECTORS, st.randoms())
@configured(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_within_a_list_never_matters(registry, select, extend, ignore, random) -> None:  # type: ignore[no-untyped-def]
    def shuffled(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(random.sample(texts, len(texts)))

    one = Settings(select=select, extend_select=extend, ignore=ignore)
    other = Settings(select=shuffled(select), extend_select=shuffled(extend), ignore=shuffled(ignore))

    assert selected_codes(one, registry) == selected_codes(other, registry)


def test_selecting_imports_no_rule(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object, code: str) -> None:
        raise AssertionError(f"{code} was imported")

    monkeypatch.setattr(Registry, "_load", refuse)

    assert selected_codes(Settings(select=("FMT",)), registry) == tuple(sorted(FMT))


def test_severity_is_the_rules_own_unless_a_selector_says_otherwise(registry: Registry) -> None:
    overrides = {"QUA024": Severity.ERROR, "QUA": Severity.INFO, "ALL": Severity.WARNING}

    found = {s.rule.code: s.severity for s in resolve(Settings(severity=overrides), registry)}

    assert found == {
        "ACME001": Severity.WARNING,
        "DIV003": Severity.WARNING,
        "FMT001": Severity.WARNING,
        "FMT101": Severity.WARNING,
        "FMT104": Severity.WARNING,
        "QUA002": Severity.INFO,
        "QUA007": Severity.INFO,
        "QUA024": Severity.ERROR,
    }
    assert resolve(Settings(select=("QUA007",)), registry)[0].severity is Severity.INFO


@pytest.mark.parametrize("name", ["near-duplicate", "DIV003"])
def test_options_reach_the_rule_typed(load: Callable[..., Settings], registry: Registry, name: str) -> None:
    settings = load(f'[rules.{name}]\nthreshold = 1\nmin-chars = 3\nwords = ["a"]\nhow = "slow"')

    options = next(s.options for s in resolve(settings, registry) if s.rule.code == "DIV003")

    assert vars(options) == {"threshold": 1.0, "min_chars": 3, "words": ("a",), "how": "slow"}
    assert isinstance(options.threshold, float)  # type: ignore[attr-defined]


def test_options_of_a_rule_that_does_not_run_are_checked_too(load: Callable[..., Settings]) -> None:
    with pytest.raises(DatalintError, match=r"^datalint.toml:3: near-duplicate has no such option"):
        load('ignore = ["DIV"]\n[rules.near-duplicate]\nmin-char = 3')


def test_per_file_ignores(load: Callable[..., Settings], registry: Registry) -> None:
    settings = load('[per-file-ignores]\n"legacy/*.jsonl" = ["FMT1"]\n"*.csv" = ["refusal", "DIV"]')
    ignored = file_ignores(settings, registry)

    assert ignored("legacy/a.jsonl") == FMT1
    assert ignored(f"{settings.root}/legacy/a.jsonl") == FMT1
    assert ignored("legacy/more/a.jsonl") == frozenset()
    assert ignored("legacy/a.csv") == {"QUA007", "DIV003"}
    assert ignored("a.jsonl") == frozenset()
