"""The current day, as ISO 8601 writes it: 2027-01-31."""

from __future__ import annotations

from datetime import UTC, datetime


def today() -> str:
    """Return the current day in UTC, so that a run gives the same report wherever it takes place."""
    return datetime.now(tz=UTC).date().isoformat()
