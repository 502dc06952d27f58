from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rule_pages import PAGE

from datalint.config.load import load_settings
from datalint.config.model import Settings
from datalint.config.paths import default_inputs, evaluation_inputs
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry


def write(path: Path, target: str, *, table: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{"[tool.datalint]" if table else ""}\ntarget = "{target}"\n', encoding="utf-8")


def test_the_nearest_folder_wins_and_in_it_the_hidden_file(project: Path, registry: Registry) -> None:
    inside = project / "data"

    def target() -> tuple[str, ...] | str:
        return load_settings(["data/train.jsonl"], registry=registry).target

    assert target() == ()
    write(project.parent / "datalint.toml", "above")
    assert target() == "above"
    write(project / "pyproject.toml", "pyproject", table=True)
    assert target() == "pyproject"
    write(project / "datalint.toml", "plain")
    assert target() == "plain"
    write(project / ".datalint.toml", "hidden")
    assert target() == "hidden"
    write(inside / "pyproject.toml", "inside", table=True)
    assert target() == "inside"


@pytest.mark.parametrize(
    "text",
    ["", "[project]\nname = 'x'", "not TOML =", "# datalint\n[tool.other]\na = 1", "tool = 3 # datalint"],
)
def test_a_pyproject_without_our_table_is_passed_over(project: Path, registry: Registry, text: str) -> None:
    write(project.parent / "datalint.toml", "above")
    (project / "pyproject.toml").write_text(text, encoding="utf-8")

    assert load_settings(registry=registry).target == "above"


@pytest.mark.parametrize(
    ("first", "target"),
    [
        ("sub/train.jsonl", "sub"),
        ("sub", "sub"),
        ("sub/missing/train.jsonl", "sub"),
        ("other/../sub/train.jsonl", "sub"),
        ("train.jsonl", "here"),
        ("-", "here"),
        ("hf://owner/name", "here"),
        ("\0", "here"),
        ("x" * 5000, "here"),
    ],
)
def test_the_search_starts_at_the_input(project: Path, registry: Registry, first: str, target: str) -> None:
    write(project / "datalint.toml", "here")
    write(project / "sub" / "datalint.toml", "sub")

    assert load_settings([first], registry=registry).target == target


def test_a_named_file_and_none_at_all(project: Path, registry: Registry) -> None:
    write(project / "datalint.toml", "here")
    write(project / "conf" / "other.toml", "other")
    write(project / "conf" / "pyproject.toml", "table", table=True)

    def load(**options: object) -> tuple[str, ...] | str:
        return load_settings(registry=registry, **options).target  # type: ignore[arg-type]

    assert load(config="conf/other.toml") == "other"
    assert load(config=project / "conf/pyproject.toml") == "table"
    assert load(isolated=True) == ()
    with pytest.raises(DatalintError, match=r"^--isolated reads no configuration"):
        load(isolated=True, config="conf/other.toml")
    with pytest.raises(DatalintError, match=r"^no such file: missing.toml: check the path$"):
        load(config="missing.toml")
    (project / "conf" / "pyproject.toml").write_text("[tool.other]", encoding="utf-8")
    with pytest.raises(DatalintError, match=r"^conf/pyproject.toml: has no table \[tool.datalint\]$"):
        load(config="conf/pyproject.toml")


def test_a_mistake_in_a_file_above_is_shown_with_its_whole_path(project: Path, registry: Registry) -> None:
    (project.parent / "datalint.toml").write_text("\nx = 1", encoding="utf-8")

    with pytest.raises(DatalintError) as caught:
        load_settings(registry=registry)

    assert str(caught.value).startswith(f"{project.parent / 'datalint.toml'}:2: unknown key")


TEXT = """
data = ["data/*.jsonl", "extra.jsonl"]
exclude = ["data/raw*"]
eval = ["held [out].jsonl", "hf://owner/name"]
schema = "row.schema.json"
"""


@pytest.fixture
def files(project: Path) -> Path:
    for name in ("data/b.jsonl", "data/a.jsonl", "data/raw.jsonl", "data/c.jsonl/x", "held o.jsonl"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return project


def test_paths_are_relative_to_the_file_that_names_them(
    files: Path, load: Callable[..., Settings], registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = load(TEXT)

    assert default_inputs(here) == ["data/a.jsonl", "data/b.jsonl", "extra.jsonl"]
    assert evaluation_inputs(here) == ["held o.jsonl", "hf://owner/name"]
    assert here.schema == "row.schema.json"

    monkeypatch.chdir(files.parent)
    above = load_settings(["project/data"], registry=registry)

    assert default_inputs(above) == ["project/data/a.jsonl", "project/data/b.jsonl", "project/extra.jsonl"]
    assert above.schema == "project/row.schema.json"

    monkeypatch.chdir(files / "data")
    below = load_settings(registry=registry)

    assert default_inputs(below) == [f"{files}/data/a.jsonl", f"{files}/data/b.jsonl", f"{files}/extra.jsonl"]
    assert evaluation_inputs(below) == [f"{files}/held o.jsonl", "hf://owner/name"]


@pytest.mark.parametrize("rule", ["schema-violation", "FMT109"])
def test_the_schema_of_a_rule_is_relative_to_the_file_that_names_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    rules = Registry()
    rules.load_builtin()
    (project / "datalint.toml").write_text(f'[rules.{rule}]\nschema = "row.schema.json"', encoding="utf-8")

    def schema(*inputs: str, **overrides: str) -> object:
        given = {f"rules.{rule}.{key}": value for key, value in overrides.items()}
        return load_settings(inputs, registry=rules, overrides=given).rules[rule]["schema"]

    assert schema() == "row.schema.json"
    monkeypatch.chdir(project.parent)
    assert schema("project/data") == "project/row.schema.json"
    assert schema("project/data", schema="own.json") == "own.json"


def test_a_folder_whose_name_is_a_glob(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a[b]"
    folder.mkdir()
    (folder / "datalint.toml").write_text('data = ["one.jsonl", "x*.jsonl"]', encoding="utf-8")
    (folder / "x.jsonl").touch()
    (folder / "one.jsonl").touch()
    monkeypatch.chdir(tmp_path)

    settings = load_settings(["a[b]/x.jsonl"], registry=registry)

    assert default_inputs(settings) == ["a[b]/one.jsonl", "a[b]/x.jsonl"]


def test_paths_of_the_command_line_are_relative_to_the_working_folder(
    files: Path, load: Callable[..., Settings], registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(TEXT)
    monkeypatch.chdir(files / "data")

    settings = load_settings(registry=registry, overrides={"eval": ("own.jsonl",), "schema": "own.json"})

    assert evaluation_inputs(settings) == ["own.jsonl"]
    assert settings.schema == "own.json"


@pytest.mark.parametrize(("text", "expected"), [("", None), ("eval = false", False), ('eval = "e.jsonl"', ["e.jsonl"])])
def test_what_eval_may_be(load: Callable[..., Settings], text: str, expected: object) -> None:
    assert evaluation_inputs(load(text)) == expected


def test_a_glob_that_matches_nothing(load: Callable[..., Settings]) -> None:
    with pytest.raises(DatalintError, match=r'^datalint.toml:2: no file matches "none/\*\.jsonl"$'):
        default_inputs(load('\ndata = ["none/*.jsonl"]'))


def test_the_command_line_goes_over_the_file(load: Callable[..., Settings]) -> None:
    text = 'target = "openai"\nexclude = ["a"]\n[columns]\nprompt = "q"\n[near-duplicates]\nview = "prompt"'
    settings = load(
        text,
        overrides={
            "target": "together",
            "exclude": ("b",),
            "columns": {"response": "a.b"},
            "near-duplicates.threshold": 0.9,
            "profile": None,
            "data": (),
            "eval": False,
            "max-findings": 0,
        },
    )

    assert (settings.target, settings.exclude, settings.eval, settings.max_findings) == (
        "together",
        ("b",),
        False,
        0,
    )
    assert settings.columns == {"prompt": "q", "response": "a.b"}
    assert (settings.near_duplicates.view, settings.near_duplicates.threshold) == ("prompt", 0.9)
    assert settings.profile == "guide"


def test_local_plugins_run_only_when_allowed(project: Path, load: Callable[..., Settings]) -> None:
    (project / "own.py").write_text(
        f"{PAGE}from datalint.api import FileFacts, Options, Severity, rule\n"
        'open("ran", "w").close()\n'
        '@rule("OWN001", "own-rule", severity=Severity.INFO, since="1")\n'
        "def own(facts: FileFacts, options: Options):\n    yield from ()\n",
        encoding="utf-8",
    )
    text = 'plugins = [\n"own.py",\n]\n'

    assert load(text).plugins == ("own.py",)
    assert not (project / "ran").exists()
    with pytest.raises(DatalintError, match=r'^datalint.toml:4: ignore: unknown rule "OWN001".*--allow-local-plugins'):
        load(text + 'ignore = ["OWN001"]')
    assert not (project / "ran").exists()
    with pytest.raises(DatalintError, match=r"^datalint.toml:1: local plug-in missing.py: no such file$"):
        load('plugins = ["missing.py"]', allow_local_plugins=True)

    assert load(text + 'ignore = ["own-rule"]', allow_local_plugins=True).ignore == ("own-rule",)
    assert (project / "ran").exists()
