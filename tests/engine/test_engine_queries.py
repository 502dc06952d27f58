"""A check of a few rows makes few queries of Polars, each of which has a fixed cost."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from datalint import lint

#: Queries of a check of a few conversations; 168 are made today, which take a third of its time.
_MOST: Final = 185


def test_a_small_check_makes_few_queries(tmp_path: Path) -> None:
    said = [(f"Where is dock {n}?", f"In bay {n}.") for n in range(20)]
    roles = ("user", "assistant")
    rows = [
        {"messages": [{"role": role, "content": text} for role, text in zip(roles, each, strict=True)]} for each in said
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    lint(str(path))  # what a process does once
    queries = 0

    def count(_: object, event: str, called: Any) -> None:
        nonlocal queries
        queries += event == "c_call" and getattr(called, "__qualname__", "") == "PyLazyFrame.collect"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        lint(str(path))
    finally:
        sys.setprofile(before)
    assert 0 < queries <= _MOST
