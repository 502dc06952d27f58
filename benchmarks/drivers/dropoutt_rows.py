"""Runs dropoutt, and writes what its model checks see of each row; run by the Python of its virtual environment.

    python dropoutt_rows.py ROWS.jsonl scan FOLDER …

A line has the row's index, why it was not rendered, its tokens, and how many of them carry loss.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Run dropoutt's command line with a check that writes rows."""
    from dropoutt.checks.tier0_tokens import TruncationForecast  # type: ignore[import-not-found]
    from dropoutt.cli import app  # type: ignore[import-not-found]
    from dropoutt.context import F_LOSS_MASK, F_TOKEN_COUNT  # type: ignore[import-not-found]

    usual = TruncationForecast.observe
    with Path(sys.argv.pop(1)).open("w", encoding="utf-8") as file:

        def observe(self: Any, doc: Any, ctx: Any) -> None:
            mask = doc.meta.get(F_LOSS_MASK)
            row = (doc.source_index, doc.meta.get("render_error"), doc.meta.get(F_TOKEN_COUNT), mask and sum(mask))
            print(json.dumps(row), file=file, flush=True)
            usual(self, doc, ctx)

        TruncationForecast.observe = observe
        app()


if __name__ == "__main__":
    main()
