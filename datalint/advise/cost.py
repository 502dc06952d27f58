"""Time and price of a run, as ranges from dated data."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from datalint.advise.architecture import known
from datalint.advise.sources import SPEEDS
from datalint.advise.tables import load_table
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.advise.architecture import Architecture
    from datalint.advise.gpus import Gpu

#: Published training speeds of 7B and 8B models on one GPU, in tokens a second.
_SPEED: Final = (1650, 4699)
_SPEED_OF: Final = 8.0e9
#: Sizes of models that a price is shown for, as a part of the size of the model.
_SMALLER: Final = 0.8
_LARGER: Final = 1.3
_BILLIONS: Final = re.compile(r"(?<![A-Za-z0-9.])(?:(\d{1,3})x)?(\d{1,4}(?:\.\d{1,2})?)([bm])(?![a-z])", re.IGNORECASE)
#: Days after which a price is called stale.
STALE: Final = 180


class PriceRange(NamedTuple):
    """A price: low and high in US dollars, what it is for, its date and source."""

    what: str
    low: float
    high: float
    as_of: datetime.date
    source: str

    def stale(self, today: datetime.date) -> bool:
        """Return whether the price is older than :data:`STALE` days."""
        return (today - self.as_of).days > STALE


class TokenPrice(NamedTuple):
    """What a provider charges for a million trained tokens of a model, in US dollars."""

    provider: str
    model: str
    per_million: float
    as_of: datetime.date
    source: str


class Time(NamedTuple):
    """Hours of training on one GPU, and where the speeds are from."""

    low: float
    high: float
    source: str


def time(tokens: float, model: Architecture, gpu: Gpu | None) -> Time:
    """Return the hours that one GPU takes for ``tokens``: published speeds, scaled by the model's active parameters."""
    slow, fast = (gpu.speed if gpu is not None and gpu.speed is not None else None) or _SPEED
    scale = model.active_parameters / _SPEED_OF
    return Time(tokens * scale / fast / 3600, tokens * scale / slow / 3600, SPEEDS)


def prices(
    tokens: float, hours: Time | None, model: Architecture | None, gpu: Gpu | None, rates: Iterable[TokenPrice] = ()
) -> list[PriceRange]:
    """Return what ``tokens`` cost: by the hour of the GPU, and by the token for models of about the size."""
    found = []
    if hours is not None and gpu is not None:
        found += [
            PriceRange(
                f"{gpu.name} by the hour", hours.low * row["low"], hours.high * row["high"], row["as-of"], row["source"]
            )
            for row in load_table("prices")["gpu-hours"]
            if row["gpu"] == gpu.name
        ]
    for rate in rates if model is not None else ():
        size = parameters(rate.model)
        if size is not None and model is not None and _SMALLER <= size / model.parameters <= _LARGER:
            price = tokens / 1e6 * rate.per_million
            found.append(PriceRange(f"{rate.provider}, {rate.model}", price, price, rate.as_of, rate.source))
    return found


def parameters(name: str) -> float | None:
    """Return the parameters of a model by its name: from the table, or as the name tells (``8B``, ``8x7B``)."""
    found = known(name)
    if found is not None:
        return float(found.parameters)
    said = _BILLIONS.search(name)
    if said is None:
        return None
    return float(said[2]) * int(said[1] or 1) * (1e9 if said[3].lower() == "b" else 1e6)
