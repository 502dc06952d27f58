"""Files that may be next to the data are found among many names, of which nearly none is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.setup import neighbours
from datalint.setup.neighbours import there

NAMES = [f"{word}{joint}boats.jsonl" for word in ("test", "eval", "dev", "val", "held") for joint in "_-. "]


@pytest.mark.parametrize("others", [0, 5, 500])
def test_names_of_a_folder_are_found_however_many_it_has(tmp_path: Path, others: int) -> None:
    for number in range(others):
        (tmp_path / f"{number}.txt").touch()
    kept = [tmp_path / NAMES[2], tmp_path / NAMES[7]]
    for each in kept:
        each.touch()
    (tmp_path / NAMES[3]).mkdir()
    (tmp_path / NAMES[4]).symlink_to(kept[0])
    (tmp_path / NAMES[5]).symlink_to(tmp_path / "missing")
    wanted = [tmp_path / name for name in NAMES]
    assert there(wanted) == kept
    assert there(wanted, folders=True) == [tmp_path / NAMES[3]]
    assert there([*wanted[:3], tmp_path / "0" / NAMES[0], *(tmp_path / "0" / name for name in NAMES)]) == kept[:1]


def test_names_of_the_working_folder_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAMES[1]).touch()
    assert there(map(Path, NAMES)) == [Path(NAMES[1])]
    assert there([Path("..", tmp_path.name, name) for name in NAMES]) == [Path("..", tmp_path.name, NAMES[1])]


def test_a_name_that_may_be_listed_in_another_form_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems list ``é`` as two characters and ``TEST`` as it was made, and find either by the other name."""
    (tmp_path / "prüfung.jsonl").touch()
    wanted = [tmp_path / name for name in (*NAMES, "prüfung.jsonl")]
    monkeypatch.setattr(neighbours, "_lowered", lambda folder, most: {"test_boats.jsonl"})
    assert neighbours._possible(wanted) == [wanted[0], wanted[-1]]
