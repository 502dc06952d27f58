"""What the model's renderings of a row lost, for the rules about it."""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Flaw, Record


def flaws(record: Record, *kinds: str) -> Iterator[Flaw]:
    """Yield the flaws of these kinds; of a prompt that both sides of a preference have, once."""
    seen = set()
    for rendering in record.renderings:
        for flaw in rendering.flaws:
            if flaw.kind in kinds and flaw not in seen:
                seen.add(flaw)
                yield flaw
