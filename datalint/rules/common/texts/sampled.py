"""The texts of some rows, which several rules read once for properties that many rows have."""

from __future__ import annotations

from typing import Final

from datalint.api import Dataset, NamedTuple

#: Rows that are read, evenly spaced: a share of these is within 10 % of that of all.
SAMPLED: Final = 100


class Sampled(NamedTuple):
    """The numbers of some rows, their prompts, and what is learned of each; whether any row has a prompt."""

    rows: list[int]
    prompts: list[str]
    learned: list[str]

    @property
    def what(self) -> str:
        """What is learned, in a word for a message."""
        return "responses" if any(self.prompts) else "texts"


def sampled_texts(data: Dataset) -> Sampled:
    """Return the texts of rows at equal distances; call it with :meth:`~datalint.api.Dataset.once`."""
    rows = [*range(0, data.size, -(-data.size // SAMPLED) or 1)]
    texts = data.texts(rows) if rows else []
    return Sampled(rows, [text.prompt for text in texts], [text.chosen or text.response for text in texts])
