"""The child process: reads requests from standard input, runs probes, and answers on standard output.

A request and an answer are one line of JSON each. What ends this process (a signal, a limit) is seen by the parent,
which knows the case that it asked for.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import re
import resource
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from datalint.support import compiler

#: Processor seconds that one probe may take; then the kernel sends SIGXCPU.
SECONDS: Final = int(os.environ.get("DATALINT_FUZZ_SECONDS", "30"))
#: Bytes of address space, of which Polars and numba reserve much more than they use, and of a file.
ADDRESSES: Final = 12 << 30
FILE: Final = 1 << 30
#: Bytes by which one probe may raise the peak of memory.
MEMORY: Final = int(os.environ.get("DATALINT_FUZZ_MEMORY", str(1 << 30)))

#: Paths of this project's files, whatever folder it lies in; the group is the path in it.
PROJECT: Final = re.compile(r".*/((?:datalint|tests)/.*\.py)")

# Here, so that it holds in the workers too, which import this module as the main one.
if os.environ.get("DATALINT_FUZZ_FLAVOUR") == "compiled":
    compiler.WORTH = 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def _grant_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS + 1, most))


def _peak(*, again: bool = False) -> int:
    """Return the most memory that this process has taken, in bytes; ``again`` counts from now on, on Linux.

    There the kernel's count for the process is no use: it begins with the peak of the process that started this one.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        if again:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def probe_of(name: str) -> Callable[[str], str]:
    """Return a probe: one of this package's by its name, or ``module:function``."""
    if ":" in name:
        module, _, function = name.partition(":")
        found: Callable[[str], str] = getattr(importlib.import_module(module), function)
        return found
    from .probes import probes

    return probes()[name]


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Run a probe and return its result, or why it failed."""
    os.chdir(request["folder"])
    before = _peak(again=True)
    try:
        result = probe_of(request["probe"])(request["given"])
    except BaseException as error:
        return {"failed": signature(error), "detail": "".join(traceback.format_exception(error, limit=-12))[-6000:]}
    grown = _peak() - before
    if grown > MEMORY:
        return {"failed": "memory", "detail": f"the peak of memory grew by {grown >> 20} MiB"}
    return {"result": result}


def signature(error: BaseException) -> str:
    """Return what is the same for failures of one cause: the exception, and where in this project it was raised."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if _ours(each.filename)]
    place = f"{_ours(frames[-1].filename)}:{frames[-1].name}" if frames else "?"
    if not isinstance(error, AssertionError):
        return f"{type(error).__name__} in {place}"
    words = " ".join([str(error).split("\n")[0], *getattr(error, "__notes__", ())])
    return f"{place}:{frames[-1].lineno}: {words[:150]}"


def _ours(path: str) -> str:
    """Return a file's path in this project, an empty text for other files."""
    found = PROJECT.fullmatch(path)
    return "" if found is None or "site-packages" in path else found[1]


def _load() -> None:
    """Load this package's probes, and all of datalint, before the limits of a case count, so that no case pays."""
    from .probes import probes

    assert probes()


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        request = json.loads(line)
        if ":" not in request["probe"]:
            _load()
        _grant_time()
        answers.write(json.dumps(answer(request)).encode() + b"\n")
        answers.flush()


def main() -> None:
    """Limit this process and serve; standard output and error are the parent's and a file."""
    _limit()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    faulthandler.enable()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
