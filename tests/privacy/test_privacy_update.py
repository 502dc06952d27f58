"""Rules in gitleaks' layout as formats, and the modules that hold them."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from datalint.privacy import update
from datalint.privacy.describe import described_formats
from datalint.privacy.kinds import kind
from datalint.privacy.regex_tree import UnsupportedError
from datalint.privacy.update import gitleaks_module, read_formats

END = r"(?:[\x60'\"\s;]|\\[nr]|$)".replace('\\"', '"')
NEAR = r"[\w.-]{0,50}?(?:acme)(?:[ \t\w.-]{0,20})[\s'"
NEAR += r'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[\x60' + "'" + r'"\s=]{0,5}'
CONFIG = rf"""
title = "a configuration"

[allowlist]
regexes = ['''^\$\{{NAME}}$''', '''(?i)^true|false$''', '''^/Home/(?i)[a-z]+$''']
stopwords = ["a-b.c"]

[[rules]]
id = "acme-api-key"
description = "A key with a prefix."
regex = '''\b(acme_(?i)[a-z0-9]{{32}}){END}'''
entropy = 3
keywords = ["acme_"]
[[rules.allowlists]]
regexes = ['''.+EXAMPLE$''']
[[rules.allowlists]]
regexTarget = "line"
regexes = ['''import''']

[[rules]]
id = "acme-url-pat"
description = "Two forms, of which only one has a literal."
regex = '''\b(?:AC[[:alnum:]]{{2}}-[\w-]{{30,}}|[a-f0-9]{{40}}|acpt-[\w=]{{40}})(?:[^\w]|\z)'''
keywords = ["acpt-"]

[[rules]]
id = "acme-open"
description = "No end, few characters."
regex = '''(?:xy|xz)\.ac\.[0-9A-Z]+_[a-z]{{8,90}}'''
keywords = ["ac."]

[[rules]]
id = "acme-token"
description = "A value near a word."
regex = '''(?i){NEAR}([a-z0-9]{{32}}){END}'''
keywords = ["acme"]

[[rules]]
id = "acme-file"
description = "About files."
path = '''\.p12$'''
"""
RECORDS = """#: Values that are never secrets, whatever their format: names of variables, one letter again and again.
ALLOWED: Final = (
    r"(?:^\\$\\{NAME}$)",
    "(?:(?i:^true|false$))",
    "(?:^/Home/(?i:[a-z]+$))",
    r"a\\-b\\.c",
)

FORMATS: Final = (
    SecretFormat(
        id="acme-api-key",
        kind="Acme API key",
        pattern="acme_[A-Za-z0-9]{32}",
        markers=("acme_",),
        sign="tail",
        entropy=3.0,
        allowed="(?:.+EXAMPLE$)",
    ),
    SecretFormat(
        id="acme-url-pat",
        kind="Acme URL personal access token",
        pattern="acpt-[A-Za-z0-9=_]{40}",
        markers=("acpt-",),
        sign="tail",
        end="[A-Za-z0-9=_-]",
    ),
    SecretFormat(
        id="acme-open",
        kind="Acme open",
        pattern=r"(?:xy|xz)\\.ac\\.[A-Z0-9]{1,1001}_[a-z]{8,90}",
        markers=("xy.ac.", "xz.ac."),
        sign="tail",
        end="",
    ),
)
"""


def test_a_configuration_becomes_a_module() -> None:
    found = read_formats(tomllib.loads(CONFIG))
    text = gitleaks_module(found, licence="A licence.\n", revision="0" * 40, date="2026-02-03")
    head, _, records = text.partition("\n#: Values that")
    assert f"#: Values that{records}" == RECORDS
    assert head.startswith('"""Formats of secrets from gitleaks\' configuration')
    assert "\nA licence.\n" in head
    assert f'REVISION: Final = "{"0" * 40}"' in head
    assert 'DATE: Final = "2026-02-03"' in head
    assert found.left_out == {"acme-token": "no literal of its own", "acme-file": "about names of files"}
    module: dict[str, object] = {}
    exec(compile(text, "module", "exec"), module)
    assert module["FORMATS"] == found.formats
    assert module["ALLOWED"] == found.allowed


def test_the_command_writes_the_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, licence, module = tmp_path / "rules.toml", tmp_path / "LICENSE", tmp_path / "made.py"
    config.write_text(CONFIG, "utf-8")
    licence.write_text("A licence.", "utf-8")
    monkeypatch.setattr(update, "GITLEAKS_MODULE", module)
    given = [str(config), "--licence", str(licence), "--revision", "0" * 40, "--date", "2026-02-03"]
    monkeypatch.setattr(sys, "argv", ["update", *given])
    update.main()
    assert RECORDS in module.read_text("utf-8")


@pytest.mark.parametrize("missing", ["--licence", "--revision", "--date"])
def test_a_configuration_needs_its_origin(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"--licence": "LICENSE", "--revision": "0", "--date": "2026-02-03"}
    del given[missing]
    monkeypatch.setattr(sys, "argv", ["update", "rules.toml", *(part for pair in given.items() for part in pair)])
    with pytest.raises(SystemExit):
        update.main()


ASSIGNED = "[(:=]>? ?\\\\?[\"'`]?(?P<value>"


@pytest.mark.parametrize(
    ("rule", "patterns", "signs"),
    [
        ({"regex": r"\bkey1[a-z]{30}\b"}, ["key1[a-z]{30}"], [""]),
        ({"regex": r"\bkey1[a-z]{30}\b", "assigned": True}, [f"{ASSIGNED}key1[a-z]{{30}})"], ["value"]),
        ({"regex": r"[0-9]{8}:AA[\w-]{33}", "markers": [":AA"]}, ["[0-9]{8}:AA[A-Za-z0-9_-]{33}"], ["value"]),
        ({"regex": r"Key=(?P<value>[a-z]{30})"}, ["Key=(?P<value>[a-z]{30})"], ["value"]),
        ({"regex": r"(?:WXYZ|abc-)[a-z]{30}"}, ["WXYZ[a-z]{30}", "abc-[a-z]{30}"], ["", "tail"]),
        ({"regex": r"(?:https?://)?hook.acme.com/[a-z/]{20}"}, [r"hook\.acme\.com/[a-z/]{20}"], [""]),
        ({"regex": r"ab-[a-z]{5,40}"}, ["ab-[a-z]{5,40}"], ["tail"]),
        ({"regex": r"ab-c[a-z]{12}"}, ["ab-c[a-z]{12}"], [""]),
        ({"regex": r"(?i)\bab_[a-f0-9]{24,}"}, ["ab_[A-Fa-f0-9]{24,1024}"], ["tail"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_becomes_of_a_rule(rule: dict[str, object], patterns: list[str], signs: list[str]) -> None:
    found = described_formats({"id": "some-key", **rule})
    assert [each.pattern for each in found] == patterns
    assert [each.sign for each in found] == signs


@pytest.mark.parametrize("pattern", ["[a-z]{40}", "SK[a-f0-9]{32}", r"ab:[^a]{20}", r"abcd\s{20}", r"abcd.{20}"])
def test_what_can_not_be_used(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        described_formats({"id": "some-key", "regex": pattern})


def test_kinds_are_spelled_for_readers() -> None:
    assert kind("github-app-token") == "GitHub app token"
    assert kind("acme-url-id") == "Acme URL ID"
    assert kind("gitlab-ptt") == "GitLab pipeline trigger token"
