"""Options that several commands share, and help that groups them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class GroupedCommand(click.Command):
    """A command whose help lists options under headings (``panel=`` on each option)."""

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


def split_list(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Accept both ``--select A,B`` and ``--select A --select B``."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def pairs(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Parse ``a=b,c=d``, given once or more."""
    out: dict[str, str] = {}
    for item in split_list(_, parameter, values):
        name, equals, key = item.partition("=")
        if not equals or not name.strip() or not key.strip():
            raise click.BadParameter(f"{item!r} is not MEANING=KEY, such as prompt=question")
        out[name.strip()] = key.strip()
    return out


_RULES: Final = "Rule selection"
_CONFIG: Final = "Configuration"
_INPUT: Final = "Input"

selection_options = stack(
    panel_option("--select", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules to run: codes, prefixes, names or ALL, comma-separated."),
    panel_option("--ignore", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules not to run."),
    panel_option("--extend-select", panel=_RULES, multiple=True, callback=split_list, metavar="RULES",
                 help="Rules to run beside those selected."),
)  # fmt: skip

config_options = stack(
    panel_option("--config", panel=_CONFIG, metavar="FILE",
                 help="Use this configuration file instead of the nearest one."),
    panel_option("--isolated", panel=_CONFIG, is_flag=True, help="Ignore every configuration file."),
    panel_option("--profile", panel=_CONFIG, type=click.Choice(["guide", "strict", "minimal"]),
                 help="Limits to judge by.  [default: guide]"),
    panel_option("--allow-local-plugins", panel=_CONFIG, is_flag=True,
                 help="Load the rule modules that the configuration names. They run as code."),
)  # fmt: skip

input_options = stack(
    panel_option("--split", panel=_INPUT, metavar="NAME", help="Split of a hub dataset or saved folder."),
    panel_option("--columns", panel=_INPUT, multiple=True, callback=pairs, metavar="MEANING=KEY",
                 help="What unknown keys mean: prompt=question,response=answer,category=label."),
    panel_option("--stdin-filename", panel=_INPUT, metavar="NAME",
                 help="Name to report when the dataset comes from - (standard input)."),
)  # fmt: skip
