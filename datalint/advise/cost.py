"""Time and price of a run, as ranges from dated data."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from datalint.advise.sources import SPEEDS
from datalint.advise.tables import load

if TYPE_CHECKING:
    from datalint.advise.architecture import Architecture
    from datalint.advise.gpus import Gpu

#: Published training speeds of 7B and 8B models on one GPU, in tokens a second.
_SPEED: Final = (1650, 4699)
_SPEED_OF: Final = 8.0e9
#: Days after which a price is called stale.
STALE: Final = 180


class Cost(NamedTuple):
    """A price: low and high in US dollars, what it is for, its date and source."""

    what: str
    low: float
    high: float
    as_of: datetime.date
    source: str

    def stale(self, today: datetime.date) -> bool:
        """Return whether the price is older than :data:`STALE` days."""
        return (today - self.as_of).days > STALE


class Time(NamedTuple):
    """Hours of training on one GPU, and where the speeds are from."""

    low: float
    high: float
    source: str


def time(tokens: float, model: Architecture, gpu: Gpu | None) -> Time:
    """Return the hours that one GPU takes for ``tokens``: published speeds, scaled by the parameters of the model."""
    slow, fast = (gpu.speed if gpu is not None and gpu.speed is not None else None) or _SPEED
    scale = model.parameters / _SPEED_OF
    return Time(tokens * scale / fast / 3600, tokens * scale / slow / 3600, SPEEDS)


def prices(tokens: float, hours: Time | None, model: Architecture | None, gpu: Gpu | None) -> list[Cost]:
    """Return what ``tokens`` cost: by the hour of the GPU, and by the token at providers with a model of the size."""
    table = load("prices")
    found = []
    if hours is not None and gpu is not None:
        found += [
            Cost(
                f"{gpu.name} by the hour", hours.low * row["low"], hours.high * row["high"], row["as-of"], row["source"]
            )
            for row in table["gpu-hours"]
            if row["gpu"] == gpu.name
        ]
    if model is not None:
        size = model.parameters / 1e9
        for row in table["tokens"]:
            if row["billions"] / 2 < size <= row["billions"]:
                price = tokens / 1e6 * row["price"]
                found.append(Cost(f"{row['provider']}, {row['model']}", price, price, row["as-of"], row["source"]))
    return found
