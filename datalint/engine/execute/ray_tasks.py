"""Maps chunks and compares rows as tasks of Ray, on this machine or on a cluster. No other module imports ray.

A task does what this process or a worker of the pool would do, so results are the same. Ray executes pickles, and a
cluster runs what its users send: connect only to one that you trust. Nothing here opens a port or a dashboard of
datalint's own.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import platform
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.engine.execute.inline import Chunks, Inline, Mapped
from datalint.engine.execute.usage import Usage
from datalint.privacy.display import printable
from datalint.sources.grouping import ChunkGroup, members
from datalint.sources.regions import with_region
from datalint.support import compiler
from datalint.support.environment import environment
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.map.mapper import Mapper, Partial
    from datalint.engine.plan import Plan
    from datalint.sources.base import SourceChunk

#: Number of times that Ray retries a task after its worker or node is gone.
_RETRIES: Final = 4
#: Number of tasks that are queued for each processor.
_AHEAD: Final = 2
#: Environment of a Ray that is started here: as in the workers of the pool, and without reports to Ray's authors.
_ENVIRONMENT: Final = {"POLARS_MAX_THREADS": "1", "PYTHONSAFEPATH": "1", "RAY_USAGE_STATS_ENABLED": "0"}


class NodeProbe(NamedTuple):
    """What must be the same in all processes: the code, and Polars' hash, which depends on the processor."""

    code: str
    hash: int


class RayTasks:
    """Runs functions as Ray tasks.

    ``address`` is that of a cluster; None starts Ray on this machine, with ``jobs`` processors. ``usage`` counts the
    resources that tasks use.
    """

    def __init__(self, address: str | None, jobs: int, usage: Usage | None = None) -> None:
        self.address = address
        self.usage = usage or Usage()
        self._jobs = jobs

    def stage(self, make: Callable[[Any], Callable[[Any], Any]], given: Any, *, compiled: bool) -> Stage:
        """Return a stage that runs the function ``make(given)`` on items; all tasks share ``given``.

        ``compiled`` is whether the function uses compiled code.

        Raises:
            DatalintError: if Ray is not installed or cannot be reached, or if a node has other code or another
                processor's hashes.
        """
        ray = _connected(self.address, self._jobs)
        _check_nodes(ray, warm=compiled and self.address is not None)
        return Stage(ray, ray.put((make, given, str(Path.cwd()), probe())), self.usage)

    def mapping(self, mapper: Mapper, cache: ChunkCache | None) -> RayMapping:
        """Return the executor that maps chunks."""
        return RayMapping(self, mapper, cache)


class Stage:
    """One function for all items of a stage, in the workers of Ray."""

    def __init__(self, ray: Any, shared: Any, usage: Usage) -> None:
        self._ray = ray
        self.usage = usage
        # In a list, so that Ray passes the reference, and a worker loads what is shared once.
        self._shared = [shared]

    def run(self, items: Iterable[tuple[str, Any]]) -> Iterator[Any]:
        """Yield the result of each item in order; items have names for messages.

        Raises:
            DatalintError: if an item ends its worker each time.
        """
        task = self._ray.remote(_run).options(max_retries=_RETRIES, num_cpus=1)
        most = max(1, int(self._ray.cluster_resources().get("CPU", 1))) * _AHEAD
        waiting: deque[tuple[str, Any]] = deque()
        for name, item in items:
            data = self._ray.cloudpickle.dumps(item)
            self.usage.sent += len(data)
            waiting.append((name, task.remote(self._shared, data)))
            if len(waiting) >= most:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _result(self, name: str, reference: Any) -> Any:
        data, seconds = _result(self._ray, name, reference)
        self.usage.tasks += 1
        self.usage.seconds += seconds
        self.usage.returned += len(data)
        return pickle.loads(data)


class RayMapping:
    """Maps chunks as Ray tasks.

    Of a cluster's results, only those in the folder of ``--work-dir`` are stored, which all nodes must share.

    Raises:
        DatalintError: if a rule is in a file that nodes do not have.
    """

    def __init__(self, tasks: RayTasks, mapper: Mapper, cache: ChunkCache | None) -> None:
        local = [active.rule.name for active in mapper.plan.rules if active.rule.module.startswith("datalint_local_")]
        if local:
            raise DatalintError(f"--engine ray cannot run {printable(local[0])}, a rule in a local file; install it")
        self._tasks = tasks
        self._mapper = mapper
        self._cache = None
        if cache is not None and (tasks.address is None or cache.store.keeps_all):
            self._cache = replace(cache, store=cache.store.absolute())

    def map(self, chunks: Chunks) -> Iterator[Mapped]:
        """Yield the partial result of each chunk in order."""
        expected = self._mapper.expected
        compiled = expected is None or expected >= compiler.WORTH
        stage = self._tasks.stage(_mapping, (self._mapper.plan, expected, self._cache), compiled=compiled)
        named = (
            (f"chunk {number} of {printable(name)}", _with_absolute_path(chunk))
            for number, (name, chunk) in enumerate(chunks, 1)
        )
        for partial in stage.run(named):
            stage.usage.mapped += partial.size
            yield Mapped(partial)


def _connected(address: str | None, jobs: int) -> Any:
    """Return the module ``ray``, connected."""
    try:
        import ray  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise DatalintError("--engine ray needs the package ray; install datalint-sft[ray]") from None
    if ray.is_initialized():
        return ray
    local: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False} if address is None else {}
    # Ray puts the working folder, which may be a checkout, on the path of all workers.
    with tempfile.TemporaryDirectory() as empty, contextlib.chdir(empty), environment(_ENVIRONMENT):
        try:
            ray.init(address=address or "local", log_to_driver=False, configure_logging=False, **local)
        except Exception as error:
            where = "on this machine" if address is None else f"at {printable(address)}"
            raise DatalintError(f"Ray cannot be reached {where}: {printable(str(error))}") from error
    return ray


def _check_nodes(ray: Any, *, warm: bool) -> None:
    """Refuse nodes that differ; with ``warm``, compile once on each node instead of in each of its processes."""
    from ray.util.scheduling_strategies import (  # type: ignore[import-not-found,unused-ignore]
        NodeAffinitySchedulingStrategy,
    )

    nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    task = ray.remote(_prepared)
    asked = [
        task.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)).remote(warm)
        for node in nodes
    ]
    mine = probe()
    for node, reference in zip(nodes, asked, strict=True):
        name = node["NodeManagerHostname"]
        try:
            refuse_differing(name, mine, ray.get(reference))
        except ray.exceptions.RayTaskError as error:
            raise DatalintError(
                f"node {printable(name)} cannot run datalint ({type(error.cause).__name__}); install the same versions "
                "of datalint and all packages there"
            ) from None
        except ray.exceptions.RayError:
            continue  # the node is gone


def refuse_differing(name: str, mine: NodeProbe, theirs: NodeProbe) -> None:
    """Check that a node has the code and the hashes of the driver.

    Raises:
        DatalintError: if it has not.
    """
    if theirs.code != mine.code:
        raise DatalintError(
            f"node {printable(name)} has other versions of datalint or of a package; install the same everywhere"
        )
    if theirs.hash != mine.hash:
        raise DatalintError(
            f"node {printable(name)} has a processor on which Polars computes other hashes; use equal processors"
        )


def _prepared(warm: bool) -> NodeProbe:
    if warm:
        from datalint.neardup.compiled import dispatch
        from datalint.sources.scanner.scanning import load_scanner

        dispatch.load()
        load_scanner()
    return probe()


def probe() -> NodeProbe:
    """Return the code and the hash of this process."""
    import polars as pl

    from datalint.cache.identity import code_identity

    with contextlib.suppress(ImportError):
        import ray  # type: ignore[import-not-found,unused-ignore] # noqa: F401 - it adds a folder to the path
    code = code_identity()
    return NodeProbe("" if code is None else code.hex(), int(pl.Series(["datalint"]).hash(seed=9).item()))


#: The function of this worker, by the reference to its stage's shared object.
_functions: dict[str, Callable[[Any], Any]] = {}


def _run(shared: list[Any], item: bytes) -> tuple[bytes, float]:
    """Return the pickled result of an item, and the seconds of CPU that it took."""
    import ray  # type: ignore[import-not-found,unused-ignore]

    started = time.process_time()
    [reference] = shared
    name = reference.hex()
    if name not in _functions:
        make, given, folder, driver = ray.get(reference)
        # A node may have joined the cluster after the nodes were checked.
        refuse_differing(platform.node(), driver, probe())
        _functions.clear()
        # A schema may be given relative to the working folder.
        with contextlib.suppress(OSError):
            os.chdir(folder)
        _functions[name] = make(given)
    result = pickle.dumps(_functions[name](pickle.loads(item)), pickle.HIGHEST_PROTOCOL)
    return result, time.process_time() - started


def _mapping(given: tuple[Plan, int | None, ChunkCache | None]) -> Callable[[SourceChunk], Partial]:
    from datalint.engine.map.mapper import Mapper

    plan, expected, cache = given
    inline = Inline(Mapper(plan, expected), cache)
    return lambda chunk: inline.one(chunk).partial


def _result(ray: Any, name: str, reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        cause = getattr(error, "cause", None)
        raise (cause if isinstance(cause, DatalintError) else error) from None
    except ray.exceptions.RayError as error:
        raise DatalintError(
            f"{name} ended its worker {_RETRIES + 1} times: {type(error).__name__}; run again on nodes with more "
            "memory, or without --engine ray"
        ) from error


def _with_absolute_path(chunk: Any) -> Any:
    """Return a chunk whose file is found from any working folder, without its bytes unless no other machine can open
    it: decoded input is in a file without a name."""
    if isinstance(chunk, ChunkGroup):
        return ChunkGroup(tuple(map(_with_absolute_path, members(chunk))))
    region = getattr(chunk, "region", None)
    if region is None or not region.path:
        return chunk
    path = str(Path(region.path).absolute())
    if path.startswith("/proc/"):
        return with_region(chunk, path="", data=region.read())
    return with_region(chunk, path=path, data=b"")
