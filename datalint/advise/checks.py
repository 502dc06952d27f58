"""What the guide says against a plan: the checks of rules RDY101 to RDY107, which `datalint advise` makes too.

Each yields messages with the fact, the guide's row, and what would change it. ``data`` is None if no data was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from datalint.advise import hyperparameters
from datalint.advise.cost import parameters
from datalint.advise.decide import KNOWLEDGE
from datalint.advise.fit import fits
from datalint.advise.memory import TrainingRun, estimate
from datalint.privacy.display import printable
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.advise.facts import DataFacts, Training

#: By how much an estimated number of tokens may be wrong: the most that docs/stats.md found for a file.
ESTIMATED: Final = 0.28
#: A lone model of this size or less is not called the largest.
SMALL_MODEL: Final = 9e9


def knowledge_training(training: Training, data: DataFacts | None, *, share: float = KNOWLEDGE) -> Iterator[str]:
    """Facts are to be trained in, although they could be retrieved."""
    plan = training.plan
    if plan.retrievable is False:
        return
    if plan.goal == "domain-knowledge" or plan.knowledge is True:
        yield (
            "the plan is to train domain knowledge; the guide: use retrieval for facts, fine-tune for behaviour. "
            "Knowledge that can't be retrieved (retrievable = false) would change this"
        )
        return
    found = None if data is None else data.grounding
    if found is not None and plan.knowledge is None and found.enough and found.share > share:
        added = f", such as {', '.join(found.added)} in {printable(found.row)}" if found.added and found.row else ""
        yield (
            f"{found.ungrounded:,} of {found.sampled:,} answers looked at add names or numbers that are not in their "
            f"prompts{added}; the guide: use retrieval for facts. If they are style or reasoning, and not facts, say "
            "knowledge = false"
        )


def no_baseline(training: Training, data: DataFacts | None) -> Iterator[str]:
    """Nothing says how good the base model with a good prompt is."""
    if training.plan.prompt_baseline is None:
        yield (
            "no result of the base model with a good prompt; the guide: evaluate that first. Measure it on the "
            "evaluation set and set prompt-baseline"
        )


def no_evaluation_metric(training: Training, data: DataFacts) -> Iterator[str]:
    """Nothing says how the model will be evaluated."""
    if training.plan.metric is None:
        has = (
            f"{counted(data.evaluation, 'evaluation row')}, but" if data.evaluation else "neither an evaluation set nor"
        )
        no = "no metric" if data.evaluation else "a metric"
        yield f"{has} {no}; the guide: automated metrics and human review. Set metric, such as exact-match"


def largest_model_first(training: Training, data: DataFacts | None, *, small: float = SMALL_MODEL) -> Iterator[str]:
    """The largest of the models considered is to be trained, and no smaller one was tried."""
    plan = training.plan
    if plan.base_model is None:
        return
    sizes = sizes_considered(training)
    base = sizes[plan.base_model]
    if base is None or any(size is not None and size > base for size in sizes.values()):
        return
    smaller = [name for name, size in sizes.items() if size is not None and size < base]
    if not smaller and base <= small:
        return
    if any(plan.models.get(name) not in (None, False) for name in smaller):
        return
    others = (
        f"the largest of {len(sizes)} models considered, and no smaller one has a result"
        if smaller
        else "the only size considered"
    )
    yield (
        f"{printable(plan.base_model)} is {others}; the guide: start with the smallest model that works. A result of "
        "a smaller model in plan.models would change this"
    )


def sizes_considered(training: Training) -> dict[str, float | None]:
    """Return the parameters of the plan's base model and of the models it considers, None where they are not known."""
    plan = training.plan
    sizes = {name: parameters(name) for name in (*filter(None, (plan.base_model,)), *plan.models)}
    if plan.base_model is not None and training.model is not None:
        sizes[plan.base_model] = float(training.model.parameters)
    return sizes


def method_does_not_fit(training: Training, data: DataFacts) -> Iterator[str]:
    """The method takes more memory than the GPU has."""
    plan, model, gpu = training.plan, training.model, training.gpu
    if model is None or gpu is None or plan.method is None:
        return
    run = run_of(training, data, model_rank=plan.rank or hyperparameters.rank(data, model, plan.epochs or 3))
    # An error is not to depend on an estimate of the tokens.
    shortest, _, longest = row_lengths(training, data)
    run = replace(run, tokens=shortest)
    stock, fused = (estimate(model, run, stack).total for stack in ("stock", "fused"))
    least = stock if plan.stack == "stock" else fused

    def likely(**instead: Any) -> float:
        return estimate(model, replace(run, **instead), plan.stack or "fused").total.likely

    if run.method == "full" and run.precision is None:
        # The plan leaves the precision open: the error is to be true of the smallest.
        if likely(precision="bf16") <= gpu.usable:
            return
    elif least.likely <= gpu.usable and fits(stock, fused, gpu.usable) != "does not fit":
        return
    smaller: dict[str, dict[str, Any]] = {}
    if run.method == "full":
        smaller["full fine-tuning in bf16"] = {"precision": "bf16"}
    elif run.method != "prompt-tuning" and run.rank > hyperparameters.USUAL_RANK:
        smaller[f"rank {hyperparameters.USUAL_RANK}"] = {"rank": hyperparameters.USUAL_RANK}
    smaller |= {method: {"method": method} for method in ("lora", "qlora")}
    other = next((name for name, instead in smaller.items() if likely(**instead) <= gpu.usable), None)
    remedy = f"{other} fits" if other else "a smaller model, shorter rows or a larger GPU would change this"
    if least is stock and fused.likely <= gpu.usable:
        remedy = "it fits with a fused loss"
    cut = f" (cut at {training.max_length:,})" if training.max_length and data.longest > training.max_length else ""
    # A GPU that is given by its size has no other name.
    owner = "the GPU" if f"{gpu.usable:g}" in gpu.name else gpu.name
    most = estimate(model, replace(run, tokens=longest), "stock").total.high
    yield (
        f"{plan.method} of {printable(model.name)} takes {least.low:,.0f} to {most:,.0f} GB at this data's "
        f"longest row of {'' if data.exact else 'about '}{data.longest:,} tokens{cut}, batch {run.batch}; {owner} has "
        f"{gpu.usable:g} GB: {remedy}"
    )


def prompt_would_do(training: Training, data: DataFacts | None) -> Iterator[str]:
    """A prompt, or the base model as it is, is what the guide advises."""
    plan = training.plan
    if plan.prompt_solves is True:
        yield "the plan says that a prompt solves it; the guide: use a prompt. Results that it misses would change this"
        return
    if plan.prompt_solves is False:
        return
    if plan.goal == "general-questions":
        yield (
            "the goal is general questions; the guide: use the base model. A result that it misses "
            "(prompt-solves = false) would change this"
        )
    elif plan.goal == "output-format":
        yield (
            "the goal is output format; the guide: use a prompt, or structured outputs. A result that they miss "
            "(prompt-solves = false) would change this"
        )
    elif plan.goal is None and data is not None and data.task == "structured-output" and data.json_keys:
        yield (
            f"the answers are JSON objects with one set of keys ({', '.join(data.json_keys[:5])}); the guide: a prompt "
            "for output format, with structured outputs first. prompt-solves = false would change this"
        )


def overfitting_plan(
    training: Training,
    data: DataFacts,
    *,
    most_epochs: float = hyperparameters.MOST_EPOCHS,
    few: int = hyperparameters.SMALL,
    few_steps: int = hyperparameters.FEW_STEPS,
    ranks: tuple[int, int] = (hyperparameters.LEAST_RANK, hyperparameters.MOST_RANK),
) -> Iterator[str]:
    """Epochs, steps or rank are outside of what sources recommend for so much data."""
    plan = training.plan
    if plan.epochs is not None and plan.epochs > most_epochs and data.effective < few:
        yield (
            f"{hyperparameters.of_epochs(plan.epochs)} over {counted(data.effective, 'effective example')}: sources "
            f"recommend 1 to {most_epochs:g}, and the guide warns of overfitting under 100. More examples would change "
            "this"
        )
    elif plan.epochs is not None:
        rows = plan.batch or hyperparameters.ROWS_OF_A_STEP
        steps = hyperparameters.steps(data, plan.epochs, rows)
        if 0 < steps < few_steps:
            yield (
                f"{counted(steps, 'step')} ({counted(data.rows, 'row')}, {hyperparameters.of_epochs(plan.epochs)}, "
                f"{rows} rows in a step): a "
                f"warm-up takes a large part of under {few_steps}. Fewer rows in a step, or more examples, would help"
            )
    if plan.rank is not None and plan.method in (None, "lora", "qlora") and not ranks[0] <= plan.rank <= ranks[1]:
        yield f"rank {plan.rank}: sources recommend 8 to 64, and go from {ranks[0]} to {ranks[1]}"


def row_lengths(training: Training, data: DataFacts) -> tuple[int, int, int]:
    """Return the least, the likely and the most tokens of this data's longest row, after truncation."""
    wrong = 0 if data.exact else ESTIMATED
    lengths = [round(data.longest * factor) for factor in (1 - wrong, 1, 1 + wrong)]
    if training.max_length is not None:
        lengths = [min(each, training.max_length) for each in lengths]
    least, likely, most = (max(each, 1) for each in lengths)
    return least, likely, most


def run_of(training: Training, data: DataFacts, *, model_rank: int) -> TrainingRun:
    """Return the run that a plan describes, with this data's longest row after truncation."""
    plan = training.plan
    return TrainingRun(
        method=plan.method or "lora",
        tokens=row_lengths(training, data)[1],
        batch=plan.micro_batch or 1,
        rank=model_rank,
        checkpointing=plan.checkpointing is not False,
        precision=plan.precision,
        head=plan.head is True,
        pairs=data.preferences > data.rows / 2,
        gpus=plan.gpus or 1,
    )
