"""What all tests share: no cache, and properties that are judged by their outcome, not by how busy the machine is."""

from __future__ import annotations

import os

from draws import examples
from hypothesis import HealthCheck, settings

# A test sees what the code does now, and leaves nothing behind; those of the cache ask for it.
os.environ.setdefault("DATALINT_NO_CACHE", "1")

# Every run draws other examples, so that few in each cover many over time.
settings.register_profile(
    "datalint", max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("datalint")
