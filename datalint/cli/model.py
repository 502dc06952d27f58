"""``datalint model``: show the template of a model, its special tokens, and what it refuses or drops."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import GroupedCommand, format_option, panel_option
from datalint.cli.trust_options import confine_option, confinement
from datalint.cli.values import TrustOptions

if TYPE_CHECKING:
    from datalint.models.model import Model
    from datalint.models.profile import ProbeResult

#: Columns of a terminal.
_WIDTH = 80
_VERBS = {
    "refuses": "refuses (training stops with its message)",
    "fails": "fails on (training stops with an error)",
    "drops": "drops a part of (training goes on without it)",
}


@click.command(
    "model",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint model Qwen/Qwen3-8B\n  datalint model ./qwen3 --template\n",
)
@click.argument("name", metavar="NAME|FOLDER")
@panel_option("--template", panel="Output", is_flag=True, help="Print the chat template and nothing else.")
@confine_option
@format_option("text", "json")
def command(name: str, template: bool, confine: tuple[str, ...], output_format: str) -> None:
    """Show a model: its special tokens, what its chat template writes around turns, and what it refuses or drops.

    That is measured: the template renders 90 small conversations with system turns, tools, reasoning, content in parts
    and others.
    """
    from datalint.models.find import find_model
    from datalint.models.model import Model
    from datalint.models.profile import profile_templates
    from datalint.privacy.display import printable, printable_lines
    from datalint.report.inert import inert

    model = Model(find_model(name, confinement(TrustOptions(confine)).check))
    if template:
        for each, source in model.spec.templates.items():
            named = f"{{# {printable(each)} #}}\n" if len(model.spec.templates) > 1 else ""
            click.echo("\n".join(map(inert, f"{named}{printable_lines(source)}".split("\n"))))
        return
    results = profile_templates(model)
    if output_format == "json":
        import orjson

        from datalint.report.inert import inert_json

        click.echo(inert_json(orjson.dumps(_json(model, results), option=orjson.OPT_INDENT_2)).decode())
        return
    _show(model, results)


def _facts(model: Model) -> dict[str, Any]:
    """Return what is known of a model, by the words that label it."""
    from datalint.privacy.display import printable

    spec = model.spec
    shape = model.shapes[model.template_for(None)]
    tokens = {name.removesuffix("_token"): token for name, token in spec.tokens.items()}
    return {
        "model": printable(spec.name),
        "found in": printable(spec.origin),
        "templates": [printable(name) for name in spec.templates],
        "tokens": {name: printable(token) for name, token in tokens.items()},
        "assumed": [name.removesuffix("_token") for name in spec.assumed],
        "tokenizer": None if spec.vocabulary is None else printable(spec.vocabulary),
        "lacks": printable(spec.lacks) or None,
        "max length": spec.length,
        "answer begins": printable(shape.begin),
        "answer ends": [printable(end) for end in shape.ends],
        "loss mask": _mask(model),
        "system prompt": printable(shape.injected) or None,
    }


def _mask(model: Model) -> str:
    """Return what the loss masks of a model are made from."""
    if any(each.marks_generation for each in model.templates.values()):
        return "marked by the template"
    if any(shape.embeds for shape in model.shapes.values()):
        return "unknown: the conversation is a text in a prompt"
    return "turns of the assistant"


def _json(model: Model, results: list[ProbeResult]) -> dict[str, Any]:
    facts = {name.replace(" ", "_"): value for name, value in _facts(model).items()}
    return facts | {"probes": [{"title": r.title, "outcome": r.taken, "detail": r.what or None} for r in results]}


def _show(model: Model, results: list[ProbeResult]) -> None:
    from datalint.report.inert import inert

    facts = _facts(model)
    facts["templates"] = ", ".join(facts["templates"])
    facts["answer ends"] = " or ".join(facts["answer ends"]) or "without an end-of-turn token"
    facts["system prompt"] = facts["system prompt"] and f'added where there is none: "{facts["system prompt"][:200]}"'
    facts["max length"] = facts["max length"] and f"{facts['max length']:,} tokens"
    unknown = facts.pop("assumed")
    stand_in = " (not known: stand-ins)" if unknown else ""
    facts["tokens"] = ", ".join(f"{name} {token}" for name, token in facts["tokens"].items()) + stand_in
    lacks = facts.pop("lacks")
    facts["tokenizer"] = facts["tokenizer"] or f"none: {lacks}"
    for label, value in facts.items():
        if value:
            click.echo(inert(f"{label:<14} {value}"))
    counts = Counter(result.taken for result in results)
    click.echo(f"\nreads {counts['reads']} of {len(results)} conversations as they are")
    for taken, verb in _VERBS.items():
        mine = [result for result in results if result.taken == taken]
        if mine:
            click.echo(f"\n{verb}:")
        # Conversations that a template treats in one way stand together.
        alike: dict[str, list[str]] = {}
        for result in mine:
            alike.setdefault(result.what, []).append(result.title)
        for what, titles in alike.items():
            click.echo("\n".join(_indented(f"{what}:", 2)))
            click.echo("\n".join(_indented(", ".join(titles), 4)))


def _indented(text: str, columns: int) -> list[str]:
    from textwrap import wrap

    from datalint.report.inert import inert

    margin = " " * columns
    return wrap(inert(text), _WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)
