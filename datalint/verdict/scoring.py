"""The verdict and score of a gate, and the score of the dataset. Each verdict has a band of scores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from datalint.config.gates import Gate
from datalint.config.limits import Limit, MeasureValues, Relation, limit_text
from datalint.core.results import Verdict
from datalint.support.named_tuple import NamedTuple

#: The lowest scores of a pass and of a warning; a lower score fails.
PASSES: Final = 90.0
WARNS: Final = 50.0
_MOST: Final = 100.0
#: Scores of gates and factors have tenths. More than the error of a line's value at its end.
_TENTHS: Final = 10
_ERROR: Final = 1e-9
#: For the dataset's score: the lowest score of each verdict's band, and the factor by which the factors' mean is
#: multiplied.
_BANDS: Final = {Verdict.PASS: (90.0, 0.10), Verdict.WARN: (50.0, 0.39), Verdict.FAIL: (0.0, 0.49)}


class ScoreBand(NamedTuple):
    """The scores of one verdict: from ``top`` at the value ``better`` down to ``bottom`` at the value ``worse``.

    A value is None if the band has no such end; then every value in it has the score of the other end.
    """

    verdict: Verdict
    better: float | None
    worse: float | None
    top: float
    bottom: float


def verdict_of(gate: Gate, value: float, measures: MeasureValues) -> Verdict:
    """Return the verdict of a gate for a measure's value."""
    if _holds(gate.fail, value, measures):
        return Verdict.FAIL
    return Verdict.WARN if _holds(gate.warn, value, measures) else Verdict.PASS


def score_of(gate: Gate, value: float, measures: MeasureValues) -> float:
    """Return the score (0 to 100, with tenths, rounded down) of a measure's value, inside its verdict's band.

    Within a band the score is linear between the limits and the guide's columns; with ``scale = "log"`` over log10 of
    the value.
    """
    verdict = verdict_of(gate, value, measures)
    band = next(band for band in bands(gate, measures) if band.verdict is verdict)
    score = band.top - _part(gate, band, value) * (band.top - band.bottom)
    score = math.floor(_TENTHS * score + _ERROR) / _TENTHS
    # A limit is the end of one band and the beginning of the next; it belongs only to the next.
    return min(score, band.top if verdict is Verdict.PASS else band.top - 1 / _TENTHS)


def bands(gate: Gate, measures: MeasureValues) -> tuple[ScoreBand, ...]:
    """Return the bands between the gate's limits, from pass to fail."""
    warn, fail = (_threshold(limit, measures) for limit in (gate.warn, gate.fail))
    good, bad = gate.good.at(measures), gate.bad.at(measures)
    if warn is not None and fail is not None and not _better(gate, warn, fail):
        warn = None
    first = warn if warn is not None else fail
    out = [ScoreBand(Verdict.PASS, good, bad if first is None else first, _MOST, PASSES)]
    if warn is not None or gate.warn is not None:
        out.append(ScoreBand(Verdict.WARN, warn, bad if fail is None else fail, PASSES, WARNS))
    if fail is not None:
        out.append(ScoreBand(Verdict.FAIL, fail, bad, WARNS, 0.0))
    return tuple(out)


def dataset_score(verdict: Verdict, scores: Sequence[float]) -> int | None:
    """Return the mean of the assessed factors' scores, mapped into the verdict's band and rounded down."""
    if not scores or verdict is Verdict.NOT_ASSESSED:
        return None
    start, each = _BANDS[verdict]
    return math.floor(start + each * math.fsum(scores) / len(scores) + _ERROR)


def formula(gate: Gate, measures: MeasureValues) -> str:
    """Return the score's formula in words: ``pass 100 at 0 % to 90 at 3 %, warn to 50 at 10 %, …``."""
    parts = []
    for band in bands(gate, measures):
        if band.better is None and band.verdict is not Verdict.PASS:
            continue  # no value reaches it
        ends = [None if end is None else limit_text(end, gate.unit) for end in (band.better, band.worse)]
        top, bottom = f"{band.top:g}", f"{band.bottom:g}"
        if band.better is not None and band.worse is not None and not _better(gate, band.better, band.worse):
            parts.append(f"{band.verdict} {top if band.verdict is Verdict.PASS else bottom}")
        elif band.verdict is Verdict.PASS:
            parts.append(f"pass {top} at {ends[0] or 'the best'} to {bottom} at {ends[1]}")
        else:
            parts.append(f"{band.verdict} to {bottom} at {ends[1] or 'the worst'}")
    return f"{', '.join(parts)}; {'log-linear' if gate.scale == 'log' else 'linear'} between"


def _holds(limit: Limit | None, value: float, measures: MeasureValues) -> bool:
    return limit is not None and _threshold(limit, measures) is not None and limit.holds(value, limit.base(measures))


def _threshold(limit: Limit | None, measures: MeasureValues) -> float | None:
    """Return a limit as a number; None without one, and for one relative to the even share without categories."""
    base = None if limit is None else limit.base(measures)
    if limit is None or (limit.comparison is Relation.TIMES_EVEN and base is None):
        return None
    return limit.threshold(base)


def _better(gate: Gate, one: float, other: float) -> bool:
    return one < other if gate.better == "less" else one > other


def _part(gate: Gate, band: ScoreBand, value: float) -> float:
    """Return the position of a value in its band, from 0 at the top to 1 at the bottom."""
    if band.better is None or band.worse is None or not _better(gate, band.better, band.worse):
        # Only a value that is good enough passes; only one that is as bad as can be is in another band.
        return 0.0 if band.verdict is Verdict.PASS else 1.0
    start, end, at = (_scaled(gate, number) for number in (band.better, band.worse, value))
    return min(max((at - start) / (end - start), 0.0), 1.0)


def _scaled(gate: Gate, number: float) -> float:
    return math.log10(max(number, 1.0)) if gate.scale == "log" else float(number)
