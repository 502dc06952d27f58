"""Which code made a result: every change of it is seen, or nothing is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from datalint.cache import identity
from datalint.core.plugins import ENTRY_POINT_GROUP


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on sys.path, and a package of datalint's own beside it."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site")])
    monkeypatch.setattr(identity, "_PACKAGE", tmp_path / "tree" / "datalint")
    write(tmp_path / "tree" / "datalint" / "core" / "rule.py", "x = 1")
    install(tmp_path / "site", "polars-2.0.0")
    return tmp_path / "site"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def install(site: Path, name: str, **files: str) -> None:
    write(site / f"{name}.dist-info" / "METADATA", "")
    for file, text in files.items():
        write(site / f"{name}.dist-info" / file.replace("__", "."), text)


def plug_in(site: Path, record: str = "rules.py,sha256=abc,10", direct: str = "{}") -> None:
    points = f"[{ENTRY_POINT_GROUP}]\nmine = rules\n"
    install(site, "rules-1.0", entry_points__txt=points, RECORD=record, direct_url__json=direct)


def test_the_group_is_that_of_plug_ins() -> None:
    assert identity.GROUP.decode() == ENTRY_POINT_GROUP


def test_it_is_the_same_until_something_changes(site: Path) -> None:
    assert identity.code_identity() == identity.code_identity() is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda site: write(site.parent / "tree" / "datalint" / "core" / "rule.py", "x = 22"),
        lambda site: write(site.parent / "tree" / "datalint" / "new.toml", ""),
        lambda site: (site / "polars-2.0.0.dist-info").rename(site / "polars-2.0.1.dist-info"),
        lambda site: install(site, "other-1.0"),
        plug_in,
    ],
)
def test_a_change_of_code_is_seen(site: Path, change: Callable[[Path], object]) -> None:
    before = identity.code_identity()
    change(site)
    assert identity.code_identity() not in (before, None)


def test_an_installed_tree_counts_by_its_list_of_hashes(site: Path) -> None:
    tree = site.parent / "tree"
    record = tree / identity._DISTRIBUTION / "RECORD"
    write(record, "datalint/core/rule.py,sha256=abc,5")
    before = identity.code_identity()
    write(tree / "datalint" / "__pycache__" / "x.pyc", "")
    (tree / "datalint" / "core" / "rule.py").touch()
    assert identity.code_identity() == before
    write(record, "datalint/core/rule.py,sha256=xyz,5")
    assert identity.code_identity() != before


def test_another_release_of_a_plug_in_is_seen(site: Path) -> None:
    plug_in(site)
    before = identity.code_identity()
    plug_in(site, record="rules.py,sha256=xyz,10")
    assert identity.code_identity() not in (before, None)


@pytest.mark.parametrize(("record", "direct"), [("", "{}"), ("rules.py,,", '{"dir_info": {"editable": true}}')])
def test_a_plug_in_that_may_change_without_a_trace_leaves_no_identity(site: Path, record: str, direct: str) -> None:
    plug_in(site, record, direct)
    assert identity.code_identity() is None
