"""A picture of what a command prints on a terminal, as SVG that loads nothing."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO
from typing import Final

from console import run, sandbox

#: The command that the README shows.
COMMAND: Final = "datalint check fixtures/leaky/train.jsonl"
_WIDTH: Final = 110
_FONTS: Final = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
#: rich's own format without the web fonts that it loads.
_FORMAT: Final = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>COMMAND</title>
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: FONTS; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""".replace("FONTS", _FONTS).replace("COMMAND", COMMAND)


def svg() -> str:
    """Return the picture of :data:`COMMAND`, run on a copy of the fixtures."""
    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    with sandbox():
        _, printed = run([*COMMAND.split()[1:], "--color"])
    lines = Text.from_ansi(printed).split("\n")
    for line in lines:
        line.rstrip()
    # A command may be longer than a line: a terminal wraps it anywhere.
    text = Text("\n").join(part for line in lines for part in line.divide(range(_WIDTH, len(line), _WIDTH)))
    text.rstrip()
    console = Console(record=True, width=_WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(text, soft_wrap=True)
    return console.export_svg(title=COMMAND, theme=MONOKAI, code_format=_FORMAT, unique_id="check")


def letters(picture: str) -> str:
    """Return what an SVG of :func:`svg` shows below its title, without spaces: the same for every release of rich."""
    _, _, matrix = picture.partition('class="check-matrix">')
    return "".join(unescape("".join(re.findall(r"<text [^>]*>([^<]*)</text>", matrix))).split())
