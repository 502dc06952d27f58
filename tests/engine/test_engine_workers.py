"""A worker that dies, whatever it was doing, is named with what it held."""

from __future__ import annotations

import os
import signal
import struct
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine import workers
from datalint.engine.mapping import Mapper
from datalint.linter import make_plan
from datalint.sources import open_sources

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no signals to end a process by")


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


@pytest.mark.parametrize("work", [die, die_in_a_message])
def test_a_worker_that_dies_is_named(work: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text('{"prompt": "Is it so?", "completion": "It is."}\n')
    registry = Registry.default()
    mapper = Mapper(make_plan(load_settings(registry=registry, isolated=True), registry))
    (source,) = open_sources([str(path)])
    (chunk,) = source.chunks(0)
    monkeypatch.setattr(workers, "_work", work)
    with (
        workers.Pool(mapper, None, rules=True, workers=1) as pool,
        pytest.raises(DatalintError, match=r"worker 1 \(process \d+\) died while it read chunk 1 of train.jsonl"),
    ):
        list(pool.run(iter([("train.jsonl", chunk)] * 3)))
