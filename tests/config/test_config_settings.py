from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from datalint.config.explain import explain
from datalint.config.gates import load_gates
from datalint.config.load import load_settings
from datalint.config.model import Meaning, Settings
from datalint.config.paths import covers
from datalint.config.schema import config_schema
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.shapes.mapped import MEANINGS

TEXT = """\
profile = "strict"
ignore = ["QUA007"]
eval = "held-out.jsonl"

[columns]
prompt = "question"
response = "answer"

[severity]
FMT = "warning"

[rules.near-duplicate]
threshold = 0.8
words = ["a", "b"]

[gates.redundant-share]
fail = 0.05

[balance]
field = "topic"
expected = { billing = 0.333, other = 0.333, "with a space" = 0.333 }
"""


def test_explain_says_who_set_what(load: Callable[..., Settings]) -> None:
    settings = load(TEXT, overrides={"ignore": ("FMT104",), "near-duplicates.view": "prompt"})

    rows = [(row.key, row.value, row.origin) for row in explain(settings)]

    assert [key for key, _, _ in rows[:3]] == ["profile", "fail-on", "target"]
    for row in [
        ("profile", "strict", "datalint.toml:1"),
        ("fail-on", "fail", "default"),
        ("ignore", ["QUA007"], "datalint.toml:2"),
        ("ignore", ["FMT104"], "command line"),
        ("eval", "held-out.jsonl", "datalint.toml:3"),
        ("columns.prompt", "question", "datalint.toml:6"),
        ("severity.FMT", "warning", "datalint.toml:10"),
        ("rules.near-duplicate.threshold", 0.8, "datalint.toml:13"),
        ("rules.near-duplicate.words", ["a", "b"], "datalint.toml:14"),
        ("gates.redundant-share.fail", "over 5 %", "datalint.toml:17"),
        ("gates.redundant-share.warn", "over 1 %", "profile strict"),
        ("gates.leaked-near.warn", "off", "profile strict"),
        ("balance.field", "topic", "datalint.toml:20"),
        ('balance.expected."with a space"', 0.333, "datalint.toml:21"),
        ("near-duplicates.view", "prompt", "command line"),
        ("near-duplicates.threshold", 0.7, "default"),
        ("max-findings", 100, "default"),
    ]:
        assert row in rows
    assert rows.index(("ignore", ["FMT104"], "command line")) > rows.index(("ignore", ["QUA007"], "datalint.toml:2"))


def test_settings_survive_the_way_to_a_worker(load: Callable[..., Settings]) -> None:
    settings = load(TEXT)

    assert pickle.loads(pickle.dumps(settings)) == settings


def test_the_category_key_from_either_place(load: Callable[..., Settings]) -> None:
    assert load("").category is None
    assert load('[columns]\ncategory = "topic"').category == "topic"
    assert load('[balance]\nfield = "topic"').category == "topic"
    assert load('[columns]\ncategory = "topic"\n[balance]\nfield = "topic"').category == "topic"


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.333, 0.333, 0.333), (1,), (0.3, 0.71), (0.99,), (1, 0)])
def test_expected_shares_may_be_rounded(load: Callable[..., Settings], shares: tuple[float, ...]) -> None:
    lines = "\n".join(f"c{index} = {share}" for index, share in enumerate(shares))

    assert tuple(load(f"[balance.expected]\n{lines}").balance.expected.values()) == shares


def test_columns_can_be_mapped_to_what_shapes_know() -> None:
    assert get_args(Meaning) == MEANINGS


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.csv", "a.csv", True),
        ("*.csv", "deep/down/a.csv", True),
        ("a.csv", "b.csv", False),
        ("raw", "data/raw/a.jsonl", True),
        ("data/raw", "data/raw/a.jsonl", True),
        ("data/raw/", "data/raw/a.jsonl", True),
        ("./data/raw", "data/raw/a.jsonl", True),
        ("raw/a.jsonl", "data/raw/a.jsonl", False),
        ("**/raw/*.jsonl", "data/raw/a.jsonl", True),
        ("**/raw/*.jsonl", "raw/a.jsonl", True),
        ("data/*.jsonl", "data/raw/a.jsonl", False),
        ("data/**/*.jsonl", "data/a.jsonl", True),
        ("data/**/*.jsonl", "data/raw/old/a.jsonl", True),
        ("data/**", "data/raw/old/a.jsonl", True),
        ("**", "anything", True),
        ("/raw", "data/raw", False),
        ("[ab].csv", "b.csv", True),
        ("[", "[", True),
        ("", "a.csv", False),
        ("data/../*.csv", "a.csv", False),
        ("../*.csv", "../a.csv", True),
        ("**/**/**/**/**/**/**/**/x", "/".join("a" * 60), False),
        ("name", "hf://owner/name", True),
        ("*.CSV", "a.csv", False),
    ],
)
def test_what_a_glob_covers(project: Path, pattern: str, path: str, expected: bool) -> None:
    assert covers(pattern, path, str(project)) is expected
    if "://" not in path:
        assert covers(pattern, f"{project}/{path}", str(project)) is expected


def test_a_glob_from_the_root_of_the_disk(project: Path) -> None:
    assert covers(f"{project}/data/*.csv", "data/a.csv", str(project))
    assert not covers(f"{project}/data/*.csv", "a.csv", str(project))


@pytest.fixture
def schema(registry: Registry) -> dict[str, Any]:
    return _checked(json.dumps(config_schema(registry)))


@cache
def _checked(schema: str) -> dict[str, Any]:
    """Return a schema after checking that it is one, which takes twenty times as long as using it."""
    found: dict[str, Any] = json.loads(schema)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def valid(schema: dict[str, Any], text: str) -> bool:
    import tomllib

    return jsonschema.Draft202012Validator(schema).is_valid(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        'select = ["ALL", "FMT", "FMT1", "FMT10", "FMT104", "missing-key", "ACME"]',
        "eval = false",
        'eval = ["a", "b"]',
        "[gates.largest-category-share]\nwarn = { times-even = 3 }\nfail = false",
        '[per-file-ignores]\n"*.csv" = ["QUA"]',
        "[rules.DIV003]\nmin-chars = 3",
    ],
)
def test_the_schema_takes_what_the_loader_takes(
    schema: dict[str, Any], load: Callable[..., Settings], text: str
) -> None:
    load(text)

    assert valid(schema, text)


@pytest.mark.parametrize(
    "text",
    [
        "ignor = []",
        'select = ["FTM"]',
        "eval = true",
        'profile = "lax"',
        "[near-duplicates]\nthreshold = 0",
        '[near-duplicates]\nshingle = "5"',
        "[gates.redundnt-share]\nwarn = 1",
        "[gates.shapes]\nfail = { above = 1 }",
        "[rules.near-duplicate]\ntreshold = 1",
        "[rules.nonsense]",
        '[severity]\nFMT = "off"',
        '[columns]\npromt = "q"',
        "max-findings = -1",
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(
    schema: dict[str, Any], load: Callable[..., Settings], text: str
) -> None:
    with pytest.raises(DatalintError):
        load(text)

    assert not valid(schema, text)


def test_the_schema_tells_editors_defaults_and_meanings(schema: dict[str, Any]) -> None:
    assert schema["properties"]["max-findings"]["default"] == 100
    options = schema["properties"]["rules"]["properties"]["near-duplicate"]["properties"]
    assert options["threshold"] == {"description": "from which on", "type": "number", "default": 0.7}
    assert options["how"]["enum"] == ["fast", "slow"]


def test_loading_settings_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text(TEXT.split("[rules")[0].replace("QUA007", "ALL").replace("FMT", "ALL"))
    code = (
        "import sys; from datalint.config.load import load_settings; "
        "from datalint.core.registry import Registry; "
        "load_settings(registry=Registry.default()); "
        "print(*sorted({'numpy', 'polars', 'pandas', 'rapidfuzz', 'importlib.metadata', 'rich', 'click'} "
        "& sys.modules.keys()))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert found.stdout.split() == []


def test_real_rules_and_settings_agree(project: Path) -> None:
    registry = Registry.default()
    assert explain(load_settings(registry=registry))
    assert config_schema(registry)["properties"]["rules"]["type"] == "object"
    for gate in load_gates(Settings()).values():
        assert all(registry.selector(rule) for rule in gate.rules)
