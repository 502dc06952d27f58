"""What all tests share: no cache, one thread for Polars, and properties judged by their outcome, not by their time."""

from __future__ import annotations

import gc
import os

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

# Every run draws other examples, so that few in each cover many over time.
settings.register_profile(
    "datalint", max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("datalint")

# Modules and tests live to the end: the collector need not walk them, neither while they are made nor later.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()
