"""How much GPU memory a training run takes, as an interval for each software stack.

The terms and their sources are in docs/advise.md, and ``data/measurements.toml`` has the published measurements that
they are compared with. No estimate is one number: the low end is a stack with every saving, the high end one with none,
and ``likely`` is what measurements of that stack agree on.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

from datalint.advise import sources as said
from datalint.advise.architecture import Architecture
from datalint.support.classes import frozen

Method = Literal["full", "lora", "qlora", "prompt-tuning"]
Stack = Literal["stock", "fused"]
Optimizer = Literal["adamw", "adamw-8bit", "in-backward"]
Precision = Literal["bf16", "fp32"]

METHODS: Final[tuple[Method, ...]] = ("full", "lora", "qlora", "prompt-tuning")
STACKS: Final[tuple[Stack, ...]] = ("stock", "fused")
#: Tokens of a row from which formulas are less certain, so that the interval widens: the same run took 3.9 GB with
#: transformers 5 on Linux and 5.8 GB with transformers 4 on Windows at 6,144 tokens, and 8 % apart at 4,352.
LONG: Final = 4096
#: Tokens of a soft prompt: the guide's method is used with 20 to 100 (Lester et al. 2021, arXiv:2104.08691).
SOFT_PROMPT: Final = 20
_GB: Final = 1e9


class Interval(NamedTuple):
    """An amount between two ends, with the likely value; bytes in terms, GB (10^9 bytes) in totals."""

    low: float
    likely: float
    high: float

    def times(self, factor: float) -> Interval:
        """Return the range multiplied by a number."""
        return Interval(self.low * factor, self.likely * factor, self.high * factor)


class Term(NamedTuple):
    """One part of the memory, in bytes, and the source of its coefficient."""

    name: str
    size: Interval
    source: str


@frozen
class TrainingRun:
    """A training run: method, tokens of the longest row, rows on the GPU at once, rank, and how it is run.

    ``pairs`` says that each row is a preference: both sides pass through the model. ``gpus`` share weights, gradients
    and optimizer state evenly (FSDP or ZeRO-3). ``prompt`` are the tokens of a soft prompt.
    """

    method: Method
    tokens: int
    batch: int = 1
    rank: int = 16
    checkpointing: bool = True
    optimizer: Optimizer = "adamw"
    precision: Precision = "bf16"
    pairs: bool = False
    gpus: int = 1
    prompt: int = SOFT_PROMPT


@frozen
class StackMemory:
    """The memory of a run with one stack: each term in bytes, and the total in GB (10^9 bytes)."""

    stack: Stack
    terms: tuple[Term, ...]
    total: Interval


#: Bytes for each parameter of full fine-tuning beyond the weights: gradients and AdamW.
_FULL: Final = {
    # bf16 throughout with fp32 moments (12 with weights); fp32 master weights (16); fp32 gradients too (18).
    "adamw": Interval(10, 14, 16),
    "adamw-8bit": Interval(4, 4, 6),
    # Gradients exist for one layer at a time, and the moments are paged to the host.
    "in-backward": Interval(0.1, 0.3, 2),
}
#: Bytes of the adapter's weights, gradients and AdamW in fp32 for each of its parameters; 12 with bf16 weights.
_ADAPTER: Final = Interval(12, 16, 16)
#: Bytes for each weight in 4-bit NormalFloat with double quantization: 4.127 bits (Dettmers et al. 2023).
_NF4: Final = 0.516
#: Bytes for each parameter of embeddings beside 4-bit weights: PEFT keeps them in fp32, the fused stacks in bf16.
_EMBEDDED: Final = {"stock": Interval(2, 4, 4), "fused": Interval(2, 2, 2)}
#: Bytes that checkpoints keep for each hidden element, layer and token; fused stacks move a part to the host.
_CHECKPOINTS: Final = {"stock": Interval(1.8, 2, 2.2), "fused": Interval(0.2, 1, 2)}
#: The share of a layer's activations that is kept without checkpoints; fused kernels keep less.
_KEPT: Final = {"stock": Interval(0.6, 1, 1.2), "fused": Interval(0.5, 0.58, 1)}
#: Bytes of logits and loss for each token and entry of the vocabulary.
_LOGITS: Final = {"stock": Interval(10, 11.8, 14), "fused": Interval(0, 0, 0.5)}
#: Bytes of the CUDA context, libraries and what an allocator rounds up.
_CONTEXT: Final = Interval(0.5e9, 0.8e9, 1.2e9)
#: The share of everything that an allocator may lose to fragments.
_FRAGMENTS: Final = 0.10
#: By how much the ends move apart for each doubling beyond LONG.
_WIDER: Final = Interval(0.05, 0, 0.16)


def estimate(model: Architecture, run: TrainingRun, stack: Stack) -> StackMemory:
    """Return the memory of ``run`` with ``stack``, for one of its GPUs."""
    terms = (*_states(model, run, stack), *_activations(model, run, stack))
    shared = {"weights", "reference model", "adapter and its optimizer", "gradients and optimizer", "soft prompt"}
    each = tuple(term._replace(size=term.size.times(1 / run.gpus)) if term.name in shared else term for term in terms)
    if run.gpus > 1:
        # A layer is gathered whole while it works, and the next one is prefetched.
        layer = 2 * (model.parameters - model.embeddings) / model.layers
        each = (*each, Term("gathered layers", Interval(layer, 2 * layer, 3 * layer), said.FSDP))
    each = (*each, Term("CUDA context", _CONTEXT, said.MEASURED))
    low, likely, high = (sum(term.size[end] for term in each) / _GB for end in range(3))
    wider = math.log2(run.tokens / LONG) if run.tokens > LONG else 0.0
    total = Interval(
        low * (1 - min(_WIDER.low * wider, 0.5)), likely, high * (1 + _FRAGMENTS) * (1 + _WIDER.high * wider)
    )
    return StackMemory(stack, each, total)


def _states(model: Architecture, run: TrainingRun, stack: Stack) -> list[Term]:
    """Return what does not depend on the rows: weights, and what is trained."""
    size = model.parameters
    whole = 4 if run.precision == "fp32" else 2
    if run.method == "qlora":
        embedded = _EMBEDDED[stack].times(model.embeddings)
        packed = _NF4 * (size - model.embeddings)
        weights = Interval(*(packed + end for end in embedded))
        terms = [Term("weights", weights, f"{said.DETTMERS}; embeddings stay in 16 or 32 bits")]
    else:
        source = f"{whole} bytes for each of {size:,} parameters ({run.precision})"
        terms = [Term("weights", Interval(whole * size, whole * size, whole * size), source)]
    if run.method == "full":
        beyond = _FULL[run.optimizer].times(size)
        if run.precision == "fp32":  # gradients and two moments of four bytes each
            beyond = Interval(12 * size, 12 * size, 12 * size)
        terms.append(
            Term(
                "gradients and optimizer",
                beyond,
                said.ELEUTHER,
            )
        )
        if run.pairs:
            terms.append(Term("reference model", Interval(0, 2 * size, 2 * size), f"{said.DPO}: a second model"))
    elif run.method == "prompt-tuning":
        trained = 16 * run.prompt * model.hidden
        terms.append(Term("soft prompt", Interval(trained, trained, trained), said.LESTER))
    else:
        trained = model.adapter(run.rank)
        terms.append(
            Term("adapter and its optimizer", _ADAPTER.times(trained), f"16 bytes for each of {trained:,} parameters")
        )
    return terms


def _activations(model: Architecture, run: TrainingRun, stack: Stack) -> list[Term]:
    """Return what depends on the rows: activations, logits, and the workspace of 4-bit weights."""
    tokens = run.tokens * run.batch * (2 if run.pairs else 1)
    if run.method == "prompt-tuning":
        tokens += run.prompt * run.batch
    layer = tokens * (18 * model.hidden + 9 * (model.inner if not model.experts else model.expert_inner * 8))
    if run.checkpointing:
        kept = _CHECKPOINTS[stack].times(model.layers * tokens * model.hidden)
        size = Interval(kept.low + 0.85 * layer, kept.likely + layer, kept.high + 1.15 * layer)
        words = "with checkpointing"
    else:
        size = _KEPT[stack].times(model.layers * layer)
        words = "without checkpointing"
    terms = [Term(f"activations {words}", size, said.KORTHIKANTI)]
    logits = _LOGITS[stack].times(tokens * model.vocabulary)
    words = f"{said.MEASURED}: 10 to 14 bytes each, computed in pieces by a fused loss"
    terms.append(Term("logits and loss", logits, words))
    if run.method == "qlora":
        workspace = 4.0 * model.hidden * model.inner
        terms.append(
            Term(
                "4-bit workspace",
                Interval(workspace / 2, workspace, workspace),
                f"{said.DETTMERS}: one matrix, dequantized",
            )
        )
    return terms
