"""What separates the fields of the lines of tagged text: tabs, spaces or both."""

from __future__ import annotations

from collections.abc import Sequence

from datalint.records.record import FileFacts
from datalint.sources.readers.tagged.not_tokens import above


def count_separators(facts: FileFacts, block: Sequence[bytes], line: int, *, headed: bool) -> None:
    """Count the lines of a sentence, which begins at a line, by what separates their fields, but for comments."""
    if headed:
        block = block[above(block, b"\t") :]
    tabs = [b"\t" in each for each in block]
    many = sum(tabs)
    facts.tabbed += many
    if many and facts.first_tabbed is None:
        facts.first_tabbed = line + tabs.index(True)
    if many < len(tabs):
        spaces = [not tab and len(each.split()) > 1 for tab, each in zip(tabs, block, strict=True)]
        facts.spaced += sum(spaces)
        if facts.first_spaced is None and True in spaces:
            facts.first_spaced = line + spaces.index(True)
