"""The terminal: its width, its colours, and whether there is one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

#: Columns where there is no terminal to ask.
_WIDTH: Final = 110


def console(color: str = "auto") -> Console:
    """Return a rich console on standard output; rows are never read as markup."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    options = {"never": {"no_color": True, "color_system": None}, "always": {"force_terminal": True}}
    width = None if terminal else int(os.environ.get("COLUMNS", _WIDTH))
    chosen = options.get(color, {} if terminal else {"force_terminal": False})
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False, width=width, **chosen)  # type: ignore[arg-type]
