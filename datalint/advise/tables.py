"""The dated tables that estimates rest on: models, GPUs, prices, published measurements. TOML files in ``data``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

_FOLDER: Final = Path(__file__).with_name("data")

Table = Literal["models", "gpus", "prices", "measurements"]


@functools.cache
def load_table(name: Table) -> Mapping[str, Any]:
    """Return a table as its file has it."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
