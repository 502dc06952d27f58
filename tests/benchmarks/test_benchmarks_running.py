"""What the benchmarks run is measured, ended in time, and reported where the documentation shows it."""

from __future__ import annotations

import importlib
import re
import sys
import time
from pathlib import Path

import pytest
from every import every

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import cost  # noqa: E402
import running  # noqa: E402
import steps  # noqa: E402
import tools  # noqa: E402
from running import Job, Table, TookTooLongError  # noqa: E402

PYTHON = (sys.executable, "-c")


def test_a_run_is_measured() -> None:
    job = Job((*PYTHON, "import time; x = bytearray(40_000_000); time.sleep(0.2); print(open('note').read())"))
    job.files = {"note": "found"}

    running.alternate((job,), 2)

    assert len(job.seconds) == len(job.cpu) == 2
    assert job.median >= 0.2 > 0 < job.median_cpu
    assert job.peak > 40_000_000 or sys.platform != "linux"
    assert job.output.strip() == "found"


def test_a_run_has_a_folder_of_its_own_that_goes() -> None:
    job = Job((*PYTHON, "import os; open('left', 'w').close(); print(os.getcwd(), os.listdir())"))

    job.run()
    job.run()

    folder, listed = job.output.split(maxsplit=1)
    assert listed.strip() == "['left']"
    assert not Path(folder).exists()


def test_a_failure_says_why() -> None:
    job = Job((*PYTHON, "raise SystemExit('the remedy')"), accepted=frozenset((0,)))

    with pytest.raises(RuntimeError, match="exit code 1: the remedy"):
        job.run()
    assert job.seconds == []


def test_a_run_ends_at_its_limit() -> None:
    job = Job((*PYTHON, "import time; time.sleep(60)"), limit=1)
    started = time.monotonic()

    with pytest.raises(TookTooLongError, match="over 1 s"):
        job.run()

    assert time.monotonic() - started < 30
    assert job.seconds == []


def test_a_table_goes_to_its_place_and_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("one\n<!-- other -->\nkept\n<!-- end -->\n<!-- mine -->\nold\n<!-- end -->\nlast\n", "utf-8")
    table = Table("what", "number", right=1)
    table.add(r"a \1", "1")

    running.publish("mine", table.lines, page)

    shown = "| what | number |\n| --- | ---: |\n| a \\1 | 1 |\n"
    assert capsys.readouterr().out == shown
    assert page.read_text("utf-8") == (
        f"one\n<!-- other -->\nkept\n<!-- end -->\n<!-- mine -->\n\n{shown}\n<!-- end -->\nlast\n"
    )
    with pytest.raises(ValueError, match="no place for another"):
        running.publish("another", table.lines, page)


def test_the_command_is_told_without_places(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["/somewhere/speed.py", "--rows", "5", "6", "--docs", "--data", "/tmp/x", "--times", "3"]
    monkeypatch.setattr(sys, "argv", words)

    assert running.command() == "python benchmarks/speed.py --rows 5 6 --times 3"


def test_the_page_has_a_place_for_whatever_is_put_there() -> None:
    page = running.PAGE.read_text("utf-8")
    # A script may have several tables, whose names begin with its name.
    places = re.findall(r"^<!-- (?!end)(\w+)[ \w]* -->$", page, re.MULTILINE)

    assert places
    assert all((ROOT / "benchmarks" / f"{name}.py").is_file() for name in places)
    assert page.count("<!-- end -->") == len(places)


@every("place", [place for places in steps.STEPS.values() for place in places])
def test_steps_are_made_of_what_there_is(place: str) -> None:
    module, _, function = place.partition(":")
    found = importlib.import_module(module)

    names = {name for each in (found, *vars(found).values()) if hasattr(each, "__dict__") for name in vars(each)}
    assert not function or function in names


def test_every_peer_is_told_apart_and_proves_its_work() -> None:
    assert len({peer.distribution for peer in tools.PEERS}) == len(tools.PEERS)
    kinds = [peer.kind for peer in tools.PEERS]
    assert kinds == sorted(kinds, key=["linter", "near-duplicates"].index)
    for peer in tools.PEERS:
        assert re.compile(peer.proof).groups <= 2
        command, files = peer.run(Path("/environment/bin/python"), Path("/rows.jsonl"))
        assert command[0].startswith("/environment/bin/")
        assert any("/rows.jsonl" in text for text in (*command, *files.values()))


@pytest.mark.parametrize(
    ("costs", "power"),
    [
        ([2.0, 3.0, 5.0], 1.0),
        ([2.0, 5.0, 17.0], 2.0),
        ([2.0, 2.0, 2.0], 0.0),
        ([1.1, 1.4, 2.6], 2.0),  # the first is too close to the base
        ([1.0, 1.1, 1.4], None),
    ],
)
def test_an_exponent_is_that_of_what_is_beyond_the_base(costs: list[float], power: float | None) -> None:
    assert cost.exponent(costs, 1.0, 0.2) == (None if power is None else pytest.approx(power))


@pytest.mark.parametrize("series", cost.SERIES, ids=[series.name for series in cost.SERIES])
def test_what_grows_grows_with_its_size(series: cost.Series, tmp_path: Path) -> None:
    sizes = []
    for size in (40, 400):
        folder = tmp_path / str(size)
        folder.mkdir()
        made = series.write(folder, size)
        assert made.exists()
        sizes.append(sum(path.stat().st_size for path in folder.rglob("*.*")))
    assert sizes[1] > 2 * sizes[0] > 0


def test_names_of_series_are_distinguished_by_only() -> None:
    assert len({series.name for series in cost.SERIES}) == len(cost.SERIES)
