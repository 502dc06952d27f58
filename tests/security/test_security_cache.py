"""A cache that came with a checkout: nothing is written through its links, and nothing is read through them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from hostile import LINE, Checkout, run

from datalint.cache import identity
from datalint.cache.store import KINDS, VERSION, Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

CACHE = ".datalint_cache"
LEVELS = [CACHE, f"{CACHE}/{VERSION}", *(f"{CACHE}/{VERSION}/{kind}" for kind in KINDS)]


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATALINT_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "key"))
    monkeypatch.setattr(identity, "code_identity", lambda: b"code")
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def check(checkout: Checkout, *options: str) -> str:
    time.sleep(0.03)  # a file that is as young as the run is not kept
    done = run("check", "data/train.jsonl", "--cache-dir", CACHE, *options, cwd=checkout.path)
    assert done.code == 1
    return done.error


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("there", [True, False])
def test_no_level_may_be_a_link(checkout: Checkout, outside: Path, level: str, there: bool) -> None:
    checkout.link(level, outside if there else outside / "new")
    said = check(checkout)
    assert "can't keep the cache" in said
    assert "is a link" in said
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("end", ["/", "/.", "/./", "/../cache"])
def test_a_link_is_one_however_it_is_spelt(checkout: Checkout, outside: Path, end: str) -> None:
    checkout.link("cache", outside)
    (outside.parent / "cache").symlink_to(outside)
    root = f"{checkout.path / 'cache'}{end}"
    assert (Store.open(root).trouble or "").startswith("it is a link")


def test_a_cache_without_links_is_written(checkout: Checkout, outside: Path) -> None:
    assert check(checkout) == ""
    assert any((checkout.path / CACHE / VERSION / "reports").iterdir())


@pytest.mark.parametrize("name", [".gitignore", "CACHEDIR.TAG"])
def test_its_own_files_are_not_written_through_links(checkout: Checkout, outside: Path, name: str) -> None:
    (outside / "file").write_bytes(b"mine")
    checkout.link(f"{CACHE}/{name}", outside / "file")
    check(checkout)
    assert (outside / "file").read_bytes() == b"mine"
    checkout.link(f"{CACHE}/x", outside / "new")
    assert not (outside / "new").exists()


def test_entries_are_not_read_through_links_or_from_devices(checkout: Checkout, outside: Path) -> None:
    store = Store.open(checkout.path / CACHE)
    store.put("chunks", "a" * 64, b"payload")
    entry = checkout.path / CACHE / VERSION / "chunks" / ("a" * 64)
    assert store.get("chunks", "a" * 64) == b"payload"
    entry.rename(outside / "entry")
    entry.symlink_to(outside / "entry")
    assert store.get("chunks", "a" * 64) is None
    for made in (lambda: entry.symlink_to("/dev/zero"), lambda: os.mkfifo(entry), entry.mkdir):
        entry.unlink()
        made()
        assert store.get("chunks", "a" * 64) is None


@pytest.mark.parametrize("level", LEVELS)
def test_clearing_deletes_nothing_elsewhere(checkout: Checkout, outside: Path, level: str) -> None:
    below = outside / Path(*Path(f"{CACHE}/{VERSION}/chunks").parts[len(Path(level).parts) :])
    below.mkdir(parents=True, exist_ok=True)
    mine = below / ("b" * 64)
    mine.write_text(LINE, encoding="utf-8")
    for name in (".gitignore", "CACHEDIR.TAG"):
        (outside / name).write_text("mine", encoding="utf-8")
    checkout.link(level, outside)
    done = run("cache", "clear", "--cache-dir", CACHE, cwd=checkout.path)
    assert mine.exists()
    assert (outside / ".gitignore").exists()
    assert done.code == (2 if level == CACHE else 0)
    assert run("cache", "info", "--cache-dir", CACHE, cwd=checkout.path).code == 0
