"""Whether a method fits on a GPU, with which software stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from datalint.advise.gpus import Gpu, gpus
from datalint.advise.memory import METHODS, Interval, Method, Stack, StackMemory, TrainingRun, estimate
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.advise.architecture import Architecture

Fit = Literal["fits", "fits with fused loss", "fits in bf16", "does not fit"]

#: The guide's table: GB for each method, as it says it.
GUIDE: Final[dict[Method, str]] = {
    "full": "80 GB and more",
    "lora": "24 GB",
    "qlora": "16 GB",
    "prompt-tuning": "very low",
}


class MethodFit(NamedTuple):
    """A method's memory with both stacks, what the guide says, and whether it fits on the GPU (None without one).

    ``bf16`` are the likely GB of full fine-tuning with everything in bf16, where the precision is open.
    """

    method: Method
    stock: StackMemory
    fused: StackMemory
    guide: str
    fit: Fit | None
    bf16: float | None = None


def fits(stock: Interval, fused: Interval, usable: float, bf16: float | None = None) -> Fit:
    """Return whether a run fits into ``usable`` GB, by the likely values; ``bf16`` is that of all in bf16."""
    if stock.likely <= usable:
        return "fits"
    if fused.likely <= usable:
        return "fits with fused loss"
    return "fits in bf16" if bf16 is not None and bf16 <= usable else "does not fit"


def methods(model: Architecture, run: TrainingRun, gpu: Gpu | None, lengths: tuple[int, int]) -> list[MethodFit]:
    """Return every method with its memory for the setting of ``run``, in the guide's order.

    ``lengths`` are the least and the most tokens that its longest row may have.
    """
    from dataclasses import replace

    found = []
    for method in METHODS:
        of_stack: dict[Stack, StackMemory] = {
            stack: _between(model, replace(run, method=method), stack, lengths) for stack in ("stock", "fused")
        }
        stock, fused = of_stack["stock"], of_stack["fused"]
        bf16 = None
        if method == "full" and run.precision is None:
            bf16 = estimate(model, replace(run, method=method, precision="bf16"), "stock").total.likely
        fit = None if gpu is None else fits(stock.total, fused.total, gpu.usable, bf16)
        found.append(MethodFit(method, stock, fused, GUIDE[method], fit, bf16))
    return found


def _between(model: Architecture, run: TrainingRun, stack: Stack, lengths: tuple[int, int]) -> StackMemory:
    """Return the memory of a run, from the low end of its shortest row to the high end of its longest one."""
    from dataclasses import replace

    found = estimate(model, run, stack)
    low, high = (estimate(model, replace(run, tokens=tokens), stack).total for tokens in lengths)
    return replace(found, total=Interval(low.low, found.total.likely, high.high))


def on_gpus(fit: MethodFit) -> list[tuple[Gpu, Fit]]:
    """Return for each GPU of the table whether the method fits on it."""
    return [(gpu, fits(fit.stock.total, fit.fused.total, gpu.usable, fit.bf16)) for gpu in gpus()]
