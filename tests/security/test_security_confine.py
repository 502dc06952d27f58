"""``--confine``: nothing outside of the folder is read or written, whatever an argument, a file or a link says."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hostile import LINE, Checkout, run
from hypothesis import given
from hypothesis import strategies as st

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.errors import DatalintError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

SECRET: Final = "only-outside-of-the-checkout"
ROW: Final = json.dumps({"prompt": SECRET, "completion": SECRET}) + "\n"
SCHEMA: Final = json.dumps({"properties": {"prompt": {"maxLength": 1}}})

Make = Callable[[Checkout, Path], tuple[str, ...]]


def _linked(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", outside / "secret.jsonl")
    return ("data/link.jsonl",)


def _linked_relatively(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", "../../outside/secret.jsonl")
    return ("data/link.jsonl",)


def _linked_twice(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", "other.jsonl")
    checkout.link("data/other.jsonl", outside / "secret.jsonl")
    return ("data/link.jsonl",)


def _in_linked_folder(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("more", outside)
    return ("more/secret.jsonl",)


def _linked_folder(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("more", outside)
    return ("more",)


def _folder_with_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", outside / "secret.jsonl")
    return ("data",)


def _glob_of_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", outside / "secret.jsonl")
    return ("data/l*.jsonl",)


def _glob_of_everything(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/link.jsonl", outside / "secret.jsonl")
    return ("**/*.jsonl",)


def _glob_with_dots(checkout: Checkout, _: Path) -> tuple[str, ...]:
    checkout.write("data/deep/more.jsonl", LINE)
    return ("data/d*/../../../outside/*.jsonl",)


def _saved(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.write("saved/dataset_info.json", "{}")
    checkout.link("saved/state.json", outside / "state.json")
    return ("saved",)


def _saved_splits(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.write("saved/dataset_dict.json", '{"splits": ["train"]}')
    checkout.write("saved/train/state.json", '{"_data_files": [{"filename": "a.arrow"}]}')
    checkout.link("saved/train/a.arrow", outside / "secret.jsonl")
    return ("saved",)


#: Inputs that lead outside: what is committed, and the arguments.
INPUTS: Final[dict[str, Make]] = {
    "absolute": lambda _, outside: (str(outside / "secret.jsonl"),),
    "..": lambda *_: ("../outside/secret.jsonl",),
    ".. behind a folder": lambda *_: ("data/../../outside/secret.jsonl",),
    "folder": lambda *_: ("../outside",),
    "glob": lambda *_: ("../outside/*.jsonl",),
    "absolute glob": lambda _, outside: (f"{outside}/*.jsonl",),
    "glob behind ..": _glob_with_dots,
    "link": _linked,
    "relative link": _linked_relatively,
    "link to a link": _linked_twice,
    "in a linked folder": _in_linked_folder,
    "linked folder": _linked_folder,
    "folder with a link": _folder_with_link,
    "glob of a link": _glob_of_link,
    "glob of everything": _glob_of_everything,
    "saved dataset": _saved,
    "saved splits": _saved_splits,
}


def _config(text: str, *more: str) -> Make:
    def make(checkout: Checkout, outside: Path) -> tuple[str, ...]:
        checkout.write("datalint.toml", text.replace("OUTSIDE", str(outside)))
        return more

    return make


def _config_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("datalint.toml", outside / "datalint.toml")
    return ("data/train.jsonl",)


def _config_named(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("conf/datalint.toml", outside / "datalint.toml")
    return ("--config", "conf/datalint.toml", "data/train.jsonl")


def _schema_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.write("datalint.toml", 'schema = "rows.schema.json"')
    checkout.link("rows.schema.json", outside / "schema.json")
    return ("data/train.jsonl",)


def _evaluation_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link("data/eval.jsonl", outside / "secret.jsonl")
    return ("data/train.jsonl",)


def _baseline_link(checkout: Checkout, outside: Path) -> tuple[str, ...]:
    checkout.link(".datalint-baseline.jsonl", outside / "baseline.jsonl")
    return ("data/train.jsonl",)


#: The same by configuration, and by files that are found by their names.
FILES: Final[dict[str, Make]] = {
    "data": _config('data = ["../outside/secret.jsonl"]'),
    "data, absolute": _config('data = ["OUTSIDE/secret.jsonl"]'),
    "data, glob": _config('data = ["../outside/*.jsonl"]'),
    "data, folder": _config('data = ["../outside"]'),
    "data, hub": _config('data = ["hf://datasets/owner/private"]'),
    "eval": _config('eval = "../outside/secret.jsonl"', "data/train.jsonl"),
    "eval, glob": _config('eval = ["OUTSIDE/*.jsonl"]', "data/train.jsonl"),
    "eval, hub": _config('eval = "hf://datasets/owner/private"', "data/train.jsonl"),
    "eval option": lambda _, outside: ("data/train.jsonl", "--eval", str(outside / "secret.jsonl")),
    "schema": _config('schema = "../outside/schema.json"', "data/train.jsonl"),
    "schema, absolute": _config('schema = "OUTSIDE/schema.json"', "data/train.jsonl"),
    "schema of a rule": _config('[rules.schema-violation]\nschema = "../outside/schema.json"', "data/train.jsonl"),
    "schema option": lambda _, outside: ("data/train.jsonl", "--schema", str(outside / "schema.json")),
    "schema link": _schema_link,
    "configuration link": _config_link,
    "configuration link that is named": _config_named,
    "evaluation link": _evaluation_link,
    "baseline link": _baseline_link,
    "baseline option": lambda _, outside: ("data/train.jsonl", "--baseline", str(outside / "baseline.jsonl")),
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.jsonl").write_text(ROW, encoding="utf-8")
    (folder / "schema.json").write_text(SCHEMA, encoding="utf-8")
    (folder / "datalint.toml").write_text(f'# {SECRET}\nselect = ["{SECRET}"]\n', encoding="utf-8")
    (folder / "baseline.jsonl").write_text(f"{SECRET}\n", encoding="utf-8")
    (folder / "state.json").write_text(f'{{"_data_files": [{{"filename": "{SECRET}"}}]}}', encoding="utf-8")
    return folder


def refused(checkout: Checkout, *arguments: str) -> str:
    done = run(*arguments, "--confine", ".", cwd=checkout.path)
    assert done.code == 2, done.output
    assert "--confine" in done.error
    assert SECRET not in done.output + done.error
    assert "failed" not in done.error
    return done.error


@pytest.mark.parametrize("case", INPUTS)
@pytest.mark.parametrize("command", ["check", "clusters", "baseline"])
def test_no_input_leads_outside(checkout: Checkout, outside: Path, command: str, case: str) -> None:
    for given_ in INPUTS[case](checkout, outside):
        assert "outside of" in refused(checkout, command, given_)


@pytest.mark.parametrize("case", INPUTS)
def test_no_side_of_a_comparison_leads_outside(checkout: Checkout, outside: Path, case: str) -> None:
    for given_ in INPUTS[case](checkout, outside):
        refused(checkout, "compare", given_, "data/train.jsonl")
        refused(checkout, "compare", "data/train.jsonl", given_)


@pytest.mark.parametrize("case", FILES)
def test_no_file_of_the_checkout_leads_outside(checkout: Checkout, outside: Path, case: str) -> None:
    refused(checkout, "check", *FILES[case](checkout, outside))


@pytest.mark.parametrize("target", [".git/config", "../checkout/.git/config", ".git", ".git/../.git/config"])
@pytest.mark.parametrize("command", ["check", "clusters", "baseline"])
def test_git_folders_are_closed(checkout: Checkout, command: str, target: str) -> None:
    checkout.git("config", "http.extraheader", SECRET)
    checkout.link("train.txt", target)
    for given_ in ("train.txt", target):
        assert ".git folder" in refused(checkout, command, given_)
    checkout.write("datalint.toml", 'data = ["train.txt"]\nschema = ".git/config"')
    assert ".git folder" in refused(checkout, "check")


@pytest.mark.parametrize("name", [".GIT", ".git.", ".git ", "GIT~1", ".git::$INDEX_ALLOCATION"])
def test_names_that_some_file_system_takes_for_git_are_closed(checkout: Checkout, name: str) -> None:
    checkout.write(f"{name}/train.jsonl", LINE)
    assert ".git folder" in refused(checkout, "check", f"{name}/train.jsonl")


OUTPUTS: Final = [
    "../outside/report",
    "linked/report",
    "linked/../report2/../../outside/report",
    ".git/config",
    "to-git",
]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("command", [("check", "html:"), ("compare", "html:"), ("baseline", "")])
def test_no_output_leads_outside(checkout: Checkout, outside: Path, command: tuple[str, str], output: str) -> None:
    checkout.link("linked", outside)
    checkout.link("to-git", ".git/config")
    before = (checkout.path / ".git" / "config").read_bytes()
    name, kind = command
    inputs = ("data/train.jsonl", "data/train.jsonl") if name == "compare" else ("data/train.jsonl",)
    option = "--baseline" if name == "baseline" else "--output"
    refused(checkout, name, *inputs, option, f"{kind}{output}")
    assert sorted(path.name for path in outside.iterdir() if path.name == "report") == []
    assert (checkout.path / ".git" / "config").read_bytes() == before


def test_the_cache_is_not_written_outside(checkout: Checkout, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATALINT_NO_CACHE", raising=False)
    done = run("check", "data/train.jsonl", "--cache-dir", str(outside / "c"), "--confine", ".", cwd=checkout.path)
    assert done.code == 1
    assert "can't keep the cache" in done.error
    assert not (outside / "c").exists()


def test_links_inside_are_followed(checkout: Checkout) -> None:
    checkout.link("data/link.jsonl", "train.jsonl")
    checkout.link("conf/datalint.toml", "../real.toml")
    checkout.link("schema.json", "data/../real.json")
    checkout.link("reports", "data")
    checkout.write("real.toml", 'schema = "../schema.json"\nselect = ["FMT"]\n')
    checkout.write("real.json", SCHEMA)
    done = run("check", "data/link.jsonl", "--config", "conf/datalint.toml", "--confine", str(checkout.path),
               "--output", "json:reports/report.json", "--output-format", "concise", cwd=checkout.path)  # fmt: skip
    assert "FMT109" in done.output, done.error
    assert (checkout.path / "data" / "report.json").is_file()


def test_a_confinement_may_be_a_link_itself(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(checkout.path)
    checkout.write("datalint.toml", 'data = ["data/*.jsonl"]\n')
    alias = str(tmp_path / "alias")
    for given_ in ((), (f"{alias}/data/train.jsonl",), ("data/train.jsonl",)):
        assert run("check", *given_, "--confine", alias, "--exit-zero", cwd=checkout.path).code == 0


def test_several_folders(checkout: Checkout, outside: Path) -> None:
    confined = ("--confine", ".", "--confine", str(outside))
    done = run("check", "data/train.jsonl", *confined, "--output", f"json:{outside}/r.json", "-q", cwd=checkout.path)
    assert done.code == 1
    assert (outside / "r.json").is_file()
    refused(checkout, "check", "data/train.jsonl", "--output", f"json:{outside}/r.json")


def test_configuration_above_is_not_looked_for(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text("[nonsense]\n", encoding="utf-8")
    assert run("check", "data/train.jsonl", "--exit-zero", cwd=checkout.path).code == 2
    assert run("check", "data/train.jsonl", "--exit-zero", "--confine", ".", cwd=checkout.path).code == 0


def test_a_configuration_that_is_named_outside_is_trusted(checkout: Checkout, outside: Path) -> None:
    """Whoever wrote the command named it: it brings its schema and its baseline, and no data."""
    (outside / "mine.toml").write_text('schema = "schema.json"\n', encoding="utf-8")
    (outside / ".datalint-baseline.jsonl").write_text("", encoding="utf-8")
    named = ("--config", str(outside / "mine.toml"))
    done = run("check", "data/train.jsonl", *named, "--confine", ".", "--output-format", "concise", cwd=checkout.path)
    assert "FMT109" in done.output, done.error
    (outside / "mine.toml").write_text('data = ["secret.jsonl"]\n', encoding="utf-8")
    refused(checkout, "check", *named)
    (outside / "mine.toml").write_text(f'schema = "{checkout.path}/schema.json"\n', encoding="utf-8")
    checkout.link("schema.json", outside / "schema.json")
    refused(checkout, "check", "data/train.jsonl", *named)


def test_rules_of_a_project_are_confined_too(checkout: Checkout, outside: Path) -> None:
    (outside / "rule.py").write_text(f"raise SystemExit('{SECRET}')", encoding="utf-8")
    checkout.write("datalint.toml", 'plugins = ["../outside/rule.py"]')
    refused(checkout, "check", "data/train.jsonl", "--allow-local-plugins")


def test_a_folder_that_is_not_there(checkout: Checkout) -> None:
    for folder in ("nowhere", "data/train.jsonl"):
        done = run("check", "data/train.jsonl", "--confine", folder, cwd=checkout.path)
        assert (done.code, "is not a folder; --confine" in done.error) == (2, True)


def test_without_confinement_nothing_changes(checkout: Checkout, outside: Path) -> None:
    checkout.link("data/link.jsonl", outside / "secret.jsonl")
    assert run("check", "data/link.jsonl", "--exit-zero", cwd=checkout.path).code == 0
    ANYWHERE.check("/etc/passwd")


@given(st.lists(st.sampled_from(["..", ".", "a", "b", ".git", "up", "down", "file"]), min_size=1, max_size=6))
def test_what_is_allowed_lies_inside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "property" / "root"
    if not root.exists():
        (root / "a" / "b").mkdir(parents=True)
        (root / ".git").mkdir()
        (root / "a" / "up").symlink_to("../..")
        (root / "a" / "down").symlink_to("b")
        (root / "b").symlink_to("a/b")
    path = os.path.join(root, *parts)  # noqa: PTH118 - Path would drop the dots
    real = Path(os.path.realpath(path))
    inside = real.is_relative_to(root) and ".git" not in real.relative_to(root).parts
    try:
        Confinement.to([root]).check(path)
    except DatalintError:
        assert not inside
    else:
        assert inside
