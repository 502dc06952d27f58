"""``datalint advise``: whether to fine-tune at all, by which method, and at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from datalint.cli.options import (
    GroupedCommand,
    config_options,
    files_option,
    format_option,
    input_options,
    panel_option,
    quiet_option,
    selection_options,
    speed_options,
    stack,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.writing import destinations, write_atomically
from datalint.core.kind import Goal, Task

if TYPE_CHECKING:
    from datalint.advise.advice import Advice
    from datalint.advise.facts import Answers, DataFacts

_FORMATS: Final = ("text", "json", "markdown", "html")
_QUESTIONS: Final = "Questions of the guide"
_PLAN: Final = "Plan"


class YesNo(click.ParamType[bool]):
    """``yes`` or ``no``."""

    name = "yes|no"

    def convert(self, value: str | bool, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        if isinstance(value, bool):
            return value
        if value.lower() not in ("yes", "no"):
            self.fail(f"{value!r} is neither yes nor no", param, ctx)
        return value.lower() == "yes"


def _question(name: str, words: str) -> Any:
    return panel_option(name, panel=_QUESTIONS, type=YesNo(), metavar="yes|no", help=words)


_question_options = stack(
    panel_option(
        "--goal", panel=_QUESTIONS, type=click.Choice(get_args(Goal)), help="Row of the guide's table of goals."
    ),
    _question("--knowledge", "Does the task need domain knowledge?"),
    _question("--retrievable", "Can that knowledge be retrieved at inference time?"),
    _question("--format-or-style", "Is it about output format or style?"),
    _question("--prompt-solves", "Does a prompt solve it, by its results?"),
    _question("--latency-or-cost", "Is it about latency or cost?"),
)
_plan_options = stack(
    panel_option(
        "--task", panel=_PLAN, type=click.Choice(get_args(Task)), help="Kind of task, if the data suggests a wrong one."
    ),
    panel_option("--gpu", panel=_PLAN, metavar="GPU", help="GPU: a name, such as RTX 4090, or its memory: 24GB."),
    panel_option(
        "--method", panel=_PLAN, type=click.Choice(["full", "lora", "qlora", "prompt-tuning"]), help="How to train."
    ),
    panel_option("--rank", panel=_PLAN, type=click.IntRange(1, 65536), help="Rank of LoRA and QLoRA."),
    panel_option("--epochs", panel=_PLAN, type=click.FloatRange(0, 10000, min_open=True), help="Passes over the data."),
    panel_option(
        "--batch", panel=_PLAN, type=click.IntRange(1, 1_000_000), help="Batch size: rows of an optimizer step."
    ),
    panel_option(
        "--micro-batch", panel=_PLAN, type=click.IntRange(1, 1_000_000), help="Rows on the GPU at once.  [default: 1]"
    ),
    panel_option(
        "--precision",
        panel=_PLAN,
        type=click.Choice(["bf16", "mixed", "fp32"]),
        help="Weights and optimizer: all in bf16, with a copy in fp32, or all in fp32.",
    ),
    panel_option(
        "--gpus", panel=_PLAN, type=click.IntRange(1, 10_000), help="GPUs that share the weights (FSDP).  [default: 1]"
    ),
    panel_option("--plan", "plan_file", panel=_PLAN, metavar="FILE", help="Read the [plan] of this TOML file."),
    panel_option(
        "--write-plan", panel=_PLAN, is_flag=True, help="Write what is known as [plan] into the configuration."
    ),
)


@click.command(
    "advise",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint advise train.jsonl
  datalint advise train.jsonl --goal style --model Qwen/Qwen3-8B --gpu 24GB
  datalint advise --goal domain-knowledge --retrievable no
  datalint advise train.jsonl --write-plan
  datalint advise train.jsonl --plan plan.toml -o advice.html
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_question_options
@_plan_options
@input_options
@selection_options
@config_options
@trust_options
@speed_options
@format_option(*_FORMATS)
@files_option(*_FORMATS)
@quiet_option
def command(paths: tuple[str, ...], plan_file: str | None, write_plan: bool, **given: Any) -> None:
    """Say whether to fine-tune at all, which method fits, and what would change that.

    The guide's decision tree is followed with what the data shows and what the options say. In a terminal, questions
    that neither answers are asked. Every line names its source; what is not known is not assessed.

    Memory is estimated for the sizes of the model, the longest row and two kinds of software, always as an interval.
    """
    from datalint.cli.advise_data import read_data
    from datalint.cli.plan_file import options_with_plan
    from datalint.operations.advise import advice_of, answers_of

    options = options_with_plan(given, plan_file)
    reports = destinations(options.output)
    settings, data = read_data(paths, options, reports.targets, write_plan=write_plan, replaces=plan_file is not None)
    answers = answers_of(settings)

    def advised() -> Advice:
        return advice_of(settings, answers, data, today=_today(), declared=plan_file is not None)

    if reports.printed == "text" and _is_interactive():
        answers = _ask(answers, data, [words for words, _ in advised().statements])
    advice = advised()
    for kind, path in reports.files:
        write_atomically(Path(path), _encoded(advice, kind, None))
    if reports.printed is not None:
        from datalint.cli.terminal import line_width, quiet_when_closed, write_bytes

        with quiet_when_closed():
            write_bytes([_encoded(advice, reports.printed, line_width())])
    if write_plan:
        from datalint.cli.plan_file import append_plan

        written = append_plan(settings, advice, options)
        click.echo(f"Written to {written}; next: fill in what is commented out, and datalint check", err=True)


def _ask(answers: Answers, data: DataFacts | None, shown: Sequence[str]) -> Answers:
    """Ask the questions of the tree that nothing answers, in its order, until it ends or one is skipped.

    ``shown`` are the facts of the data, which are printed before the first question.
    """
    from dataclasses import replace

    from datalint.advise.decide import QUESTIONS, decide

    asks = False
    while (question := decide(answers, data).open) is not None:
        asks = True
        for fact in shown:
            _echo(f"- {fact}")
        asked, shown = QUESTIONS[question], ()
        click.echo()
        _echo(asked.reason)
        said = click.prompt(asked.words, type=_Abbreviated(["yes", "no", "skip"]), default="skip")
        if said == "skip":
            break
        given: dict[str, Any] = {question: said == "yes"}
        answers = replace(answers, **given)
    if asks:
        click.echo()
    return answers


class _Abbreviated(click.Choice[str]):
    """A choice that takes the beginning of a value as well, such as ``y``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value that begins with what was typed."""
        typed = str(value).strip().lower()
        whole = next((each for each in self.choices if typed and each.startswith(typed)), value)
        return super().convert(whole, param, ctx)


def _echo(words: str) -> None:
    from datalint.cli.terminal import line_width
    from datalint.privacy.display import printable
    from datalint.report.inert import inert

    indent = "  " if words.startswith("- ") else ""
    click.echo(click.wrap_text(inert(printable(words)), line_width() or 110, subsequent_indent=indent))


def _is_interactive() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def _today() -> Any:
    import datetime

    return datetime.datetime.now(datetime.UTC).date()


def _encoded(advice: Advice, kind: str, width: int | None) -> bytes:
    if kind == "json":
        from datalint.report.advice.json import to_json

        return to_json(advice)
    if kind == "markdown":
        from datalint.report.advice.markdown import to_markdown

        return to_markdown(advice).encode()
    if kind == "html":
        from datalint.report.advice.html import to_html

        return to_html(advice).encode()
    from datalint.report.advice.text import to_text

    return (to_text(advice) if width is None else to_text(advice, max(width, 60))).encode()
