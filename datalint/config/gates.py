"""Gates: measures with limits, and the source of each limit.

A profile is a TOML file in ``profiles/``. ``guide`` defines every gate; ``strict`` and ``minimal`` state only
the limits that differ, each with its source; the user's ``[gates.<measure>]`` goes over both.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from datalint.config.model import GateOverride
from datalint.config.values import SettingError, UnknownKeyError, unknown
from datalint.core.finding import Factor

if TYPE_CHECKING:
    from datalint.config.model import Settings

_PROFILES: Final = Path(__file__).with_name("profiles")
_BASE: Final = "guide"
#: The measure that relative limits are divided by.
CATEGORIES: Final = "categories"
#: Units whose values lie between 0 and 1.
_FRACTIONS: Final = ("share", "evenness")

Unit = Literal["examples", "share", "shapes", "evenness"]
Better = Literal["more", "less"]
#: The measures of a dataset by name; None where one could not be taken.
Measures = Mapping[str, float | int | None]


class Comparison(StrEnum):
    """When a limit holds against a value."""

    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    TIMES_EVEN = "times-even"


#: The one measure whose limits may be relative to the even share.
_RELATIVE: Final = "largest-category-share"
_DIRECTIONS: Final = {
    "less": (Comparison.OVER, Comparison.AT_LEAST, Comparison.TIMES_EVEN),
    "more": (Comparison.UNDER, Comparison.AT_MOST),
}


class Limit(NamedTuple):
    """One limit of a gate: a comparison with a number, and the number's source.

    ``times-even`` is relative: the limit is ``value`` ÷ the number of categories, and holds over it.
    """

    comparison: Comparison
    value: float
    unit: Unit
    source: str

    @property
    def relative(self) -> bool:
        """Whether the number depends on the number of categories."""
        return self.comparison is Comparison.TIMES_EVEN

    def threshold(self, categories: int | None = None) -> float:
        """Return the number that values are compared with.

        Raises:
            ValueError: for a relative limit without the number of categories.
        """
        if self.comparison is not Comparison.TIMES_EVEN:
            return self.value
        if not categories:
            raise ValueError("a limit relative to the even share needs the number of categories")
        return self.value / categories

    def holds(self, value: float, categories: int | None = None) -> bool:
        """Return whether ``value`` is where the limit says, so that the gate warns or fails."""
        threshold = self.threshold(categories)
        match self.comparison:
            case Comparison.UNDER:
                return value < threshold
            case Comparison.AT_LEAST:
                return value >= threshold
            case Comparison.AT_MOST:
                return value <= threshold
            case _:
                return value > threshold

    def text(self, categories: int | None = None) -> str:
        """Return the limit in words: ``over 10 %``, ``under 500``, ``at least 90 %``."""
        if self.comparison is not Comparison.TIMES_EVEN:
            return f"{self.comparison.replace('-', ' ')} {shown(self.value, self.unit)}"
        relative = f"{self.value:g} × the even share"
        known = f"{self.threshold(categories) * 100:.3g} % ({relative})" if categories else relative
        return f"over {known}"


class Anchor(NamedTuple):
    """A column of the guide as a value of the measure, by itself or as a share of another measure.

    ``times-even`` divides ``value`` by the number of categories; ``of`` names the measure that ``value`` is a share of.
    """

    value: float
    of: str | None = None

    def at(self, measures: Measures) -> float | None:
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
            return shown(self.value, unit)
        if self.of == CATEGORIES:
            return "the even share" if self.value == 1 else f"{self.value:g} × the even share"
        return f"{shown(self.value, 'share')} of `{self.of}`"


class Gate(NamedTuple):
    """A measure with its limits.

    ``rules`` are the codes and prefixes whose findings it rests on; ``reported_by``, where it is given, those whose
    findings name the rows that the measure counts, so that accepted rows do not count. ``good`` and ``bad`` are the
    guide's columns, where the score is 100 and 0 unless a limit says otherwise; between them it follows the limits
    (:func:`datalint.verdict.scoring.score_of`), over log10 of the value where ``scale`` is ``log``.
    """

    measure: str
    factor: Factor
    title: str
    unit: Unit
    better: Better
    rules: tuple[str, ...]
    warn: Limit | None
    fail: Limit | None
    source: str
    good: Anchor
    bad: Anchor
    scale: Literal["linear", "log"] = "linear"
    reported_by: tuple[str, ...] = ()

    def rests_on(self, codes: Iterable[str]) -> bool:
        """Return whether any of the rules with these codes decides the gate."""
        return any(code.startswith(self.rules) for code in codes)

    def reports(self, code: str) -> bool:
        """Return whether findings of the rule with this code name the rows that the measure counts."""
        return code.startswith(self.reported_by or self.rules)


def load_gates(settings: Settings) -> dict[str, Gate]:
    """Return the gates of a run by measure, in report order: the profile's, with the user's limits over them.

    Raises:
        SettingError: with the trail from ``gates``, for an unknown measure or a limit that can't be.
    """
    gates = dict(profile(settings.profile))
    for measure, override in settings.gates.items():
        if measure not in gates:
            raise UnknownKeyError(unknown(measure, gates), ("gates", measure))
        keys = {side: f"gates.{measure}.{side}" for side in ("warn", "fail")}
        sources = {side: settings.origins.get(key, "set by the caller") for side, key in keys.items()}
        try:
            gates[measure] = overridden(gates[measure], override, sources)
        except SettingError as error:
            raise error.under("gates", measure) from None
    return gates


@functools.cache
def profile(name: str) -> Mapping[str, Gate]:
    """Return a profile's gates by measure, in report order."""
    gates = {measure: _defined(measure, raw) for measure, raw in _read(_BASE).items()}
    for measure, raw in _read(name).items() if name != _BASE else ():
        gates[measure] = _restated(gates[measure], raw)
    return gates


def overridden(gate: Gate, override: GateOverride, sources: Mapping[str, str]) -> Gate:
    """Return ``gate`` with the limits of ``override``; ``sources`` maps ``warn`` and ``fail`` to origins.

    Raises:
        SettingError: for a limit that can't be, or a warning that starts only beyond the failure.
    """
    limits = {"warn": gate.warn, "fail": gate.fail}
    for side, current in limits.items():
        raw = getattr(override, side)
        if raw is not None:
            try:
                limits[side] = _limit(raw, gate, current, sources[side])
            except SettingError as error:
                raise error.under(side) from None
    _in_order(limits["warn"], limits["fail"], gate)
    return gate._replace(warn=limits["warn"], fail=limits["fail"])


def shown(value: float, unit: str) -> str:
    """Return a measure's value in its unit: ``2.5 %``, ``1,000``, ``0.7``."""
    if unit == "share":
        return f"{value * 100:.4g} %"
    return f"{value:,g}" if unit == "evenness" or value != int(value) else f"{int(value):,}"


def _read(name: str) -> dict[str, Any]:
    import tomllib

    found: dict[str, Any] = tomllib.loads((_PROFILES / f"{name}.toml").read_text(encoding="utf-8"))["gates"]
    return found


def _defined(measure: str, raw: Mapping[str, Any]) -> Gate:
    gate = Gate(
        measure=measure,
        factor=Factor(raw["factor"]),
        title=raw["title"],
        unit=raw["unit"],
        better=raw["better"],
        rules=tuple(raw["rules"]),
        warn=None,
        fail=None,
        source=raw["source"],
        good=_anchor(raw["good"]),
        bad=_anchor(raw["bad"]),
        scale=raw.get("scale", "linear"),
        reported_by=tuple(raw.get("reported-by", ())),
    )
    return _restated(gate, raw)


def _anchor(raw: Any) -> Anchor:
    if not isinstance(raw, Mapping):
        return Anchor(raw)
    return Anchor(raw["times-even"], CATEGORIES) if "times-even" in raw else Anchor(raw["share"], raw["of"])


def _restated(gate: Gate, raw: Mapping[str, Any]) -> Gate:
    override, source = GateOverride(warn=raw.get("warn"), fail=raw.get("fail")), raw["source"]
    gate = overridden(gate, override, {"warn": source, "fail": source})
    return gate._replace(source=source)


def _limit(raw: Any, gate: Gate, current: Limit | None, source: str) -> Limit | None:
    if raw is False:
        return None
    comparison, value = _comparison(raw, gate, current)
    relative = comparison is Comparison.TIMES_EVEN
    if relative and gate.measure != _RELATIVE:
        raise SettingError(f"can't be {comparison}; only {_RELATIVE} can")
    if comparison not in _DIRECTIONS[gate.better]:
        words = " or ".join(_DIRECTIONS[gate.better][:2])
        raise SettingError(f"can't be {comparison}, for {gate.better} is better; it can be {words}")
    top = 1 if gate.unit in _FRACTIONS and not relative else None
    if value < 0 or (top is not None and value > top):
        hint = "; 0.05 is 5 %" if gate.unit == "share" else ""
        raise SettingError(f"must be {'from 0 to 1' if top else '0 or more'}, not {value:g}{hint}")
    return Limit(comparison, value, gate.unit, source)


def _comparison(raw: Any, gate: Gate, current: Limit | None) -> tuple[Comparison, float]:
    """A bare number keeps the comparison of the limit that it replaces."""
    if isinstance(raw, Mapping):
        if len(raw) != 1:
            raise SettingError(f"must hold one comparison, not {len(raw)}")
        return next((Comparison(name), value) for name, value in raw.items())
    if current is None or current.comparison is Comparison.TIMES_EVEN:
        return _DIRECTIONS[gate.better][0], raw
    return current.comparison, raw


def _in_order(warn: Limit | None, fail: Limit | None, gate: Gate) -> None:
    if warn is None or fail is None or Comparison.TIMES_EVEN in (warn.comparison, fail.comparison):
        return
    if warn.value > fail.value if gate.better == "less" else warn.value < fail.value:
        raise SettingError(f"({warn.text()}) comes after fail ({fail.text()}); move both", ("warn",))
