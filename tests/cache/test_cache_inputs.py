"""What a run saw: it holds while nothing changes, and no longer than that."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from datalint.cache import inputs as observation
from datalint.cache.inputs import Observation, UnobservableError, hold
from datalint.cache.location import MARK, TAG

LATER = 1 << 62


def write(path: Path, data: bytes = b"row\n") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def same_size(folder: Path) -> None:
    write(folder / "a.jsonl", b"RoW\n")


@pytest.mark.parametrize(
    ("take", "change"),
    [
        (lambda f: observation.file(str(f / "a.jsonl"), before=LATER), same_size),
        (lambda f: observation.file(str(f / "a.jsonl"), before=LATER), lambda f: write(f / "a.jsonl", b"row\nrow\n")),
        (lambda f: observation.file(str(f / "a.jsonl"), before=LATER), lambda f: (f / "a.jsonl").unlink()),
        (lambda f: observation.absent(str(f / "b.toml")), lambda f: write(f / "b.toml")),
        (lambda f: observation.existence(str(f / "b")), lambda f: (f / "b").mkdir()),
        (lambda f: observation.existence(str(f / "sub")), lambda f: (f / "sub").rename(f / "gone")),
        (lambda f: observation.matches(str(f / "*.jsonl")), lambda f: write(f / "b.jsonl")),
        (lambda f: observation.matches(str(f / "**" / "*.jsonl")), lambda f: write(f / "sub" / "deep" / "b.jsonl")),
        (lambda f: observation.names_like(str(f), end=".jsonl"), lambda f: write(f / "b.jsonl")),
        (lambda f: observation.names_like(str(f), words=("x", "chat")), lambda f: write(f / "My-CHATS.jsonl")),
        (lambda f: observation.names_like(str(f), start="su"), lambda f: (f / "sum").mkdir()),
        (lambda f: observation.names_like(str(f), words=()), lambda f: [write(f / f"{n}.log") for n in range(1000)]),
        (lambda f: observation.names(str(f)), lambda f: write(f / "sub" / "new.csv")),
        (lambda f: observation.names(str(f)), lambda f: (f / "sub" / "c.jsonl").unlink()),
    ],
)
def test_a_observation_holds_until_what_it_saw_changes(
    tmp_path: Path, take: Callable[[Path], Observation], change: Callable[[Path], object]
) -> None:
    write(tmp_path / "a.jsonl")
    write(tmp_path / "sub" / "c.jsonl")
    seen = take(tmp_path)
    assert hold([seen])
    change(tmp_path)
    assert not hold([seen])


def test_other_names_are_not_seen(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl")
    seen = observation.names_like(str(tmp_path), start="c", words=("chat",), end=".jsonl")
    for name in ("chat.log", "my_chat.jsonl", "choose.jsonl", ".chat.jsonl", "cache_of_chat.jsonl/CACHEDIR.TAG"):
        write(tmp_path / name, TAG)
    assert hold([seen])
    write(tmp_path / "chatter.jsonl")
    assert not hold([seen])


def splits(folder: Path) -> Observation:
    """Return what is observed around data in ``own``, next to ``made`` with split data and fifteen other folders."""
    own = folder / "own"
    for name in ("own/rows", "made/train", "made/val", "more/train", *(f"a{number}/b" for number in range(10, 24))):
        write(folder / f"{name}.jsonl")
    return observation.splits(str(own), [str(own), str(folder)])


@pytest.mark.parametrize(
    "change",
    [
        lambda f: write(f / "made" / "dev-test.jsonl"),
        lambda f: (f / "made" / "val.jsonl").unlink(),
        lambda f: write(f / "more" / "test.jsonl"),
        lambda f: [write(f / "own" / "sub" / f"{name}.jsonl") for name in ("train", "eval")],
        # More than are looked into, so that the last ones no longer are.
        lambda f: [(f / name).mkdir() for name in ("a24", "a25")],
        lambda f: (f / "final").mkdir() or (f / "ready").mkdir(),
    ],
)
def test_split_data_near_the_data_is_seen(tmp_path: Path, change: Callable[[Path], object]) -> None:
    seen = splits(tmp_path)
    assert hold([seen])
    change(tmp_path)
    assert not hold([seen])


def test_what_is_no_split_data_near_the_data_is_not_seen(tmp_path: Path) -> None:
    seen = splits(tmp_path)
    for name in ("other.jsonl", "trial.log", "z/train.jsonl", "z/deep/train.jsonl", ".hidden/train.jsonl"):
        write(tmp_path / name)
    write(tmp_path / "z" / "rows.jsonl")
    assert hold([seen])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(
    "take",
    [
        lambda f: observation.place(str(f / "link.jsonl")),
        lambda f: observation.file(str(f / "link.jsonl"), before=LATER),
        lambda f: observation.matches(str(f / "*.jsonl")),
        lambda f: observation.names(str(f)),
    ],
)
def test_a_link_that_leads_elsewhere_is_another_file(tmp_path: Path, take: Callable[[Path], Observation]) -> None:
    write(tmp_path / "a.jsonl")
    write(tmp_path / "b.jsonl")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "a.jsonl")
    seen = take(tmp_path)
    assert hold([seen])
    (tmp_path / "link.jsonl").unlink()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "b.jsonl")
    assert not hold([seen])


def test_hidden_names_are_not_seen(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl")
    seen = [observation.names(str(tmp_path)), observation.matches(str(tmp_path / "**"))]
    write(tmp_path / ".datalint_cache" / "entry")
    write(tmp_path / ".hidden.jsonl")
    assert hold(seen)


def test_a_cache_next_to_the_data_is_not_seen(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl")
    seen = [observation.names(str(tmp_path)), *(observation.matches(str(tmp_path / each)) for each in ("*", "**"))]
    write(tmp_path / "cache" / MARK, TAG)
    write(tmp_path / "cache" / "entry")
    assert hold(seen)
    write(tmp_path / "other" / MARK)
    assert not any(hold([each]) for each in seen)


@pytest.mark.parametrize("pattern", [".*", ".github/*.jsonl", "data/.*.jsonl"])
def test_a_glob_of_hidden_names_is_unfit(pattern: str) -> None:
    with pytest.raises(UnobservableError):
        observation.matches(pattern)


@pytest.mark.parametrize("pattern", ["./*.jsonl", "../*.jsonl"])
def test_dots_that_hide_nothing_are_fit(pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert hold([observation.matches(pattern)])


def test_what_holds_very_much_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observation, "MOST_NAMES", 2)
    seen = observation.names(str(tmp_path))
    for name in "abc":
        write(tmp_path / name)
    assert not hold([seen])
    for take in (lambda: observation.names(str(tmp_path)), lambda: observation.matches(str(tmp_path / "*"))):
        with pytest.raises(UnobservableError):
            take()


def test_a_file_that_changed_since_the_run_began_is_unfit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl")
    with pytest.raises(UnobservableError):
        observation.file(path, before=time.time_ns() - 5_000_000_000)
    # Times that are set back do not hide it.
    os.utime(path, (1, 1))
    if sys.platform != "win32":
        with pytest.raises(UnobservableError):
            observation.file(path, before=time.time_ns() - 5_000_000_000)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnobservableError):
        observation.file(str(tmp_path), before=LATER)
    seen = observation.file(write(tmp_path / "a"), before=LATER)
    (tmp_path / "a").unlink()
    (tmp_path / "a").mkdir()
    assert not hold([seen])
