"""Gates: measures with limits, and the source of each limit.

A profile is a TOML file in ``profiles/``. ``guide`` defines every gate; ``strict`` and ``minimal`` state only
the limits that differ, each with its source; the user's ``[gates.<measure>]`` goes over both.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from datalint.config.limits import CATEGORIES, Anchor, Limit, Relation, Unit
from datalint.config.model import GateOverride
from datalint.config.values import SettingError, UnknownKeyError, unknown
from datalint.core.finding import Factor
from datalint.core.kind import EVALUATION, Kind
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings

_PROFILES: Final = Path(__file__).with_name("profiles")
_BASE: Final = "guide"
#: Units whose values lie between 0 and 1.
_FRACTIONS: Final = ("share", "evenness")

Better = Literal["more", "less"]
#: The one measure whose limits may be relative to the even share.
_RELATIVE: Final = "largest-category-share"
#: Relative comparisons.
_TO_OTHERS: Final = (Relation.TIMES_EVEN, Relation.OVER_SHARE)
_DIRECTIONS: Final = {
    "less": (Relation.OVER, Relation.AT_LEAST, *_TO_OTHERS),
    "more": (Relation.UNDER, Relation.AT_MOST),
}


class Gate(NamedTuple):
    """A measure with its limits.

    ``rules`` are the codes and prefixes whose findings it rests on; ``reported_by``, where it is given, those whose
    findings name the rows that the measure counts, so that accepted rows do not count. ``good`` and ``bad`` are the
    guide's columns, where the score is 100 and 0 unless a limit says otherwise; between them it follows the limits
    (:func:`datalint.verdict.scoring.score_of`), over log10 of the value where ``scale`` is ``log``. ``kinds`` has the
    gate of each kind of data that has limits of its own. ``is_own`` is true for limits that the user set.
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
    kinds: Mapping[Kind, Gate] = MappingProxyType({})
    is_own: bool = False

    def rests_on(self, codes: Iterable[str]) -> Sequence[str]:
        """Return the codes of the rules that decide the gate, of those given."""
        return _starting(tuple(codes), self.rules)

    def reporting(self, codes: Iterable[str]) -> Sequence[str]:
        """Return the codes of the rules whose findings name the rows that the measure counts, of those given."""
        return _starting(tuple(codes), self.reported_by or self.rules)

    def of_kind(self, kind: Kind, eased: frozenset[Factor] = frozenset()) -> Gate:
        """Return the gate with the limits for a kind of data.

        The limits of ``eased`` factors are those of an evaluation set, unless the user set some.
        """
        return self.kinds.get(EVALUATION if self.factor in eased and not self.is_own else kind, self)

    def judging(self, kind: Kind, eased: frozenset[Factor] = frozenset()) -> Gate:
        """Return the gate by which data is judged: as :meth:`of_kind`, but volume never passes for an unclear use.

        What is too little to train on, and enough to evaluate with, warns.
        """
        gate, own = self.of_kind(kind, eased), self.kinds.get(kind, self)
        if self.factor is not Factor.VOLUME or gate is own or self.factor not in eased:
            return gate
        return own._replace(warn=own.warn or own.fail, fail=gate.fail)


@functools.lru_cache(maxsize=512)
def _starting(codes: tuple[str, ...], prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes that start with one of ``prefixes``; a run asks this of the same codes for each gate."""
    return tuple(code for code in codes if code.startswith(prefixes))


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
            gates[measure] = overridden(gates[measure], override, sources)._replace(is_own=True)
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
    kinds = {
        kind: other if kind == EVALUATION else _of_kind(other, override, limits) for kind, other in gate.kinds.items()
    }
    return gate._replace(warn=limits["warn"], fail=limits["fail"], kinds=MappingProxyType(kinds))


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
    gate = overridden(gate._replace(kinds={}), override, {"warn": source, "fail": source})._replace(source=source)
    kinds = {kind: _restated(gate, {"warn": False, "fail": False, **own}) for kind, own in raw.get("kinds", {}).items()}
    return gate._replace(kinds=MappingProxyType(kinds), good=_anchor(raw["good"]) if "good" in raw else gate.good)


def _of_kind(gate: Gate, override: GateOverride, limits: Mapping[str, Limit | None]) -> Gate:
    """Return the gate of a kind of training data with the user's limits, which are for every such kind."""
    warn = gate.warn if override.warn is None else limits["warn"]
    fail = gate.fail if override.fail is None else limits["fail"]
    try:
        _in_order(warn, fail, gate)
    except SettingError:
        # The user moved one limit past the other, which the kind has from the profile.
        warn, fail = (None, fail) if override.warn is None else (warn, None)
    return gate._replace(warn=warn, fail=fail)


def _limit(raw: Any, gate: Gate, current: Limit | None, source: str) -> Limit | None:
    if raw is False:
        return None
    comparison, value = _comparison(raw, gate, current)
    of = {Relation.TIMES_EVEN: CATEGORIES, Relation.OVER_SHARE: gate.bad.of}.get(comparison)
    if comparison is Relation.TIMES_EVEN and gate.measure != _RELATIVE:
        raise SettingError(f"can't be {comparison}; only {_RELATIVE} can")
    if comparison is Relation.OVER_SHARE and of is None:
        raise SettingError(f"can't be {comparison}; only a number of examples can")
    if comparison not in _DIRECTIONS[gate.better]:
        words = " or ".join(_DIRECTIONS[gate.better][:2])
        raise SettingError(f"can't be {comparison}, because {gate.better} is better; it can be {words}")
    is_share = comparison is Relation.OVER_SHARE or (gate.unit in _FRACTIONS and of is None)
    if value < 0 or (is_share and value > 1):
        hint = "; 0.05 is 5 %" if is_share and gate.unit != "evenness" else ""
        raise SettingError(f"must be {'from 0 to 1' if is_share else '0 or more'}, not {value:g}{hint}")
    return Limit(comparison, value, gate.unit, source, of)


def _comparison(raw: Any, gate: Gate, current: Limit | None) -> tuple[Relation, float]:
    """A bare number keeps the comparison of the limit that it replaces."""
    if isinstance(raw, Mapping):
        if len(raw) != 1:
            raise SettingError(f"must contain one comparison, not {len(raw)}")
        return next((Relation(name), value) for name, value in raw.items())
    if current is None or current.relative:
        return _DIRECTIONS[gate.better][0], raw
    return current.comparison, raw


def _in_order(warn: Limit | None, fail: Limit | None, gate: Gate) -> None:
    if warn is None or fail is None or warn.relative or fail.relative:
        return
    if warn.value > fail.value if gate.better == "less" else warn.value < fail.value:
        raise SettingError(f"({warn.text()}) is beyond fail ({fail.text()}); set both", ("warn",))
