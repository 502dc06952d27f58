"""Entries: what is read is what was written, or nothing; and the disk's troubles are nobody's."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.cache import store as store_module
from datalint.cache.store import KINDS, VERSION, Store, Usage, pack_payload, unpack

KEY = bytes(32)
NAME = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", KEY)


def path_of(store: Store, name: str = NAME) -> Path:
    return store.root / VERSION / "reports" / name


def read(store: Store, name: str = NAME) -> bytes | None:
    found = store.get("reports", name)
    return None if found is None else bytes(found)


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.mark.parametrize("payload", [b"", b"x", b"\0" * 100_000])
def test_an_entry_comes_back(store: Store, payload: bytes) -> None:
    assert read(store) is None
    store.put("reports", NAME, payload)
    assert read(store) == payload
    store.put("reports", NAME, payload + b"!")
    assert read(store) == payload + b"!"
    assert store.trouble is None
    assert [path.name for path in path_of(store).parent.iterdir()] == [NAME]


@given(data=st.data())
def test_a_damaged_entry_is_no_entry(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("cache"), KEY)
    store.put("reports", NAME, b"what it printed")
    whole = path_of(store).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from(
            [whole[:at], whole + b"\0", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], b"\0" * len(whole)]
        )
    )
    path_of(store).write_bytes(damaged)
    assert read(store) is None
    store.put("reports", NAME, b"again")
    assert read(store) == b"again"


def test_an_entry_counts_under_its_name_and_this_users_key_alone(store: Store) -> None:
    store.put("reports", NAME, b"PASS")
    path_of(store).rename(path_of(store, OTHER))
    assert read(store, OTHER) is None
    store.put("reports", NAME, b"PASS")
    assert Store(store.root, bytes([1]) * 32).get("reports", NAME) is None
    assert Store(store.root, b"").get("reports", NAME) is None


def test_the_key_is_made_once_and_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    key = Store.open(tmp_path / "a").key
    assert len(key) == 32
    assert key == Store.open(tmp_path / "b").key
    file = tmp_path / "home" / "datalint" / "key"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(b"cut")
    assert Store.open(tmp_path / "a").key not in (key, b"cut")


def test_without_a_key_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    store = Store.open(tmp_path / "cache")
    store.put("reports", NAME, b"x")
    assert store.trouble is not None
    assert not store.root.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_came_with_a_checkout_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
    store = Store.open(tmp_path / "cache")
    store.put("reports", NAME, b"x")
    assert store.trouble is not None
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_folder_is_private_and_known_as_a_cache(store: Store) -> None:
    store.put("reports", NAME, b"x")
    assert (store.root / ".gitignore").read_bytes() == b"*\n"
    assert (store.root / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    if sys.platform != "win32":
        folders = (store.root, store.root / VERSION, store.root / VERSION / "reports")
        assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
        assert stat.S_IMODE(path_of(store).stat().st_mode) == 0o600


def test_a_folder_in_use_for_something_else_gets_entries_and_nothing_else(store: Store) -> None:
    store.root.mkdir()
    (store.root / "train.jsonl").touch()
    store.put("reports", NAME, b"x")
    assert read(store) == b"x"
    assert sorted(path.name for path in store.root.iterdir()) == ["train.jsonl", VERSION]
    assert store.clear() == 1
    assert [path.name for path in store.root.iterdir()] == ["train.jsonl"]


def test_a_file_in_the_folders_place_is_trouble_and_no_more(store: Store) -> None:
    store.root.write_bytes(b"mine")
    store.put("reports", NAME, b"x")
    assert store.trouble is not None
    assert read(store) is None
    assert store.root.read_bytes() == b"mine"
    store.prune()
    assert store.usage() == {kind: Usage(0, 0) for kind in KINDS}
    assert store.clear() == 0


def test_after_trouble_nothing_is_written(store: Store) -> None:
    store.trouble = "the disk is full"
    store.put("reports", NAME, b"x")
    assert not store.root.exists()


def test_what_a_dead_run_began_goes_after_an_hour(store: Store) -> None:
    store.put("reports", NAME, b"x")
    begun = path_of(store).with_name(".begun-1-abc")
    begun.write_bytes(b"half")
    store.prune()
    assert begun.exists()
    age(begun, 3700)
    store.prune()
    assert not begun.exists()
    assert read(store) == b"x"


def test_entries_of_other_versions_go_a_day_after_their_last_use(store: Store) -> None:
    store.put("reports", NAME, b"x")
    other = store.root / "v0.0.1" / "chunks" / OTHER
    other.parent.mkdir(parents=True)
    other.write_bytes(b"y")
    for path in (path_of(store), other):
        age(path, 80_000)
    store.prune()
    assert other.exists()
    for path in (path_of(store), other):
        age(path, 90_000)
    store.prune()
    assert not other.exists()
    assert path_of(store).exists()


def test_the_least_recently_used_entries_go_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number:064x}" for number in range(10)]
    for number, name in enumerate(names):
        store.put("reports", name, b"x" * 68)  # 100 bytes with the seal
        age(path_of(store, name), 1000 - number)
    assert read(store, names[0]) is not None  # used again
    monkeypatch.setattr(store_module, "LIMIT", 900)
    store.prune()
    assert [name for name in names if path_of(store, name).exists()] == [names[0], *names[4:]]


def test_the_limit_holds_while_one_run_writes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LIMIT", 10_000)
    for number in range(100):
        store.put("chunks", f"{number:064x}", bytes(1000))
        assert sum(each.size for each in store.usage().values()) <= 10_000 * 1.2


def test_only_files_of_the_cache_are_deleted(store: Store) -> None:
    store.put("reports", NAME, b"x")
    mine = path_of(store).with_name("notes.txt")
    mine.touch()
    age(mine, 1e6)
    store.prune()
    assert store.clear() == 1
    assert mine.exists()
    mine.unlink()
    assert store.clear() == 0
    assert not store.root.exists()


@given(st.binary(), st.lists(st.binary()))
def test_a_payload_comes_apart_as_it_was_put_together(header: bytes, blobs: list[bytes]) -> None:
    assert [bytes(each) for each in unpack(memoryview(pack_payload(header, blobs)))] == [header, *blobs]


@given(st.binary(), st.integers(1, 8))
def test_a_payload_that_is_cut_short_is_refused(blob: bytes, missing: int) -> None:
    with pytest.raises(ValueError, match="cut short"):
        unpack(memoryview(pack_payload(b"", [blob, b"y" * 9]))[:-missing])
