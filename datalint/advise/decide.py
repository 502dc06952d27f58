"""The guide's decision tree and table, followed with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from datalint.advise.sources import DATA, GEKHMAN, GUIDE_TABLE, GUIDE_TREE, TOGETHER
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.advise.facts import Answers, DataFacts
    from datalint.core.kind import Goal

#: ``both`` is retrieval and fine-tuning together; ``none`` is the base model as it is.
Choice = Literal["prompt", "retrieval", "both", "fine-tune", "smaller-model", "none"]
Question = Literal["knowledge", "retrievable", "format_or_style", "prompt_solves", "latency_or_cost"]

#: Share of answers with names and numbers of their own from which on the data is taken to teach facts.
KNOWLEDGE: Final = 0.5
#: Share of answers that may add some where the data is taken to teach none.
GROUNDED: Final = 0.1


class Asked(NamedTuple):
    """A question of the tree: its words, why it matters, and the option that answers it."""

    words: str
    reason: str
    option: str


class Step(NamedTuple):
    """A question of the path, the answer (None: not known), and why that is the answer, with its source."""

    question: Question
    words: str
    answer: bool | None
    because: str
    source: str


class GuideRow(NamedTuple):
    """A row of the guide's table."""

    goal: Goal
    words: str
    fine_tune: bool
    instead: str
    choice: Choice


class Decision(NamedTuple):
    """The path through the tree, the row of the table, and where they lead.

    ``open`` is the question that the path stops at, None at a leaf. ``choice`` is then that of the table's row, None
    without a row. The row is that of the goal, or the only one of a leaf. ``leaf`` has the words of the guide's leaf.
    ``changes`` say what would lead elsewhere.
    """

    path: tuple[Step, ...]
    row: GuideRow | None
    choice: Choice | None
    leaf: str
    open: Question | None
    changes: tuple[str, ...]


QUESTIONS: Final[dict[Question, Asked]] = {
    "knowledge": Asked(
        "Does the task need domain knowledge?",
        "Fine-tuning teaches behaviour well and facts badly, so facts lead to retrieval.",
        "--knowledge",
    ),
    "retrievable": Asked(
        "Can the knowledge be retrieved at inference time?",
        "Retrieved facts are current and can be cited; trained ones are neither.",
        "--retrievable",
    ),
    "format_or_style": Asked(
        "Is it about output format or style?",
        "A prompt often solves format, and examples teach style.",
        "--format-or-style",
    ),
    "prompt_solves": Asked(
        "Does a prompt solve it?",
        "A prompt costs an afternoon and can be changed; measure the base model with a good one first.",
        "--prompt-solves",
    ),
    "latency_or_cost": Asked(
        "Is it about latency or cost?",
        "A small model that is fine-tuned can do what a large one does with a long prompt.",
        "--latency-or-cost",
    ),
}
TABLE: Final[tuple[GuideRow, ...]] = (
    GuideRow("style", "style and tone", True, "", "fine-tune"),
    GuideRow("shorter-prompts", "shorter prompts", True, "", "fine-tune"),
    GuideRow("vocabulary", "proprietary vocabulary", True, "", "fine-tune"),
    GuideRow("speed", "speed", True, "", "smaller-model"),
    GuideRow("output-format", "output format", False, "use a prompt", "prompt"),
    GuideRow("domain-knowledge", "domain knowledge", False, "use retrieval", "retrieval"),
    GuideRow("general-questions", "general questions", False, "use the base model", "none"),
)
#: The leaves of the tree: the guide's words, the choice, and what would lead elsewhere.
_LEAVES: Final[dict[tuple[bool, ...], tuple[str, Choice, str]]] = {
    (True, True): (
        "use retrieval (RAG)",
        "retrieval",
        "knowledge that cannot be retrieved at inference time, or answers that need a style as well",
    ),
    (True, False): (
        "consider fine-tuning, or RAG and fine-tuning",
        "both",
        "a way to retrieve the knowledge at inference time",
    ),
    (False, True, True): (
        "use a prompt",
        "prompt",
        "a prompt that misses the target on your evaluation set, or costs too much at each call",
    ),
    (False, True, False): (
        "fine-tune",
        "fine-tune",
        "a prompt, with examples or structured outputs, that reaches the target on your evaluation set",
    ),
    (False, False, True): (
        "fine-tune a smaller model",
        "smaller-model",
        "a smaller model that is good enough without training, or savings that do not pay for the training",
    ),
    (False, False, False): (
        "the base model is enough",
        "none",
        "a style, a format or a cost that the base model with a good prompt does not reach",
    ),
}
#: The rows that leaves belong to by themselves; those of the others depend on the goal.
_GOALS: Final[dict[tuple[bool, ...], Goal]] = {
    (True, True): "domain-knowledge",
    (True, False): "domain-knowledge",
    (False, False, False): "general-questions",
}
#: What the guide's rows say about the tree's questions.
_IMPLIED: Final[dict[Goal, dict[Question, bool]]] = {
    "style": {"knowledge": False, "format_or_style": True},
    "vocabulary": {"knowledge": False, "format_or_style": True},
    "output-format": {"knowledge": False, "format_or_style": True},
    "shorter-prompts": {"knowledge": False, "format_or_style": False, "latency_or_cost": True},
    "speed": {"knowledge": False, "format_or_style": False, "latency_or_cost": True},
    "domain-knowledge": {"knowledge": True},
    "general-questions": {"knowledge": False, "format_or_style": False, "latency_or_cost": False},
}
_ROWS: Final = {row.goal: row for row in TABLE}


def row_of(goal: Goal | None) -> GuideRow | None:
    """Return the row of the guide's table for a goal."""
    return None if goal is None else _ROWS[goal]


def decide(answers: Answers, data: DataFacts | None) -> Decision:
    """Follow the tree as far as the facts lead.

    What the user answers goes first, then what the goal implies, then what the data shows.
    """
    path: list[Step] = []
    taken: list[bool] = []
    question: Question = "knowledge"
    while True:
        step = _step(question, answers, data)
        path.append(step)
        if step.answer is None:
            return _stopped(path, question, row_of(answers.goal))
        taken.append(step.answer)
        leaf = _LEAVES.get(tuple(taken))
        if leaf is not None:
            words, choice, change = leaf
            row = row_of(answers.goal) or row_of(_GOALS.get(tuple(taken)))
            return Decision(tuple(path), row, choice, words, None, (change,))
        question = _next(taken)


def shows_knowledge(data: DataFacts) -> bool | None:
    """Return whether the data shows that it teaches facts, None where it shows neither."""
    shown = _shown("knowledge", data)
    return None if shown is None else shown.answer


def _next(taken: list[bool]) -> Question:
    if len(taken) == 1:
        return "retrievable" if taken[0] else "format_or_style"
    return "prompt_solves" if taken[1] else "latency_or_cost"


def _stopped(path: list[Step], question: Question, row: GuideRow | None) -> Decision:
    asked = QUESTIONS[question]
    change = f'the answer to "{asked.words}" ({asked.option} yes|no): {asked.reason}'
    words = "" if row is None else f"{row.words}: {'yes' if row.fine_tune else f'no: {row.instead}'}"
    return Decision(tuple(path), row, row.choice if row is not None else None, words, question, (change,))


def _step(question: Question, answers: Answers, data: DataFacts | None) -> Step:
    words = QUESTIONS[question].words
    given: bool | None = getattr(answers, question)
    if given is not None:
        return Step(question, words, given, "as you say", GUIDE_TREE)
    row = row_of(answers.goal)
    if row is not None and question in _IMPLIED[row.goal]:
        return Step(question, words, _IMPLIED[row.goal][question], f"the goal is {row.words}", GUIDE_TABLE)
    if data is not None:
        shown = _shown(question, data)
        if shown is not None:
            return shown
    return Step(question, words, None, f"Not known; answer with {QUESTIONS[question].option} yes|no", GUIDE_TREE)


def _shown(question: Question, data: DataFacts) -> Step | None:
    """Return what the data answers, None if it does not."""
    words = QUESTIONS[question].words
    closed = data.task in ("classification", "tool-use") or (data.task == "structured-output" and bool(data.json_keys))
    found = data.grounding
    if question == "knowledge" and found is not None and found.enough and found.persona is None:
        if found.share > KNOWLEDGE:
            because = (
                f"{found.ungrounded:,} of {found.sampled:,} answers looked at add names or numbers that are not in "
                "their prompts"
            )
            return Step(question, words, True, because, f"{DATA}; {GEKHMAN}; {TOGETHER}")
        if 2 * found.compared >= found.sampled and found.grounded >= (1 - GROUNDED) * found.compared:
            because = f"{found.grounded:,} of {found.compared:,} answers with names or numbers take all of them from "
            return Step(question, words, False, f"{because}their prompts", DATA)
    if question == "knowledge" and closed:
        return Step(question, words, False, f"the answers are {_of_task(data)}", DATA)
    if question == "format_or_style" and (closed or data.task == "structured-output"):
        return Step(question, words, True, f"the answers are {_of_task(data)}", DATA)
    return None


def _of_task(data: DataFacts) -> str:
    if data.task == "classification":
        return f"{data.answers:,} labels"
    if data.task == "structured-output":
        return "JSON objects with one set of keys" if data.json_keys else "JSON objects"
    return "calls of tools"
