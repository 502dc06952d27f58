"""What all tests share: no cache, one thread for Polars, and properties judged by their outcome, not by their time."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from contextlib import suppress

import pytest
from draws import examples
from hypothesis import HealthCheck, settings

# A test sees what the code does now, and leaves nothing behind; those of the cache ask for it.
os.environ.setdefault("DATALINT_NO_CACHE", "1")

# Polars counts its threads when it is imported. Tables of a few rows gain nothing from a second one, and its waiting
# takes time from the other process of the tests. Commands that tests start have as many as ever.
os.environ["POLARS_MAX_THREADS"] = "1"
import polars  # noqa: F401

del os.environ["POLARS_MAX_THREADS"]

# Tests make and remove folders by the thousand, and wait milliseconds for a disk each time. Where Linux has room for
# files in memory, from which programs can be started, they are there.
_MEMORY = "/dev/shm"
_ROOM = 4 << 30
if (
    "TMPDIR" not in os.environ
    and os.access(_MEMORY, os.W_OK | os.X_OK)
    and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
    and shutil.disk_usage(_MEMORY).free > _ROOM
):
    os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY

# A usual run draws the same examples each time: a change is refused for what it breaks alone. Runs with more examples,
# as the nightly one, draw others each time.
settings.register_profile(
    "datalint",
    max_examples=examples(40),
    deadline=None,
    derandomize="DATALINT_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("datalint")

# Hypothesis draws constants of the package's modules among others, for which it parses them all. Then an edit of any
# module would change the examples of every test, so these are left to runs that draw others anyway.
# That is a private function, and other versions of Hypothesis may have none: then they are drawn.
if "DATALINT_EXAMPLES" not in os.environ:
    with suppress(ImportError):
        from hypothesis.internal.conjecture import providers

        if hasattr(providers, "_local_constants"):
            providers._get_local_constants = lambda: providers._local_constants

# Modules and tests live to the end: the collector need not walk them, neither while they are made nor later. What tests
# make it collects as rarely as in the command.
gc.disable()
gc.set_threshold(200_000, 50, 1000)


def pytest_cmdline_main(config: pytest.Config) -> None:
    """With ``-n``, give each process a part of the files in their order, of which others take what is left in the end.

    So what a module sets up (a browser, compiled code) is set up by one process, and no long test is left alone.
    """
    if getattr(config.option, "numprocesses", None) and config.option.dist == "load":
        config.option.dist = "worksteal"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()
