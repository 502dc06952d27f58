"""Probes that are broken on purpose, each in one of the ways that the fuzzer must notice."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final


def raise_at_nul(given: str) -> str:
    """Raise at a NUL byte."""
    if b"\0" in Path(given).read_bytes():
        raise UnicodeError("planted")
    return "no NUL"


def passes(given: str) -> str:
    """Have no bug."""
    return "passes"


def abort(given: str) -> str:
    """End with a signal."""
    os.abort()


def leave(given: str) -> str:
    """End with an exit code."""
    os._exit(3)


def spin(given: str) -> str:
    """Work for ever."""
    while True:
        given += "x"[:0]


def wait(given: str) -> str:
    """Wait for ever."""
    time.sleep(3600)
    return given


def swell(given: str) -> str:
    """Take much memory."""
    return str(len(bytearray(b"x") * (300 << 20)))


def differ(given: str) -> str:
    """Return another result in each flavour."""
    return os.environ["DATALINT_FUZZ_FLAVOUR"]


def orphan(given: str) -> str:
    """Fail after starting a process that lives on."""
    multiprocessing.get_context("spawn").Process(target=time.sleep, args=(3600,)).start()
    os.abort()


def twice() -> Callable[[str], str]:
    """Return a probe that passes once and raises then, as one does that leaves something behind."""
    seen: list[str] = []

    def probe(given: str) -> str:
        seen.append(given)
        assert len(seen) < 3, "planted: the third time"
        return "passes"

    return probe


third_time: Final = twice()
