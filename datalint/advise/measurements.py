"""Published measurements and the estimates for the same settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from datalint.advise.architecture import Architecture, known
from datalint.advise.memory import Interval, TrainingRun, estimate
from datalint.advise.tables import load_table
from datalint.support.named_tuple import NamedTuple

_GIB: Final = 2**30 / 1e9
#: Tokens up to which a requirement that states no length is taken to hold.
_LENGTH: Final = 2048
#: How far a likely value may be from a measurement.
TOLERANCE: Final = 0.15


class Compared(NamedTuple):
    """A published measurement in GB (10^9 bytes) and the estimate of the same setting."""

    source: str
    title: str
    kind: str
    setting: str
    fitted: bool
    published: float
    estimated: Interval

    @property
    def error(self) -> float:
        """The likely value ÷ the published one − 1."""
        return self.estimated.likely / self.published - 1

    @property
    def inside(self) -> bool:
        """Whether the published value lies in the interval. Requirements are rounded to a half or a whole GB."""
        half = 0.0 if self.kind != "requirement" else 0.25 if self.published % 1 else 0.5
        return self.estimated.low <= self.published + half and self.published - half <= self.estimated.high

    @property
    def agrees(self) -> bool:
        """Whether the likely value is near enough, or the published one inside the interval."""
        return abs(self.error) <= TOLERANCE or self.inside


def compare_measurements() -> Iterator[Compared]:
    """Yield every published measurement with its estimate."""
    for source in load_table("measurements")["sources"]:
        for row in source["rows"]:
            yield _compared({"kind": "measured", **{k: v for k, v in source.items() if k != "rows"}, **row})


def _compared(row: Mapping[str, Any]) -> Compared:
    model = known(row["model"])
    assert model is not None
    runs = [_run(row, method) for method in row["method"].split(" or ")]
    if row["kind"] != "requirement":
        each = [_of_setting(model, run, row) for run in runs]
        words = [f"{runs[0].tokens:,} tokens", f"batch {runs[0].batch}" if runs[0].batch > 1 else "", row["stack"]]
    else:
        each = [_of_requirement(model, run, row) for run in runs]
        words = ["length not stated", row.get("stack", "")]
    found = Interval(
        min(one.low for one in each), sum(one.likely for one in each) / len(each), max(one.high for one in each)
    )
    setting = ", ".join(filter(None, [row["model"].rpartition("/")[2], row["method"], *words, row.get("note", "")]))
    published = row["peak"] * (_GIB if row["unit"] == "GiB" else 1)
    return Compared(row["id"], row["title"], row["kind"], setting, row.get("fitted", False), published, found)


def _run(row: Mapping[str, Any], method: Any) -> TrainingRun:
    return TrainingRun(
        method=method,
        tokens=row.get("tokens", 0),
        batch=row.get("batch", 1),
        rank=row["rank"],
        checkpointing=row.get("checkpointing", True),
        optimizer=row.get("optimizer", "adamw"),
        precision=row.get("precision"),
        head=row.get("head", False),
        gpus=row.get("gpus", 1),
    )


def _of_setting(model: Architecture, run: TrainingRun, row: Mapping[str, Any]) -> Interval:
    """Return the estimate, without what the measurement does not count."""
    found = estimate(model, run, row["stack"])
    left_out = [Interval(0, 0, 0)]
    if row.get("allocator"):  # PyTorch's own count, to which the CUDA context is unknown
        left_out += [term.size for term in found.terms if term.name == "CUDA context"]
    if row.get("streamed"):  # two layers are on the GPU at a time
        absent = 2 * (model.parameters - model.embeddings) * (1 - 2 / model.layers)
        left_out.append(Interval(absent, absent, absent))
    return Interval(*(end - sum(each[at] for each in left_out) / 1e9 for at, end in enumerate(found.total)))


def _of_requirement(model: Architecture, run: TrainingRun, row: Mapping[str, Any]) -> Interval:
    """Return the range from weights and what is trained alone to a row of the usual length."""
    none, usual = (estimate(model, replace(run, tokens=each), row.get("stack", "stock")) for each in (0, _LENGTH))
    least = estimate(model, replace(run, tokens=0), row.get("stack", "fused")).terms
    low = sum(term.size.low for term in least if term.name != "CUDA context") / 1e9
    return Interval(low, (none.total.likely + usual.total.likely) / 2, usual.total.high)
