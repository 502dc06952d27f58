"""The guide's anti-patterns, looked for in the data and in the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from datalint.advise import checks, hyperparameters
from datalint.advise.decide import row_of, shows_knowledge
from datalint.privacy.display import printable
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.advise.facts import Answers, DataFacts, Training

Status = Literal["found", "not found", "not assessed"]

#: What to do instead, by the name of the anti-pattern, both in the guide's words.
_INSTEAD: Final = {
    "fine-tuning for general knowledge": "use retrieval for facts, fine-tune for behaviour",
    "a tiny training set": "collect at least 500 high-quality examples",
    "no evaluation method": "hold out an evaluation set; use automated metrics and human review",
    "starting with the largest model": "start with the smallest model that works",
    "no comparison with the base model plus a good prompt": "evaluate the base model with a good prompt first",
}
_NO_DATA: Final = "give the FILE of the training set"


class Pattern(NamedTuple):
    """One of the guide's anti-patterns: whether the data and the plan have it, why, and what to do instead."""

    name: str
    status: Status
    words: str
    instead: str


def unread(data: DataFacts) -> str:
    """Return what to supply where no row could be read as an example."""
    if data.to_join:
        return f"the rows are {data.to_join}"
    return "map its keys with --columns" if data.rows else "give a file with rows; `datalint check` says what it reads"


def find_patterns(training: Training, data: DataFacts | None, answers: Answers) -> Iterator[Pattern]:
    """Yield the guide's anti-patterns in its order, each with whether the data and the plan have it."""
    looked: tuple[Callable[[], tuple[Status, str]], ...] = (
        lambda: _knowledge(training, data, answers),
        lambda: _tiny(data),
        lambda: _evaluation(training, data),
        lambda: _largest(training, data),
        lambda: _baseline(training, data),
    )
    for (name, instead), look in zip(_INSTEAD.items(), looked, strict=True):
        yield Pattern(name, *look(), instead)


def _knowledge(training: Training, data: DataFacts | None, answers: Answers) -> tuple[Status, str]:
    plan = training.plan
    goal = row_of(answers.goal or plan.goal)
    if goal is not None and goal.goal == "general-questions":
        prompt = next(checks.prompt_would_do(training, data), None)
        if prompt is not None:
            return "found", prompt
    message = next(checks.knowledge_training(training, data), None)
    if message is not None:
        return "found", message
    shown = None if data is None else shows_knowledge(data)
    of_goal = None if goal is None else goal.goal == "domain-knowledge"
    needed = next((each for each in (plan.knowledge, of_goal, shown) if each is not None), None)
    if needed is None:
        return "not assessed", "say --goal or --knowledge yes|no"
    if needed:  # otherwise there is a message
        return "not found", "knowledge that cannot be retrieved may be trained"
    if goal is not None:
        return "not found", f"the goal is {goal.words}"
    said = "the task needs no domain knowledge"
    return "not found", "the answers add few facts to their prompts" if plan.knowledge is None else said


def _tiny(data: DataFacts | None) -> tuple[Status, str]:
    if data is None or data.task == "evaluation":
        return "not assessed", _NO_DATA
    if data.task is None:
        return "not assessed", unread(data)
    count = counted(data.effective, "effective example")
    return ("found", f"{count} of 500") if data.effective < hyperparameters.SMALL else ("not found", count)


def _evaluation(training: Training, data: DataFacts | None) -> tuple[Status, str]:
    if data is None:
        return "not assessed", "give the FILE, and --eval"
    if data.task == "evaluation":
        return "not assessed", _NO_DATA
    if data.to_join:
        return "not assessed", unread(data)
    if not data.evaluation:
        return "found", "no evaluation set"
    metric, rows = next(checks.no_evaluation_metric(training, data), None), counted(data.evaluation, "evaluation row")
    if metric is None:
        return "not found", f"{rows}, measured by {printable(training.plan.metric or '')}"
    return ("found", metric) if training.declared else ("not assessed", f"{rows}; name the metric in plan.metric")


def _largest(training: Training, data: DataFacts | None) -> tuple[Status, str]:
    base = training.plan.base_model
    if base is None or not training.declared:
        return "not assessed", "name the models that you consider in plan.models, and --model"
    message = next(checks.largest_model_first(training, data), None)
    if message is not None:
        return "found", message
    sizes = checks.sizes_considered(training)
    size = sizes.pop(base)
    if size is None:
        return "not assessed", f"the size of {printable(base)} is not known; name a folder with its config.json"
    known = {name: each for name, each in sizes.items() if each is not None}
    if any(each > size for each in known.values()):
        return "not found", "a larger model is considered, too"
    tried = next((name for name, each in known.items() if each < size and training.plan.models[name]), None)
    if tried is not None:
        return "not found", f"{printable(tried)}, which is smaller, has a result"
    return "not found", f"{size / 1e9:.1f} billion parameters, and no smaller model is considered"


def _baseline(training: Training, data: DataFacts | None) -> tuple[Status, str]:
    if training.plan.prompt_baseline is not None:
        return "not found", f"prompt-baseline is {training.plan.prompt_baseline:g}"
    message = next(checks.no_baseline(training, data), "")
    return ("found", message) if training.declared else ("not assessed", "measure it and set plan.prompt-baseline")
