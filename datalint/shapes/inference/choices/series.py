"""Series of columns whose names differ in a letter or number at their end: ``option_a``, ``option_b``, ``option_c``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn

#: A name of one of a series, and the letter or number at its end.
_OF_SERIES: Final = re.compile(r"(.{0,80}?)[ _.(-]?([A-Ha-h]|[А-Еа-е]|[0-9])[).]?")
#: The letters or numbers that a series begins with.
_FIRST: Final = ("abc", "012", "123", "абв")


def series_of(
    columns: Sequence[SampledColumn], kinds: Collection[Holds], *, least: int
) -> Iterator[tuple[str, dict[str, SampledColumn]]]:
    """Yield the name of each series in lower case, and its columns by their letters or numbers, from the first one on.

    A series has ``least`` columns at least, of the given ``kinds``, and nothing else of its name.
    """
    series: dict[str, dict[str, SampledColumn]] = {}
    for each in columns:
        found = _OF_SERIES.fullmatch(each.key.strip()) if each.holds in kinds else None
        if found is not None:
            series.setdefault(found[1].casefold(), {})[found[2].casefold()] = each
    begins = {first[:least] for first in _FIRST}
    for name, named in series.items():
        if len(named) >= least and "".join(sorted(named))[:least] in begins:
            yield name, named
