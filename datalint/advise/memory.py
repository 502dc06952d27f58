"""How much GPU memory a training run takes, as an interval for each software stack.

The terms and their sources are in docs/advise.md, and ``data/measurements.toml`` has the published measurements that
they are compared with. No estimate is one number: the low end is a stack with every saving, the high end one with none,
and ``likely`` is what measurements of that stack agree on.
"""

from __future__ import annotations

import math
from typing import Final, Literal

from datalint.advise import sources as said
from datalint.advise.architecture import Architecture
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

Method = Literal["full", "lora", "qlora", "prompt-tuning"]
Stack = Literal["stock", "fused"]
Optimizer = Literal["adamw", "adamw-8bit", "in-backward"]
Precision = Literal["bf16", "mixed", "fp32"]

METHODS: Final[tuple[Method, ...]] = ("full", "lora", "qlora", "prompt-tuning")
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
    and optimizer state evenly (FSDP or ZeRO-3). ``prompt`` are the tokens of a soft prompt. ``precision`` is that of
    weights and optimizer: all in 16 bits, with a copy in 32 bits, or all in 32 bits; None if it is open. ``head`` says
    that the output layer has an adapter, too.
    """

    method: Method
    tokens: int
    batch: int = 1
    rank: int = 16
    checkpointing: bool = True
    optimizer: Optimizer = "adamw"
    precision: Precision | None = None
    head: bool = False
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
    # 16 bits throughout (8 with weights), since torch makes the moments in the type of the weights; fp32 moments (12);
    # fp32 master weights (16); fp32 gradients too (18).
    "adamw": Interval(6, 14, 16),
    "adamw-8bit": Interval(4, 4, 6),
    # Gradients exist for one layer at a time, and the moments are paged to the host.
    "in-backward": Interval(0.1, 0.3, 2),
}
#: The same of AdamW where the precision is said; with fp32, gradients and two moments of four bytes each.
_PRECISE: Final = {"bf16": Interval(6, 6, 6), "mixed": Interval(14, 14, 16), "fp32": Interval(12, 12, 12)}
#: Bytes of the adapter's weights, gradients and AdamW in fp32 for each of its parameters; 8 if all are in bf16.
_ADAPTER: Final = Interval(8, 16, 16)
#: Bytes for each weight in 4-bit NormalFloat with double quantization: 4.127 bits (Dettmers et al. 2023).
_NF4: Final = 0.516
#: Bytes for each parameter of embeddings next to 4-bit weights: PEFT keeps them in fp32, the fused stacks in bf16.
_EMBEDDED: Final = {"stock": Interval(2, 4, 4), "fused": Interval(2, 2, 2)}
#: Bytes for each element of the input embedding that may be on the host instead (Unsloth's offload_embedding).
_OFFLOADED: Final = {"stock": 0, "fused": 2}
#: Bytes that checkpoints keep for each hidden element, layer and token; fused stacks move a part to the host.
_CHECKPOINTS: Final = {"stock": Interval(1.8, 2, 2.2), "fused": Interval(0.2, 1, 2)}
#: Bytes that an MLP keeps for each inner element and token; a plain one what its activation and its second matrix
#: read (Korthikanti et al.: 2 and 2).
_GATED: Final = 9
_PLAIN: Final = 4
#: The share of a layer's activations that is kept without checkpoints; fused kernels keep less.
_KEPT: Final = {"stock": Interval(0.6, 1, 1.2), "fused": Interval(0.5, 0.58, 1)}
#: Bytes of logits and loss for each token and entry of the vocabulary.
_LOGITS: Final = {"stock": Interval(10, 11.8, 14), "fused": Interval(0, 0, 0.5)}
#: Bytes of what a soft cap or an adapter on the head adds to them: the cap's hyperbolic tangent and result, or the
#: adapter's output, its multiple and the sum, in 16 bits, of which two to three exist at once.
_LOGITS_MORE: Final = {"stock": Interval(2, 4, 6), "fused": Interval(0, 0, 0.5)}
#: Bytes for each attention score of a layer. A soft cap rules out kernels that keep no scores: stock keeps the cap's
#: result (2), softmax in 32 bits (4) and in 16 (2), at least softmax and dropout (5, Korthikanti et al.).
_SCORES: Final = {"stock": Interval(5, 8, 12), "fused": Interval(0, 0, 8)}
#: Bytes for each element of an output layer with an adapter, where it is tied to the embedding: a copy, or none.
#: Where the head has 4 bits, as in LitGPT, the workspace has it whole; PEFT leaves it in 16.
_HEAD: Final = Interval(0, 0, 2)
#: Bytes for each element that a 4-bit linear layer reads, without checkpointing. bitsandbytes kept its inputs until
#: 0.43.2, in two copies by the measurements of LitGPT.
_INPUTS: Final = Interval(0, 0, 4)
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
    apart = _HEAD.times(model.head if run.head and model.tied else 0)
    if run.method == "qlora":
        embedded = _EMBEDDED[stack].times(model.embeddings)
        packed = _NF4 * (size - model.embeddings)
        offloaded = Interval(0 if model.tied else _OFFLOADED[stack] * model.head, 0, 0)
        ends = zip(embedded, apart, offloaded, strict=True)
        weights = Interval(*(packed + end + more - less for end, more, less in ends))
        terms = [Term("weights", weights, f"{said.DETTMERS}; embeddings stay in 16 or 32 bits")]
    else:
        source = f"{whole} bytes for each of {size:,} parameters ({'fp32' if whole == 4 else 'bf16'})"
        more = apart if run.method == "lora" else apart.times(0)
        terms = [Term("weights", Interval(*(whole * size + end for end in more)), source)]
    if run.method == "full":
        said_so = run.precision if run.optimizer == "adamw" else None
        beyond = (_PRECISE[said_so] if said_so else _FULL[run.optimizer]).times(size)
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
        trained = model.adapter(run.rank, head=run.head)
        terms.append(
            Term("adapter and its optimizer", _ADAPTER.times(trained), f"16 bytes for each of {trained:,} parameters")
        )
    return terms


def _activations(model: Architecture, run: TrainingRun, stack: Stack) -> list[Term]:
    """Return what depends on the rows: activations, logits, and the workspace of 4-bit weights."""
    rows = run.batch * (2 if run.pairs else 1)
    tokens = run.tokens * rows
    if run.method == "prompt-tuning":
        tokens += run.prompt * run.batch
    inner = model.expert_inner * model.active if model.experts else model.inner
    layer = tokens * (18 * model.hidden + (_PLAIN if model.plain else _GATED) * inner)
    if run.checkpointing:
        kept = _CHECKPOINTS[stack].times(model.layers * tokens * model.hidden)
        size = Interval(kept.low + 0.85 * layer, kept.likely + layer, kept.high + 1.15 * layer)
        words = "with checkpointing"
    else:
        size = _KEPT[stack].times(model.layers * layer)
        words = "without checkpointing"
        if run.method == "qlora" and stack == "stock":
            read = tokens * model.layers * ((2 if model.plain else 3) * model.hidden + inner)
            size = Interval(*(end + more for end, more in zip(size, _INPUTS.times(read), strict=True)))
    terms = [Term(f"activations {words}", size, said.KORTHIKANTI)]
    if model.capped_scores:
        kept_layers = 1 if run.checkpointing else model.layers
        scores = _SCORES[stack].times(kept_layers * model.heads * run.tokens**2 * rows)
        terms.append(Term("attention scores", scores, said.SOFTCAP))
    more = (1 if model.capped_logits else 0) + (1 if run.head and run.method in ("lora", "qlora") else 0)
    each = Interval(*(end + more * other for end, other in zip(_LOGITS[stack], _LOGITS_MORE[stack], strict=True)))
    logits = each.times(tokens * model.vocabulary)
    words = f"{said.MEASURED}: 10 to 14 bytes each, computed in pieces by a fused loss"
    terms.append(Term("logits and loss", logits, words))
    if run.method == "qlora":
        workspace = 4.0 * model.hidden * model.inner
        head = _HEAD.times(model.head if run.head else 0)
        terms.append(
            Term(
                "4-bit workspace",
                Interval(workspace / 2, workspace + head.likely, workspace + head.high),
                f"{said.DETTMERS}: one matrix, dequantized",
            )
        )
    return terms
