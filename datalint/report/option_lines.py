"""An option to type, on a line of its own where a line has no room for it: what is copied must be whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from datalint.report.layout import Line, StyledText, parted, plain, runs, width_of

#: An option to type, as a whole.
OPTION: Final = re.compile(r"--columns (?:\"[^\"]*=[^\"]*\"|'[^']*=[^']*'|[^\s=]+=\S*[^\s,;.])")


def apart(words: Sequence[StyledText], width: int, indent: int, lines: Callable[[Line], list[Line]]) -> list[Line]:
    """Return the ``lines`` of words, with an option that they would break or cut on a line of its own."""
    laid_out = lines([*words])
    option = OPTION.search(plain(words))
    if option is None or any(option[0] in plain(line) for line in laid_out):
        return laid_out
    before, after = parted(words, option.start(), option.end())
    margin = " " * indent if width_of(option[0]) <= width - indent else ""
    rest = lines(after) if plain(after).strip(" .;,") else []
    return [*lines(before), runs(f"{margin}{option[0]}"), *rest]
