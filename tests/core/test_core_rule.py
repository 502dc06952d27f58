"""Declaring a rule: what is in order, and errors that point at file and line."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from datalint.api import (
    Dataset,
    Examples,
    Factor,
    FileFacts,
    Hit,
    Options,
    Record,
    Rule,
    RuleError,
    Scope,
    Severity,
    Turns,
    option,
    rule,
)
from datalint.core.declaring import FEATURES


@dataclass(frozen=True)
class Limits(Options):
    least: int = option(3, "the least", source="a book")
    words: tuple[str, ...] = option(("a",), "the words")


def test_rules_do_not_share_a_default_that_can_be_changed() -> None:
    shared = {"a": [1]}

    @dataclass(frozen=True)
    class Mutable(Options):
        table: dict[str, list[int]] = option(shared, "a table")  # noqa: RUF009

    first, second = Mutable(), Mutable()
    first.table["a"].append(2)
    assert second.table == shared == {"a": [1]}


def function_of(unit: Any, options: Any = Options) -> Any:
    def function(first: Any, second: Any) -> Iterator[Hit]:
        yield Hit("here")

    function.__annotations__ = {"first": unit, "second": options}
    return function


def declare(function: Any, code: str = "EXA001", name: str = "some-name", **more: Any) -> Rule:
    values: dict[str, Any] = {"severity": Severity.WARNING, "since": "0.1", **more}
    return rule(code, name, **values)(function)


@pytest.mark.parametrize(
    ("unit", "scope"),
    [
        (FileFacts, Scope.FILE),
        (Record, Scope.RECORD),
        (Turns, Scope.TURN),
        (Examples, Scope.EXAMPLE),
        (Dataset, Scope.DATASET),
        ("Record", Scope.RECORD),
    ],
)
def test_the_first_annotation_is_the_unit_of_work(unit: Any, scope: Scope) -> None:
    assert declare(function_of(unit)).scope is scope


def test_what_a_rule_knows() -> None:
    made = declare(function_of(Record, Limits), requires=("tools", "json"), gated=False, message="m")
    assert (made.code, made.name, made.severity, made.since) == ("EXA001", "some-name", Severity.WARNING, "0.1")
    assert (made.requires, made.gated, made.message) == (frozenset(("tools", "json")), False, "m")
    assert (made.module, made.summary) == (
        __name__,
        "Declaring a rule: what is in order, and errors that point at file and line.",
    )
    assert made.options_type is Limits
    assert repr(made) == "<Rule EXA001 some-name>"


@pytest.mark.parametrize(
    ("code", "factor"),
    [("FMT001", Factor.FORMAT), ("VOL001", Factor.VOLUME), ("DIV001", Factor.DIVERSITY), ("QUA001", Factor.QUALITY),
     ("BAL001", Factor.BALANCE), ("RDY001", Factor.READINESS),
     ("EXA001", Factor.QUALITY), ("ABCDEFGH999", Factor.QUALITY)],
)  # fmt: skip
def test_the_prefix_names_the_factor(code: str, factor: Factor) -> None:
    assert declare(function_of(Record), code).factor is factor


@pytest.mark.parametrize(
    "code", ["", "exa001", "E001", "EXA1", "EXA0001", "ABCDEFGHI001", "EXA001 ", "EXÄ001", "EXA٠٠١"]
)
def test_codes_that_cannot_be(code: str) -> None:
    with pytest.raises(RuleError, match=rf"{Path(__file__).name}:\d+: rule code .* is not two to eight capitals"):
        declare(function_of(Record), code)


@pytest.mark.parametrize(
    "name", ["", "Some-Name", "some_name", "some--name", "-name", "name-", "9lives", "some name", "naïve"]
)
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(RuleError, match=rf"{Path(__file__).name}:\d+: rule name .* is not kebab case"):
        declare(function_of(Record), name=name)


def one(record: Record) -> None: ...
def three(record: Record, options: Options, more: int) -> None: ...
def bare(record, options) -> None: ...  # type: ignore[no-untyped-def]
def half(record: Record, options) -> None: ...  # type: ignore[no-untyped-def]


@pytest.mark.parametrize("function", [one, three, bare, half])
def test_signatures_that_cannot_be(function: Any) -> None:
    line = function.__code__.co_firstlineno
    with pytest.raises(RuleError, match=rf"{Path(__file__).name}:{line}: a rule takes two annotated parameters"):
        declare(function)


@pytest.mark.parametrize("severity", ["warning", None, 2])
def test_severities_that_cannot_be(severity: Any) -> None:
    with pytest.raises(RuleError, match=rf"\.py:\d+: severity={severity!r} of EXA001 is not a member of Severity"):
        declare(function_of(Record), severity=severity)


@pytest.mark.parametrize("requires", [{"tool"}, {"tools", "calls"}, "preferences"])
def test_requirements_that_no_row_meets(requires: Any) -> None:
    with pytest.raises(
        RuleError, match=r"\.py:\d+: EXA001 requires '\w+', which no row has; there are tools, tool_calls"
    ):
        declare(function_of(Record), requires=requires)


def test_a_requirement_may_be_one_name() -> None:
    assert declare(function_of(Record), requires="tools").requires == {"tools"}


def test_every_requirement_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "writing-a-rule.md").read_text(encoding="utf-8")
    table = page.partition("A record rule runs as Python")[2].partition("If columns can tell")[0]
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE) == list(FEATURES.items())


@pytest.mark.parametrize(("unit", "shown"), [(int, "int"), ("Nothing", "Nothing"), (list[int], "list")])
def test_units_that_cannot_be(unit: Any, shown: str) -> None:
    with pytest.raises(RuleError, match=rf"the first parameter is '{shown}', not one of FileFacts, Record, Turns"):
        declare(function_of(unit))


@pytest.mark.parametrize("options", [dict, int, "Nothing", Limits()])
def test_options_that_cannot_be(options: Any) -> None:
    with pytest.raises(RuleError, match="the second parameter is not annotated with a subclass of Options"):
        declare(function_of(Record, options))


@pytest.mark.parametrize("document", [None, ""])
def test_a_module_without_a_page(monkeypatch: pytest.MonkeyPatch, document: str | None) -> None:
    module = ModuleType("made_up_module", document)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    function = function_of(Record)
    function.__module__ = module.__name__
    with pytest.raises(RuleError, match="the module of EXA001 has no docstring; it is the rule's page"):
        declare(function)


def test_options_take_values_over_defaults() -> None:
    made = declare(function_of(Record, Limits))
    assert made.options() == Limits(3, ("a",))
    assert made.options({"least": 5}) == Limits(5)
    with pytest.raises(TypeError, match="leest"):
        made.options({"leest": 5})
    with pytest.raises(FrozenInstanceError):
        made.options().least = 4  # type: ignore[attr-defined]


def test_rules_are_told_apart_by_identity() -> None:
    first, second = declare(function_of(Record)), declare(function_of(Record))
    assert first != second
    assert len({first, second}) == 2


@rule("EXA777", "pickled-rule", severity=Severity.INFO, since="0.1")
def pickled(record: Record, options: Options) -> Iterator[Hit]:
    yield Hit("here")


def test_a_rule_pickles_by_its_module() -> None:
    assert pickle.loads(pickle.dumps(pickled)) is pickled
    assert len(pickle.dumps(pickled)) < 500


def test_a_rule_of_a_local_file_is_found_again_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "local_rules.py"
    path.write_text(
        '"""A made-up rule."""\n'
        "from __future__ import annotations\n"
        "from datalint.api import Hit, Options, Record, Severity, rule\n"
        '@rule("LOC001", "local-rule", severity=Severity.INFO, since="0.1")\n'
        "def local(record: Record, options: Options):\n    yield Hit('here')\n"
    )
    from datalint.core.plugins import run_file

    name = run_file(path)
    try:
        data = pickle.dumps(name.local)
    finally:
        del sys.modules[name.__name__]
    code = "import pickle, sys; found = pickle.loads(sys.stdin.buffer.read()); print(found, found.code)"
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() == "<Rule LOC001 local-rule> LOC001"


def test_everything_an_author_needs_is_in_one_module() -> None:
    import datalint.api

    assert len(set(datalint.api.__all__)) == len(datalint.api.__all__)
    for name in datalint.api.__all__:
        assert getattr(datalint.api, name).__doc__, name
