"""Options that several commands share, and help that groups them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, get_args

import click

from datalint.core.addresses import without_secrets
from datalint.core.kind import Kind
from datalint.support.lazy_pattern import lazy_pattern

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

#: Where a context keeps the arguments of its command.
ARGUMENTS: Final = "datalint.arguments"


class GroupedCommand(click.Command):
    """A command whose help lists options under headings (``panel=`` on each option).

    It keeps its arguments as they were typed, without credentials, for the command that a report proposes.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ARGUMENTS] = tuple(map(without_secrets, args))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and not isinstance(parameter, click.Argument):
                panels.setdefault(getattr(parameter, "panel", "Other"), []).append(record)
        for title, records in panels.items():
            with formatter.section(title):
                formatter.write_dl(records)


class PanelOption(click.Option):
    """An option that belongs under a heading of the help."""

    def __init__(self, *args: Any, panel: str = "Other", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panel = panel


def panel_option(*names: str, panel: str, **kwargs: Any) -> Decorator:
    """Declare an option under the heading ``panel``."""
    return click.option(*names, cls=PanelOption, panel=panel, **kwargs)


def stack(*decorators: Decorator) -> Decorator:
    """Return one decorator that applies ``decorators`` so that they are listed in this order."""

    def apply(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


#: The formats that extensions of files stand for.
_EXTENSIONS: Final = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".txt": "text",
    ".xml": "junit",
}
_WORD: Final = lazy_pattern(r"[a-z]{2,}")


class OutputTarget(click.ParamType[tuple[str | None, str]]):
    """``PATH``, whose extension tells the format, ``FORMAT:PATH``, or ``-`` for standard output.

    The format is one of ``formats``, or None where that of standard output is used. Only the first colon divides, so
    that Windows drives are paths.
    """

    name = "[FORMAT:]PATH"

    def __init__(self, formats: Sequence[str]) -> None:
        self.formats = tuple(formats)

    def convert(
        self, value: str | tuple[str | None, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str | None, str]:
        if isinstance(value, tuple):
            return value
        if value == "-":
            return None, value
        kind, colon, path = value.partition(":")
        if kind in self.formats and (colon or not os.path.splitext(value)[1]):  # noqa: PTH122
            if not path:
                self.fail(f"{value!r} names no path; write {kind}:PATH, or {kind}:- for standard output", param, ctx)
            return kind, path
        choice = f"choose from {', '.join(self.formats)}"
        if colon and _WORD.fullmatch(kind):
            self.fail(f"{kind!r} is not a format; {choice} (or write ./{value} for a file)", param, ctx)
        guessed = _EXTENSIONS.get(os.path.splitext(value)[1].lower())  # noqa: PTH122
        if guessed not in self.formats:
            self.fail(f"the extension of {value!r} names no format; write FORMAT:{value} and {choice}", param, ctx)
        return guessed, value


def split_list(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Accept both ``--select A,B`` and ``--select A --select B``."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def evaluation(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...] | Literal[False]:
    """Return the paths of ``--eval``, or False for the word ``false``, as in the configuration."""
    if "false" not in values:
        return values
    if len(values) > 1:
        raise click.BadParameter("false means no evaluation set; a file of that name is ./false")
    return False


def pairs(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Parse ``a=b,c=d``, given once or more.

    A key may begin or end with blanks, as in the header of a padded table; after ``a =``, they are no part of it.
    """
    out: dict[str, str] = {}
    for item in (item for value in values for item in value.split(",") if item.strip()):
        name, equals, key = item.lstrip().partition("=")
        if not equals or not name.strip() or not key.strip():
            raise click.BadParameter(f"{item!r} is not MEANING=KEY, such as prompt=question", param=parameter)
        out[name.strip()] = key if name == name.rstrip() else key.strip()
    return out


_RULES: Final = "Rule selection"
_CONFIG: Final = "Configuration"
_INPUT: Final = "Input"
_SPEED: Final = "Speed"
_VERDICT: Final = "Verdict"
_OUTPUT: Final = "Output"

selection_options = stack(
    panel_option("--select", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules to run: codes, prefixes, names or ALL, comma-separated."),
    panel_option("--ignore", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules not to run."),
    panel_option("--extend-select", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules to run in addition to those selected."),
)  # fmt: skip

#: Which configuration file is read.
config_file_options = stack(
    panel_option("--config", panel=_CONFIG, metavar="FILE",
                 help="Use this configuration file instead of the nearest one."),
    panel_option("--isolated", panel=_CONFIG, is_flag=True, help="Ignore every configuration file."),
    panel_option("--allow-local-plugins", panel=_CONFIG, is_flag=True,
                 help="Load the rule modules that the configuration names. They run as code."),
)  # fmt: skip

config_options = stack(
    config_file_options,
    panel_option("--profile", panel=_CONFIG, type=click.Choice(["guide", "strict", "minimal"]),
                 help="Profile: the limits of the gates.  [default: guide]"),
)  # fmt: skip

#: How the rows of an input are read.
reading_options = stack(
    panel_option("--kind", panel=_INPUT, type=click.Choice(get_args(Kind)), metavar="KIND",
                 help=f"What the data is for: {', '.join(get_args(Kind))}.  [default: detected]"),
    panel_option("--columns", panel=_INPUT, multiple=True, callback=pairs, metavar="MEANING=KEY",
                 help="What unknown keys mean: prompt=question,response=answer,category=label."),
    panel_option("--delimiter", panel=_INPUT, metavar="CHAR",
                 help="Separator of CSV, TSV and text files: a character, signs, or tab.  [default: detected]"),
    panel_option("--quote", panel=_INPUT, metavar="CHAR",
                 help="Quote character of CSV and TSV files, or none.  [default: detected]"),
    panel_option("--header/--no-header", panel=_INPUT, default=None,
                 help="Whether tables (CSV, TSV, workbooks) begin with a header.  [default: detected]"),
    panel_option("--split", panel=_INPUT, metavar="NAME", help="Split of a hub dataset or saved folder, or a sheet."),
    panel_option("--stdin-filename", panel=_INPUT, metavar="NAME",
                 help="Name to report when the dataset comes from - (standard input)."),
)  # fmt: skip

#: Which model the rows are for.
model_options = stack(
    panel_option("--model", panel=_INPUT, metavar="NAME|FOLDER",
                 help="Render the rows with this model's chat template, and count with its tokenizer: a folder, "
                 "a name, or hf://OWNER/NAME."),
    panel_option("--max-length", panel=_INPUT, type=click.IntRange(min=1), metavar="TOKENS",
                 help="Most tokens that the trainer reads of an example.  [default: the model's maximum]"),
)  # fmt: skip

target_option = panel_option(
    "--target", panel=_INPUT, multiple=True, callback=split_list, metavar="NAMES",
    help="Trainers and providers that the rows are for, comma-separated: see `datalint targets`.",
)  # fmt: skip

#: How the rows of an input are read, and what they are judged with.
input_options = stack(
    panel_option("--eval", panel=_INPUT, multiple=True, callback=evaluation, metavar="PATH",
                 help="Evaluation set, or false for none. Without it, the one found next to the input."),
    panel_option("--benchmark", panel=_INPUT, multiple=True, metavar="PATH",
                 help="Benchmark that no training row may contain. Repeatable."),
    panel_option("--contamination", panel=_INPUT, metavar="NAME",
                 type=click.Choice(["tulu-3", "gpt-3", "palm", "llama-2"]),
                 help="Definition of containing a benchmark: tulu-3, gpt-3, palm, llama-2.  [default: tulu-3]"),
    panel_option("--category", panel=_INPUT, metavar="KEY", help="Key that the balance factor counts."),
    panel_option("--group-by", panel=_INPUT, multiple=True, callback=split_list, metavar="KEY",
                 help="Key of a document or user whose rows must stay on one side of the split. Repeatable."),
    panel_option("--schema", panel=_INPUT, metavar="FILE", help="JSON Schema that every row must fit."),
    model_options,
    target_option,
    reading_options,
)  # fmt: skip

verdict_options = stack(
    panel_option("--fail-on", panel=_VERDICT, type=click.Choice(["fail", "warn"]),
                 help="Exit with 1 for this verdict or a worse one.  [default: fail]"),
    panel_option("--exit-zero", panel=_VERDICT, is_flag=True, help="Report only: exit 0 whatever the verdict."),
)  # fmt: skip

speed_options = stack(
    panel_option("--jobs", panel=_SPEED, type=click.IntRange(min=1), metavar="N",
                 help="Worker processes.  [default: the number of cores]"),
    panel_option("--max-memory", panel=_SPEED, metavar="SIZE",
                 help="Memory limit, such as 4GB; more rows go to files.  [default: for rows, half of what is free]"),
    panel_option("--no-cache", panel=_SPEED, is_flag=True, envvar="DATALINT_NO_CACHE",
                 help="Neither read nor write the cache of earlier runs."),
    panel_option("--cache-dir", panel=_SPEED, metavar="DIR", envvar="DATALINT_CACHE_DIR",
                 help="Folder of the cache.  [default: .datalint_cache next to the configuration]"),
    panel_option("--work-dir", panel=_SPEED, metavar="DIR", envvar="DATALINT_WORK_DIR",
                 help="Folder for what a run has read, from which a killed run resumes.  [default: the cache]"),
)  # fmt: skip

color_option = panel_option(
    "--color/--no-color", panel=_OUTPUT, default=None,
    help="Colours in text.  [default: in a terminal, unless NO_COLOR is set]",
)  # fmt: skip
quiet_option = panel_option("--quiet", "-q", panel=_OUTPUT, is_flag=True, help="Print only errors.")


def format_option(*formats: str) -> Decorator:
    """Return ``--output-format``; ``text`` is the default."""
    return panel_option(
        "--output-format", panel=_OUTPUT, type=click.Choice(formats), default="text", show_default=True,
        help="Format of standard output.",
    )  # fmt: skip


def files_option(*formats: str) -> Decorator:
    """Return ``--output``, which writes reports to files or, with ``-``, to standard output."""
    return panel_option(
        "--output", "-o", panel=_OUTPUT, multiple=True, type=OutputTarget(formats), metavar="[FORMAT:]PATH",
        help="Write this file, in the format of its extension; - is standard output. Repeatable.",
    )  # fmt: skip


def output_options(formats: Sequence[str], *, full: str) -> Decorator:
    """Return the options that say where reports go; ``full`` is the help of that option."""
    return stack(
        format_option(*formats),
        files_option(*formats),
        panel_option("--full", panel=_OUTPUT, is_flag=True, help=full),
        quiet_option,
        color_option,
    )
