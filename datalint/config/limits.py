"""The limits of a gate, and the columns of the guide that its score runs between."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

from datalint.support.named_tuple import NamedTuple

#: The measure that relative limits are divided by.
CATEGORIES: Final = "categories"

#: A relative limit is at least this: of 30 categories, twice the even share is 7 %, which dominates nothing. The rule
#: dominant-category reports no smaller share either.
_LEAST: Final = 1 / 3
#: More than the error of a share of a number.
_ERROR: Final = 1e-9

Unit = Literal["examples", "share", "shapes", "evenness", "problems"]
#: The measures of a dataset by name; None where one could not be taken.
MeasureValues = Mapping[str, float | int | None]


class Relation(StrEnum):
    """When a limit holds against a value."""

    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    TIMES_EVEN = "times-even"
    OVER_SHARE = "over-share"


class Limit(NamedTuple):
    """One limit of a gate: a comparison with a number, and the number's source.

    Two comparisons are relative to another measure, and hold over the limit: with ``times-even`` it is ``value`` ÷ the
    number of categories, or a third if that is less, and with ``over-share`` the share ``value`` of the measure ``of``,
    or 0 where that is missing.
    """

    comparison: Relation
    value: float
    unit: Unit
    source: str
    of: str | None = None

    @property
    def relative(self) -> bool:
        """Whether the number depends on another measure."""
        return self.of is not None

    def base(self, measures: MeasureValues) -> int | None:
        """Return the measure that a relative limit depends on; None for another limit, and where it is missing."""
        found = None if self.of is None else measures.get(self.of)
        return int(found) if found else None

    def threshold(self, base: int | None = None) -> float:
        """Return the number that values are compared with; ``base`` is what a relative limit depends on.

        Raises:
            ValueError: for a limit relative to the even share without the number of categories.
        """
        if self.comparison is Relation.OVER_SHARE:
            # Examples are counted, so the limit is a whole number too.
            return math.floor(self.value * (base or 0) + _ERROR)
        if self.comparison is not Relation.TIMES_EVEN:
            return self.value
        if not base:
            raise ValueError("a limit relative to the even share needs the number of categories")
        return max(self.value / base, _LEAST)

    def holds(self, value: float, base: int | None = None) -> bool:
        """Return whether ``value`` is where the limit says, so that the gate warns or fails."""
        threshold = self.threshold(base)
        match self.comparison:
            case Relation.UNDER:
                return value < threshold
            case Relation.AT_LEAST:
                return value >= threshold
            case Relation.AT_MOST:
                return value <= threshold
            case _:
                return value > threshold

    def text(self, base: int | None = None) -> str:
        """Return the limit in words: ``over 10 %``, ``under 500``, ``at least 90 %``."""
        if self.comparison is Relation.OVER_SHARE:
            share = f"{limit_text(self.value, 'share')} of {f'{base:,}' if base else self.of}"
            return f"over {self.threshold(base):,} ({share})" if base else f"over {share}"
        if self.comparison is not Relation.TIMES_EVEN:
            return f"{self.comparison.replace('-', ' ')} {limit_text(self.value, self.unit)}"
        relative = f"{self.value:g} × the even share"
        if not base:
            return f"over {relative}, and over a third"
        why = f"a third; {relative} is less" if self.value / base < _LEAST else relative
        return f"over {self.threshold(base) * 100:.3g} % ({why})"


class Anchor(NamedTuple):
    """A column of the guide as a value of the measure, by itself or as a share of another measure.

    ``times-even`` divides ``value`` by the number of categories; ``of`` names the measure that ``value`` is a share of.
    """

    value: float
    of: str | None = None

    def at(self, measures: MeasureValues) -> float | None:
        """Return the value of the measure, None where the other measure is missing."""
        if self.of is None:
            return self.value
        other = measures.get(self.of)
        if not other:
            return None
        return self.value / other if self.of == CATEGORIES else self.value * other

    def text(self, unit: Unit) -> str:
        """Return the anchor in words: ``0 %``, ``500``, ``the even share``."""
        if self.of is None:
            return limit_text(self.value, unit)
        if self.of == CATEGORIES:
            return "the even share" if self.value == 1 else f"{self.value:g} × the even share"
        return f"{limit_text(self.value, 'share')} of `{self.of}`"


def limit_text(value: float, unit: str) -> str:
    """Return a measure's value in its unit: ``2.5 %``, ``1,000``, ``0.7``."""
    if unit == "share":
        return f"{value * 100:.4g} %"
    return f"{value:,g}" if unit == "evenness" or value != int(value) else f"{int(value):,}"
