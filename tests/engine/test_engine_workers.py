"""A worker that dies, whatever it was doing, is named with what it held; one whose parent dies ends."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine.execute import workers
from datalint.engine.map.mapper import Mapper
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.sources.base import SourceChunk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no signals to end a process by")


#: Seconds far beyond what anything here takes.
PATIENCE = 120


def die(pipe: Connection, *_: object) -> None:
    pipe.recv()
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_a_message(pipe: Connection, *_: object) -> None:
    # All that is sent: what nobody reads makes the system say that the connection is reset.
    for _each in range(2):
        pipe.recv()
    # As multiprocessing writes it: how long the message is, and then the message.
    os.write(pipe.fileno(), struct.pack("!i", 1000) + b"not a thousand bytes")
    os.kill(os.getpid(), signal.SIGKILL)


def one_chunk(folder: Path) -> tuple[Mapper, SourceChunk]:
    """Return the mapper and the only chunk of a file of one row."""
    path = folder / "train.jsonl"
    path.write_text('{"prompt": "Is it so?", "completion": "It is."}\n')
    registry = Registry.default()
    mapper = Mapper(make_plan(load_settings(registry=registry, isolated=True), registry))
    (source,) = open_sources([str(path)])
    (chunk,) = source.chunks(0)
    return mapper, chunk


@pytest.mark.parametrize("work", [die, die_in_a_message])
def test_a_worker_that_dies_is_named(work: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mapper, chunk = one_chunk(tmp_path)
    monkeypatch.setattr(workers, "_work", work)
    with (
        workers.Pool(mapper, None, workers=1) as pool,
        pytest.raises(DatalintError, match=r"worker 1 \(process \d+\) died while it read chunk 1 of train.jsonl"),
    ):
        list(pool.run(iter([("train.jsonl", chunk)] * 3)))


def stop_at_the_second(pipe: Connection, *_: object) -> None:
    """Map the first chunk, never the second one."""
    number, _chunk, _path = pipe.recv()
    pipe.send((number, None, None))
    time.sleep(PATIENCE)


def wait_until_one_is_taken_back(pipe: Connection, *_: object) -> None:
    first, *_others = pipe.recv()
    said = "nothing was taken back"
    while pipe.poll(PATIENCE):
        if pipe.recv()[1] is None:
            said = "after one was taken back"
            break
    pipe.send((first, said, None))
    time.sleep(PATIENCE)


def test_the_parent_maps_what_a_worker_has_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mapper, chunk = one_chunk(tmp_path)
    monkeypatch.setattr(workers, "_work", stop_at_the_second)
    # As if the first result came only when the parent waits for it.
    monkeypatch.setattr(workers, "wait", lambda pipes, timeout: wait(pipes) if timeout is None else [])
    with workers.Pool(mapper, None, workers=1) as pool:
        first, *others = pool.run(iter([("train.jsonl", chunk)] * 3))
    assert first is None
    assert [other.examples.height for other in others] == [1, 1]


#: Chunks whose reading never ends, as nobody writes into the pipe.
_POOL = """
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from datalint.engine.map.mapper import Mapper
from datalint.engine.plan import Plan
from datalint.engine.execute.workers import Pool
chunk = SimpleNamespace(load=partial(Path.read_bytes, Path(sys.argv[1])))
with Pool(Mapper(Plan(rules=(), needs=frozenset({"near"}))), None, workers=1) as pool:
    list(pool.run(iter([("rows", chunk)] * 3)))
"""


def test_a_worker_does_not_map_what_the_parent_has_taken_back(tmp_path: Path) -> None:
    _, chunk = one_chunk(tmp_path)
    ours, theirs = Pipe()
    with ours, theirs:
        mine = workers._assigned(theirs)
        for number in range(2):
            ours.send((number, chunk, ""))
        assert next(mine)[0] == 0
        ours.send((1, None, ""))
        ours.send((2, chunk, ""))
        assert next(mine)[0] == 2


def test_the_parent_takes_back_what_it_maps_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mapper, chunk = one_chunk(tmp_path)
    monkeypatch.setattr(workers, "_work", wait_until_one_is_taken_back)
    with workers.Pool(mapper, None, workers=1) as pool:
        first, *others = pool.run(iter([("train.jsonl", chunk)] * 3))
    assert first == "after one was taken back"
    assert [other.examples.height for other in others] == [1, 1]


def until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.01)


def readers(path: Path) -> list[int]:
    """Return the processes that have ``path`` open, but for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(file.readlink() == path for file in (folder / "fd").iterdir()):
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]


def opened_once_read(path: Path) -> int:
    """Return a file descriptor for writing, once somebody reads."""
    for _ in range(100 * PATIENCE):
        with contextlib.suppress(OSError):
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.01)
    raise AssertionError("nobody reads")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_worker_ends_with_its_parent_although_its_chunk_does_not(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    with subprocess.Popen((sys.executable, "-c", _POOL, str(endless))) as parent:
        writer = opened_once_read(endless)
        until(lambda: len(readers(endless)) == 2)
        parent.kill()
        until(lambda: not readers(endless))
        os.close(writer)
