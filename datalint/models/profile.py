"""What a model's template accepts, refuses and drops, found out with probes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from datalint.models.conversation import Conversation, Message
from datalint.models.flaws import flaws_of
from datalint.models.model import Model
from datalint.models.probes import PROBES, Probe
from datalint.models.template import Failure, prepare
from datalint.privacy.display import Shown, excerpt, printable
from datalint.support.named_tuple import NamedTuple

#: How a template takes a probe, from good to bad.
Taken = Literal["reads", "drops", "refuses", "fails"]


class ProbeResult(NamedTuple):
    """How a template takes a probe: ``what`` it drops, or the message and the line of its failure."""

    title: str
    taken: Taken
    what: Shown


def profile_templates(model: Model) -> list[ProbeResult]:
    """Return how the templates of a model take each probe."""
    return [_result(model, probe) for probe in PROBES]


def _result(model: Model, probe: Probe) -> ProbeResult:
    tools = None if probe.tools is None else list(probe.tools)
    template = model.templates[model.template_for(tools)]
    made = template.render(probe.messages, tools, variables=probe.variables)
    if isinstance(made, Failure):
        where = f" (line {made.line})" if made.line else ""
        taken: Taken = "refuses" if made.kind == "refusal" else "fails"
        return ProbeResult(probe.title, taken, printable(f"{excerpt(made.message, 120)}{where}"))
    dropped = list(dict.fromkeys(_dropped(made.text, probe)))
    return ProbeResult(probe.title, "drops" if dropped else "reads", printable("; ".join(dropped)))


def _dropped(text: str, probe: Probe) -> Iterator[str]:
    prepared = prepare(probe.messages)
    if isinstance(prepared, Failure):
        return
    messages = tuple(
        Message(value, f"$.messages[{index}].content", str(value.get("role", "unknown")), learned=False)
        for index, value in enumerate(prepared)
    )
    tools = None if not probe.tools else list(probe.tools)
    for flaw in flaws_of(text, Conversation(messages, tools), None):
        at = flaw.path.partition("[")[2].partition("]")[0]
        role = messages[int(at)].role if at.isdigit() else ""
        yield {
            "text": f"text of the {role} turn",
            "thinking": "reasoning",
            "tools": "declared tools",
            "call": "call",
            "encoded-twice": "arguments encoded twice",
        }.get(flaw.kind, flaw.kind)
