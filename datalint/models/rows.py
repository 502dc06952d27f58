"""The rows of a chunk as a model reads them: their renderings, and columns about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.models.conversation import conversations
from datalint.models.model import Model

if TYPE_CHECKING:
    from datalint.models.spec import ModelSpec
    from datalint.records.rendering import Rendering
    from datalint.shapes.flatten import Flat

#: Columns of ``data.examples`` with a model, null where a row has none: tokens of the row, those that carry loss (null
#: as well where it is not known which they are),
#: whether an answer does not end with an end-of-turn token, whether the beginning-of-text token is doubled, the system
#: prompt that the template adds; the tokens of the row or of the longer side of a preference, and the indexes of the
#: first token that carries loss and of the one after the last, the greatest of both sides.
SCHEMA: Final = pl.Schema(
    {
        "model_tokens": pl.UInt32(),
        "trained_tokens": pl.UInt32(),
        "unended": pl.Boolean(),
        "doubled": pl.Boolean(),
        "injected": pl.String(),
        "longest": pl.UInt32(),
        "loss_first": pl.UInt32(),
        "loss_end": pl.UInt32(),
    }
)


class RowModel:
    """Renders the rows of chunks; a process has one."""

    def __init__(self, spec: ModelSpec, limit: int | None, *, by_role: bool = False) -> None:
        self.model = Model(spec, limit, by_role=by_role)

    def render(self, records: Sequence[dict[str, Any]], flat: Flat) -> list[tuple[Rendering, ...]]:
        """Return the renderings of each row, none where no turn was read."""
        return self.model.render(conversations(value, flat.words(row)) for row, value in enumerate(records))


def token_columns(renderings: Sequence[tuple[Rendering, ...]]) -> pl.DataFrame:
    """Return the columns of :data:`SCHEMA`; the tokens of a preference are those of both sides."""
    return pl.DataFrame([_cells(each) for each in renderings], schema=SCHEMA, orient="row")


def _cells(row: tuple[Rendering, ...]) -> tuple[Any, ...]:
    made = [each for each in row if not each.failure]
    if not made:
        return (None,) * len(SCHEMA)
    counted = [each for each in made if each.tokens is not None]
    return (
        sum(each.tokens or 0 for each in counted) if counted else None,
        sum(each.trained or 0 for each in counted) if counted and all(each.masked for each in counted) else None,
        not all(each.ends for each in made),
        any(each.doubled for each in made),
        next((each.injected for each in made if each.injected), ""),
        max((each.tokens or 0 for each in counted), default=None),
        # Of what teaches nothing, all that is learned is cut off at any length.
        max(((each.first if each.trained or not each.masked else each.tokens or 0) for each in counted), default=None),
        max((each.end for each in counted), default=None),
    )


def is_flawed(row: tuple[Rendering, ...]) -> bool:
    """Return whether there is something that a record rule may report."""
    return any(each.failure or each.flaws or each.cut or each.trained == 0 for each in row)
