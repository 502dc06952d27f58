"""The facts that a recommendation rests on: what the data shows, what the user says, and what is planned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.advise.architecture import Architecture
    from datalint.advise.gpus import Gpu
    from datalint.config.model import TrainingPlan
    from datalint.core.kind import Goal, Kind, Task
    from datalint.privacy.display import Shown

#: Tokens from which a constant prompt is worth saving.
LONG_PROMPT: Final = 100
#: Answers from which on the share that adds facts decides something; one or two may be about anything.
_LEAST_ANSWERS: Final = 10


@frozen
class Grounding:
    """Whether answers take their names and numbers from their prompts, over a sample of examples.

    ``compared`` answers hold a name or a number, and in ``ungrounded`` ones most of these are not in the prompt.
    ``row`` is the place of such an answer, and ``added`` what it adds. ``persona`` is a name that most of them add,
    ``named`` in number, if they add few others: it may be the person or product that the model shall be. All names and
    numbers of ``grounded`` answers are in their prompts, as far as names can be recognised; other answers may add some.
    """

    sampled: int
    compared: int
    ungrounded: int
    row: str | None = None
    added: tuple[Shown, ...] = ()
    persona: Shown | None = None
    grounded: int = 0
    named: int = 0

    @property
    def enough(self) -> bool:
        """Whether so many answers were looked at that their share says something about the data."""
        return self.sampled >= _LEAST_ANSWERS

    @property
    def share(self) -> float:
        """The share of all sampled answers that add facts: names or numbers of their own, unless of one persona."""
        return self.ungrounded / self.sampled if self.sampled and self.persona is None else 0.0


@frozen
class SystemPrompt:
    """The most common system prompt: the share of examples that begin with it, and its length in tokens."""

    share: float
    tokens: int


@frozen
class DataFacts:
    """What the rows show. Tokens are counted by a model's tokenizer if ``exact``, and estimated otherwise.

    ``effective`` is the number of valid examples without repeats, ``minimum`` what the guide wants of this kind of data
    (its warning and its failure). ``answers`` counts different answers, ``labels`` the most common of them where there
    are few. ``json_keys`` are the keys that the answers share if they are JSON objects with one set of keys.
    ``longest`` is the longest example in tokens, ``read`` and ``trained`` are those of all examples. ``to_join`` says
    with what all rows are to be joined before they are examples; empty if some are examples as they are.
    """

    rows: int
    kind: Kind
    task: Task | None
    because: str
    effective: int
    answers: int
    longest: int
    read: int
    trained: int
    exact: bool
    evaluation: int | None
    labels: tuple[Shown, ...] = ()
    json_share: float = 0.0
    json_keys: tuple[Shown, ...] = ()
    preferences: int = 0
    grounding: Grounding | None = None
    system: SystemPrompt | None = None
    to_join: str = ""

    def to_json(self) -> str:
        """Return the facts as JSON, for a cache."""
        from dataclasses import asdict

        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> DataFacts:
        """Return the facts that :meth:`to_json` wrote."""
        values = json.loads(text)
        found, system = values["grounding"], values["system"]
        values["labels"], values["json_keys"] = tuple(values["labels"]), tuple(values["json_keys"])
        values["grounding"] = found and Grounding(**found | {"added": tuple(found["added"])})
        values["system"] = system and SystemPrompt(**system)
        return cls(**values)


@frozen
class Answers:
    """What the user answers to the questions of the guide's decision tree; None where the user did not."""

    goal: Goal | None = None
    task: Task | None = None
    knowledge: bool | None = None
    retrievable: bool | None = None
    format_or_style: bool | None = None
    prompt_solves: bool | None = None
    latency_or_cost: bool | None = None


@frozen
class Training:
    """The plan in the configuration, with what it names looked up; None where it names nothing that is known.

    ``max_length`` is the number of tokens after which the trainer cuts a row. ``declared`` says that the plan is one of
    a file, so that what it does not say is missing rather than unknown.
    """

    plan: TrainingPlan
    model: Architecture | None = None
    gpu: Gpu | None = None
    max_length: int | None = None
    declared: bool = True

    @property
    def lacks_for_memory(self) -> str | None:
        """What the plan lacks for an estimate of memory, and what to set; None for nothing."""
        plan = self.plan
        lacking = {"base-model": plan.base_model, "method": plan.method, "gpu": plan.gpu}
        names = [name for name, value in lacking.items() if value is None]
        if names:
            return f"the plan has no {names[0]}; set plan.{names[0]}"
        if self.model is None:
            return "the sizes of the plan's base-model are not known; name a folder with its config.json"
        return None
