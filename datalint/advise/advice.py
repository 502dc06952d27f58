"""A recommendation from facts: whether to fine-tune, by which method, at what cost, and what would change it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from datalint.advise import checks, cost, hyperparameters
from datalint.advise import sources as said
from datalint.advise.decide import Choice, Decision, decide
from datalint.advise.fit import MethodFit, methods
from datalint.advise.memory import LONG, Method, TrainingRun
from datalint.advise.patterns import Pattern, find_patterns, unread
from datalint.advise.statements import Statement, statements
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from datalint.advise.facts import Answers, DataFacts, Training
    from datalint.core.kind import Task


class Missing(NamedTuple):
    """What could not be assessed, and what to supply."""

    what: str
    supply: str


@frozen
class Advice:
    """The whole recommendation; ``choice`` is None where the facts do not lead to one.

    ``method`` is the one to start with, None where none is known to fit. ``notes`` say where the guide simplifies.
    """

    headline: str
    choice: Choice | None
    decision: Decision
    statements: tuple[Statement, ...]
    patterns: tuple[Pattern, ...]
    missing: tuple[Missing, ...]
    notes: tuple[Statement, ...]
    data: DataFacts | None
    training: Training
    run: TrainingRun | None = None
    methods: tuple[MethodFit, ...] = ()
    method: Method | None = None
    settings: tuple[hyperparameters.Setting, ...] = ()
    lora_config: str | None = None
    tokens: float | None = None
    time: cost.Time | None = None
    costs: tuple[tuple[cost.PriceRange, bool], ...] = ()


_INSTEAD: dict[Task, str] = {
    "evaluation": "give the FILE of the training set",
    "reinforcement": "they depend on the answers that are sampled, which are not in the data",
}
_HEADLINES: dict[Choice, str] = {
    "prompt": "Use a prompt; do not fine-tune.",
    "retrieval": "Use retrieval; do not fine-tune for facts.",
    "both": "Consider fine-tuning, or retrieval and fine-tuning together.",
    "fine-tune": "Fine-tune.",
    "smaller-model": "Fine-tune a smaller model.",
    "none": "The base model is enough; do not fine-tune.",
}
#: Rows that were not read, that are not for training, or whose answers are sampled: they set nothing.
_UNTRAINED: tuple[Task | None, ...] = (None, "evaluation", "reinforcement")
#: The order in which methods are proposed: the guide calls LoRA nearly as good as full fine-tuning, and QLoRA good.
_PROPOSED: tuple[Method, ...] = ("lora", "qlora")


def advise(
    answers: Answers,
    data: DataFacts | None,
    training: Training,
    today: datetime.date,
    rates: Sequence[cost.TokenPrice] = (),
) -> Advice:
    """Return the advice. ``rates`` are prices by the token; ``today`` decides which prices are stale."""
    decision = decide(answers, data)
    plan, model = training.plan, training.model
    shows = data is not None and data.task not in _UNTRAINED
    passes = plan.epochs or (float(hyperparameters.epochs(data)) if data is not None else 1.0)
    rank = plan.rank or (hyperparameters.rank(data, model, passes) if data is not None else hyperparameters.USUAL_RANK)
    run = checks.run_of(training, data, model_rank=rank) if data is not None and shows else None
    fits: tuple[MethodFit, ...] = ()
    if model is not None and run is not None and data is not None:
        least, _, most = checks.row_lengths(training, data)
        fits = tuple(methods(model, run, training.gpu, (least, most)))
    method = plan.method or _proposed(fits)
    tokens = data.read * passes if data is not None and shows else None
    hours = cost.time(tokens, model, training.gpu) if tokens and model is not None else None
    given = {"epochs": plan.epochs, "rank": plan.rank, "rows": plan.batch}
    known = {name: float(value) for name, value in given.items() if value is not None}
    settings = hyperparameters.settings(data, method, model, known) if data is not None and shows and method else []
    return Advice(
        headline=_headline(decision),
        choice=decision.choice,
        decision=decision,
        statements=tuple(statements(data, training, passes)) if data is not None else (),
        patterns=tuple(find_patterns(training, data, answers)),
        missing=tuple(_missing(decision, data, training)),
        notes=tuple(_notes(fits, training, run, rank)),
        data=data,
        training=training,
        run=run,
        methods=fits,
        method=method,
        settings=tuple(settings),
        lora_config=hyperparameters.lora_config(rank) if method in ("lora", "qlora") and settings else None,
        tokens=tokens,
        time=hours,
        costs=tuple(
            (each, each.stale(today))
            for each in (cost.prices(tokens, hours, model, training.gpu, rates) if tokens is not None else [])
        ),
    )


def _headline(decision: Decision) -> str:
    if decision.choice is None:
        return "Not assessed: the facts do not lead to a recommendation yet."
    words = _HEADLINES[decision.choice]
    return words if decision.open is None else f"{words} This is the row of the guide's table; the tree is open."


def _proposed(fits: tuple[MethodFit, ...]) -> Method | None:
    if not fits:
        return "lora"
    fitting = {fit.method for fit in fits if fit.fit != "does not fit"}
    return next((method for method in _PROPOSED if method in fitting), None)


def _missing(decision: Decision, data: DataFacts | None, training: Training) -> Iterator[Missing]:
    if decision.open is not None:
        yield Missing("the rest of the decision tree", decision.changes[0])
    if decision.row is None:
        yield Missing("the row of the guide's table", "say what the training is for with --goal")
    if data is None:
        yield Missing("what the data shows", "give the FILE of the training set")
    elif data.task is None:
        yield Missing("what the data shows", unread(data))
    if data is not None and data.grounding is not None and not data.grounding.sampled:
        yield Missing("whether answers add facts", "their prompts have images, audio or video; say --knowledge yes|no")
    if data is not None and data.task in ("evaluation", "reinforcement"):
        yield Missing("method, memory, settings, time and price", _INSTEAD[data.task])
        return
    if training.plan.base_model is None:
        yield Missing("memory, time and price", "name the model with --model NAME|FOLDER")
    elif training.model is None:
        yield Missing(
            "memory, time and price",
            "the sizes of the model are not known; name a folder with its config.json, or one of the known models",
        )
    if training.gpu is None:
        yield Missing("whether a method fits", 'name the GPU with --gpu "24GB" or --gpu NAME')
    if data is not None and data.task is not None and not data.exact:
        yield Missing("exact numbers of tokens", "they are estimated from characters; name a model with a tokenizer")


def _notes(fits: tuple[MethodFit, ...], training: Training, run: TrainingRun | None, rank: int) -> Iterator[Statement]:
    """Yield where the guide's table of methods simplifies, for this model."""
    model = training.model
    if model is None or run is None or not fits:
        return
    trained, projections = model.adapter(rank), "six" if model.plain else "seven"
    yield Statement(
        f"LoRA of rank {rank} on all {projections} projections trains {trained:,} of {model.parameters:,} parameters: "
        f"{100 * trained / model.parameters:.2f} %, and not the 0.1 % that is often quoted.",
        said.SIZES,
    )
    yield Statement(
        "Prompt tuning saves trainable state and storage, but activations still pass through the whole model: its "
        "memory is close to LoRA's, and not very low.",
        f"{said.LESTER}; the terms above",
    )
    full = next(each for each in fits if each.method == "full")
    if full.bf16 is not None:
        yield Statement(
            f"Full fine-tuning takes about {full.bf16:,.0f} GB with weights, gradients and optimizer all in bf16 "
            f"(--precision bf16), and {full.stock.total.likely:,.0f} GB with a copy of the weights in fp32.",
            f"{said.ELEUTHER}; PyTorch's AdamW",
        )
    yield Statement(
        "The guide's table has one number for each method; memory depends on the model, the rows and the software.",
        said.GUIDE_METHODS,
    )
    if run.tokens > LONG:
        yield Statement(
            f"The longest row has {run.tokens:,} tokens. Beyond {LONG:,} the interval widens: attention, the allocator "
            "and the copies of logits differ between versions of the software, and the same run has been measured at "
            "3.9 and at 5.8 GB. Cutting rows with --max-length narrows it.",
            said.MEASURED,
        )
