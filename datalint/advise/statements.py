"""What the data says about fine-tuning: the statements that advice rests on, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.advise import sources as said
from datalint.advise.decide import GROUNDED
from datalint.advise.facts import LONG_PROMPT
from datalint.advise.patterns import unread
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted, percent, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datalint.advise.facts import DataFacts, Grounding, Training


class Statement(NamedTuple):
    """Something that the advice rests on, and its source."""

    words: str
    source: str


def statements(data: DataFacts, training: Training, passes: float) -> Iterator[Statement]:
    """Yield what a dataset says; ``passes`` are the epochs of the training."""
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
