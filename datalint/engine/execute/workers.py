"""A pool of worker processes, started with spawn, that reports every death and leaves no process running.

The parent maps chunks too, so that no time is lost while workers start. Each worker has its own pipe, and ends when its
parent has gone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError
from datalint.engine.execute.inline import Inline
from datalint.engine.execute.shared_bytes import Receiver, SharedBytes
from datalint.sources.regions import without_bytes
from datalint.support.environment import environment
from datalint.support.interrupts import Deferred

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.map.mapper import Mapper, Partial
    from datalint.engine.plan import Plan
    from datalint.sources.base import SourceChunk

#: Chunks that are assigned to a worker at a time, so that it never waits for the parent to finish a chunk.
_AHEAD: Final = 2
#: Environment variables of workers. One Polars thread each, since the processes are the parallelism. No import from the
#: working folder, which is first on Python's path when multiprocessing starts a process: the folder may be a checkout
#: of data that contains a module of the same name.
_ENVIRONMENT: Final = {"POLARS_MAX_THREADS": "1", "PYTHONSAFEPATH": "1"}


@dataclass(slots=True)
class _Worker:
    number: int
    process: SpawnProcess
    pipe: Connection
    held: deque[int] = field(default_factory=deque)
    last: SourceChunk | None = None
    free: list[SharedBytes] = field(default_factory=list)
    used: dict[int, SharedBytes] = field(default_factory=dict)


class Pool:
    """The workers, the chunks assigned to each, and results that wait for their turn.

    A worker's ``last`` is the chunk that was assigned to it last, without its bytes.
    """

    def __init__(self, mapper: Mapper, cache: ChunkCache | None, *, workers: int) -> None:
        self._mapper = mapper
        self._cache = cache
        self._own = Inline(mapper, cache)
        self._names: dict[int, str] = {}
        self._done: dict[int, Partial] = {}
        self._workers: list[_Worker] = []
        try:
            for number in range(1, workers + 1):
                self._start(number)
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
            for shared in (*worker.free, *worker.used.values()):
                shared.close()
        for worker in self._workers:
            worker.process.join(timeout=2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def run(self, chunks: Iterator[tuple[str, SourceChunk]]) -> Iterator[Partial]:
        """Yield the partials of ``chunks`` in order."""
        numbered = enumerate(chunks)
        turn = 0
        exhausted = False
        while True:
            # In this order, so that a worker that has finished gets new chunks before the parent maps one itself.
            self._collect(block=False)
            exhausted = exhausted or not self._fill(numbered)
            if not exhausted:
                item = next(numbered, None)
                if item is None:
                    exhausted = True
                else:
                    number, (_, chunk) = item
                    self._done[number] = self._own.one(chunk).partial
            elif not self._help() and any(worker.held for worker in self._workers):
                self._collect(block=True)
            while turn in self._done:
                yield self._done.pop(turn)
                turn += 1
            if exhausted and not self._done and not any(worker.held for worker in self._workers):
                return

    def _fill(self, numbered: Iterator[tuple[int, tuple[str, SourceChunk]]]) -> bool:
        """Assign chunks to workers until each has enough; return False when there are no more."""
        for worker in sorted(self._workers, key=lambda each: len(each.held)):
            while len(worker.held) < _AHEAD:
                item = next(numbered, None)
                if item is None:
                    return False
                number, (name, chunk) = item
                self._names[number] = name
                worker.held.append(number)
                worker.last = without_bytes(chunk)
                try:
                    worker.pipe.send((number, *self._shared(worker, number, chunk)))
                except OSError:
                    raise self._dead(worker) from None
        return True

    def _help(self) -> bool:
        """Map the last chunk of a worker that has another one to map before it; return False if there is none.

        It is taken back from the worker, which may have begun with it just now; nothing reads that result.
        """
        worker = max(self._workers, key=lambda each: len(each.held))
        if len(worker.held) < _AHEAD or worker.last is None:
            return False
        number = worker.held.pop()
        with contextlib.suppress(OSError):  # it is dead, which is noticed where its other results are awaited
            worker.pipe.send((number, None, ""))
        self._done[number] = self._own.one(worker.last).partial
        return True

    @staticmethod
    def _shared(worker: _Worker, number: int, chunk: SourceChunk) -> tuple[SourceChunk, str]:
        """Return a chunk without the bytes of its file, and where the worker gets them; empty if from the file."""
        if not worker.free:
            return without_bytes(chunk), ""
        worker.used[number] = worker.free.pop()
        return worker.used[number].put(chunk)

    def _collect(self, *, block: bool) -> None:
        pipes = {worker.pipe: worker for worker in self._workers if worker.held}
        for ready in wait(list(pipes), timeout=None if block else 0):
            assert isinstance(ready, Connection)
            worker = pipes[ready]
            try:
                number, partial, error = ready.recv()
            except (EOFError, OSError):
                # OSError: it died in the middle of a message.
                raise self._dead(worker) from None
            worker.held.remove(number)
            if (shared := worker.used.pop(number, None)) is not None:
                worker.free.append(shared)
            if error is not None:
                raise error
            self._done[number] = partial

    def _dead(self, worker: _Worker) -> DatalintError:
        worker.process.join(timeout=5)
        code = worker.process.exitcode
        how = f"exit code {code}"
        if code is not None and code < 0:
            how = f"killed by {signal.Signals(-code).name}"
            how += ", perhaps for want of memory" if code == -signal.SIGKILL else ""
        number = worker.held[0]
        return DatalintError(
            f"worker {worker.number} (process {worker.process.pid}) died while it read chunk {number + 1} of "
            f"{self._names[number]}: {how}; run again with --jobs 1, or on a machine with more memory"
        )

    def _start(self, number: int) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_work,
            args=(theirs, self._mapper.plan, self._mapper.expected, self._cache),
            name=f"datalint-{number}",
            daemon=True,
        )
        with environment(_ENVIRONMENT):
            # It starts the first process itself, and restores signal handling in the middle of that.
            resource_tracker.ensure_running()
            with Deferred():
                process.start()
                free = [shared for _ in range(_AHEAD) if (shared := SharedBytes.new()) is not None]
                self._workers.append(_Worker(number, process, ours, free=free))
        theirs.close()


def _work(pipe: Connection, plan: Plan, expected: int | None, cache: ChunkCache | None) -> None:
    """Map chunks until the pipe closes. Only the parent handles Ctrl-C, and ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    from datalint.engine.map.mapper import Mapper

    inline = Inline(Mapper(plan, expected), cache)
    receiver = Receiver()
    results: SimpleQueue[memoryview] = SimpleQueue()
    Thread(target=_send, args=(pipe, results), daemon=True).start()
    for number, chunk, path in _assigned(pipe):
        partial: Partial | None = None
        failure: Exception | None = None
        try:
            partial = inline.one(receiver.get(chunk, path)).partial
        except Exception as error:
            failure = error
        results.put(ForkingPickler.dumps((number, partial, failure)))


def _assigned(pipe: Connection) -> Iterator[tuple[int, SourceChunk, str]]:
    """Yield the chunks that the parent assigns until it closes the pipe, without those that it takes back in time."""
    waiting: deque[tuple[int, SourceChunk, str]] = deque()
    with contextlib.suppress(EOFError, OSError):
        while True:
            while not waiting or pipe.poll():
                number, chunk, path = pipe.recv()
                if chunk is None:
                    waiting = deque(each for each in waiting if each[0] != number)
                else:
                    waiting.append((number, chunk, path))
            yield waiting.popleft()


def _end_with_parent() -> None:
    """End this process as soon as its parent has gone, for any reason: its chunks are no longer needed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _send(pipe: Connection, results: SimpleQueue[memoryview]) -> None:
    """Send the results in the queue ``results`` while the next chunk is mapped.

    A result is larger than a pipe's buffer, and the parent reads it only after finishing a chunk of its own. At most
    ``_AHEAD`` results wait, since the parent assigns no more chunks to a worker.
    """
    with contextlib.suppress(OSError):
        while True:
            pipe.send_bytes(results.get())
