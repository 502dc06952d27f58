"""How many patterns a chunk needs: Polars keeps few of them compiled, and compiling costs more than searching."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from polars.expr.string import ExprStringNameSpace

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.map.mapper import Mapper
from datalint.setup.plan import make_plan
from datalint.sources import open_sources

#: Polars keeps so many for each thread; with one more, all of them are compiled anew for every chunk.
KEPT = 32
SEARCHES = ("contains", "count_matches", "extract", "extract_all", "extract_groups", "find", "replace", "replace_all")


def patterns_of(text: bytes, folder: Path) -> set[str]:
    """Return the regular expressions that mapping a file needs."""
    path = folder / "train.jsonl"
    path.write_bytes(text)
    seen: set[str] = set()

    def noted(search: Callable[..., Any]) -> Callable[..., Any]:
        def note(self: Any, pattern: Any, *more: Any, **named: Any) -> Any:
            # A literal is escaped and compiled too.
            if isinstance(pattern, str):
                seen.add(pattern)
            return search(self, pattern, *more, **named)

        return note

    registry = Registry.default()
    with pytest.MonkeyPatch.context() as patch:
        for name in SEARCHES:
            patch.setattr(ExprStringNameSpace, name, noted(getattr(ExprStringNameSpace, name)))
        mapper = Mapper(make_plan(load_settings(registry=registry, isolated=True), registry))
        for source in open_sources([str(path)]):
            for chunk in source.chunks(0):
                mapper(chunk.load())
    return seen


def test_a_chunk_needs_no_more_patterns_than_are_kept(tmp_path: Path) -> None:
    turns = [
        ("system", "Tu réponds en français, à Bob et à Zoë."),
        ("user", "Écris à anna@firma.de  … 12 ou １２ ?"),
        ("assistant", "As an AI language model, je ne peux pas. \u200b\ufffd"),
        ("user", "And now?"),
        ("assistant", ""),
    ]
    messages = [{"role": role, "content": text} for role, text in turns]
    rows = [
        {"messages": messages, "metadata": {"topic": "x"}},
        {"prompt": "Was ist 1?", "completion": "Ü" * 300},
        {"prompt": "Wo liegt 北京?", "completion": '"Es liegt in China, weit im Osten. 北京"'},
        {"text": "It's a great film.", "label": "good", "source": "web"},
    ]
    text = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    # In a new process: expressions that another test has built would not be built again, and their patterns not seen.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        seen = pool.submit(patterns_of, text, tmp_path).result()
    assert 15 < len(seen) <= KEPT
