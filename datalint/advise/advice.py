"""A recommendation from facts: whether to fine-tune, by which method, at what cost, and what would change it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from datalint.advise import checks, cost, hyperparameters
from datalint.advise import sources as said
from datalint.advise.decide import GROUNDED, Choice, Decision, decide
from datalint.advise.facts import LONG_PROMPT
from datalint.advise.fit import MethodFit, methods
from datalint.advise.memory import LONG, Method, TrainingRun
from datalint.advise.patterns import Pattern, find_patterns, unread
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted, percent, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from datalint.advise.facts import Answers, DataFacts, Grounding, Training
    from datalint.core.kind import Task


class Statement(NamedTuple):
    """Something that the advice rests on, and its source."""

    words: str
    source: str


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
        statements=tuple(_statements(data, training, passes)) if data is not None else (),
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


def _statements(data: DataFacts, training: Training, passes: float) -> Iterator[Statement]:
    if data.task is None:
        yield Statement(f"Kind of task: not assessed, as {data.because}; {unread(data)}.", said.DATA)
        return
    source = said.DATA if training.plan.task is None else said.PLAN
    yield Statement(f"Kind of task: {data.task.replace('-', ' ')}, as {data.because}.", source)
    if data.task == "evaluation":
        yield Statement("This is an evaluation set: do not train on it.", said.DATA)
        return
    yield from _about_task(data)
    yield _volume(data)
    if (found := data.grounding) is not None and found.persona is not None:
        yield Statement(
            f"{found.named:,} of {found.sampled:,} answers looked at add {found.persona}, which is not in their "
            "prompts, and few other names. If it names the assistant or a product, that is behaviour to train.",
            said.DATA,
        )
    elif found is not None and found.sampled:
        yield _grounding(found)
    if (system := data.system) is not None and system.share > 0.5 and system.tokens >= LONG_PROMPT:
        calls = data.read * passes / system.tokens
        yield Statement(
            f"{percent(system.share)} of the examples begin with the same {system.tokens:,} tokens. Training can save "
            f"them at each call: it reads {short(data.read * passes)} tokens, which is what {short(calls)} calls save. "
            "That is the break-even if a trained token costs as much as a read one.",
            f"{said.DATA}; {said.GUIDE_TABLE}: shorter prompts",
        )


def _about_task(data: DataFacts) -> Iterator[Statement]:
    """Yield what the kind of task says about other ways, and about the loss to train with."""
    if data.task == "classification":
        yield Statement(
            f"{counted(data.answers, 'different answer')} in {data.rows:,} examples: a prompt that lists them, or a "
            "small model that chooses one, is worth trying first.",
            f"{said.DATA}; {said.GUIDE_PATTERNS}: start with the smallest model that works",
        )
    if data.task == "structured-output":
        keys = f", with the keys {', '.join(data.json_keys[:8])}" if data.json_keys else ""
        yield Statement(
            f"{percent(data.json_share)} of the answers are JSON objects{keys}: structured outputs give the format "
            "without training.",
            f"{said.DATA}; {said.STRUCTURED}",
        )
    if data.preferences:
        yield Statement(
            f"{counted(data.preferences, 'preference')}: train with DPO or a similar loss, after supervised tuning.",
            f"{said.DATA}; {said.DPO}",
        )
    elif data.task == "preference":
        yield Statement(
            "Answers that are judged one by one: train with KTO or a similar loss.", f"{said.DATA}; {said.KTO}"
        )
    if data.task == "reinforcement":
        yield Statement("Prompts without answers need a grader: reinforcement learning, no fine-tuning.", said.DATA)


def _grounding(found: Grounding) -> Statement:
    example = f", such as {', '.join(found.added)} in {found.row}" if found.added and found.row else ""
    if found.share >= GROUNDED:
        words = (
            f"{found.ungrounded:,} of {found.sampled:,} answers looked at add names or numbers that are not in their "
            f"prompts{example}. Facts that they teach are better retrieved; stories and reasoning add some too."
        )
        return Statement(words, f"{said.DATA}; {said.GEKHMAN}; {said.TOGETHER}")
    if not found.compared:
        words = f"None of {counted(found.sampled, 'answer')} looked at has names or numbers to compare with its prompt"
    else:
        others = found.compared - found.ungrounded - found.grounded
        words = (
            f"Names and numbers can be compared in {found.compared:,} of {counted(found.sampled, 'answer')} looked at: "
            f"{found.grounded:,} with all of them from the prompt, and {found.ungrounded:,} with names that are not "
            f"there{example}"
        )
        if others:
            words += f", and {others:,} with numbers, or words that may be names, that are not there"
    return Statement(f"{words}. Other facts are not seen.", said.DATA)


def _volume(data: DataFacts) -> Statement:
    count = counted(data.effective, "effective example")
    if data.effective < 100:
        words = f"{count}: under 100 the guide expects overfitting and no improvement."
    elif data.effective < 500:
        words = f"{count}: under the guide's minimum of 500."
    elif data.effective <= 5000:
        words = f"{count}: within the guide's 500 to 5,000."
    else:
        words = f"{count}: over the guide's 500 to 5,000; fewer and better ones may do as well."
    if 2 * data.effective < data.rows:
        others = counted(data.rows - data.effective, "other row")
        words += f" The {others} cannot be used or repeat these; `datalint check` says why."
    return Statement(words, f"{said.DATA}; {said.GUIDE_FACTORS}. Others: {said.OPENAI}; {said.LIMA}")


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
