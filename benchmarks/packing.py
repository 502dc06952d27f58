"""Compare simulated packing with the code of the trainers, on random lists of lengths.

    python benchmarks/packing.py TRL AXOLOTL

TRL and AXOLOTL are checkouts of the trainers' repositories. Their modules ``trl/data_utils.py`` and
``axolotl/utils/samplers/multipack.py`` are loaded alone, so that neither trainer needs to be installed; `datasets`,
numba and numpy are. Prints the rows of each list, as ``tests/stats/test_stats_packing.py`` has them, and exits with 1
if any differs.
"""

from __future__ import annotations

import random
import sys
import types
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np

from datalint.stats.packing import AXOLOTL_BIN, AXOLOTL_GROUP, Packing, pack

LISTS = 20


def lengths(number: int) -> tuple[list[int], int]:
    """Return the lengths of the rows of a list, and the maximum length."""
    chance = random.Random(number)
    count = chance.choice((1, 7, 20, 100, 999, 1000, 1001, 2500))
    middle, limit = chance.choice((20, 200, 900)), chance.choice((64, 512, 2048))
    return [int(chance.lognormvariate(0, 0.8) * middle) for _ in range(count)], limit


def load(path: Path, **stubs: dict[str, Any]) -> Any:
    """Return a module that is loaded from a file, with stand-ins for what it imports."""
    names = {name.replace("__", "."): attributes for name, attributes in stubs.items()}
    for name, attributes in names.items():
        stub = types.ModuleType(name)
        stub.__dict__.update(attributes)
        sys.modules[name] = stub
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in names:
        del sys.modules[name]
    return module


def with_trl(module: Any, strategy: str) -> Callable[[list[int], int], int]:
    """Return a function that packs with ``trl.pack_dataset``."""
    from datasets import Dataset, Features, List, Value

    def packed(sizes: list[int], limit: int) -> int:
        features = Features({"input_ids": List(Value("int64"))})
        rows = Dataset.from_dict({"input_ids": [[0] * size for size in sizes]}, features=features)
        return len(module.pack_dataset(rows, limit, strategy)) if sizes else 0

    return packed


def with_axolotl(module: Any) -> Callable[[list[int], int], int]:
    """Return a function that packs with axolotl's sampler, which gets the rows that fit in the order of datalint."""

    def packed(sizes: list[int], limit: int) -> int:
        tokens = np.array(sizes, np.int64)
        order = np.random.default_rng(0).permutation(tokens[(tokens <= limit) & (tokens > 0)])
        if not len(order):
            return 0
        bins = module.pack_parallel(order, limit, AXOLOTL_GROUP, AXOLOTL_BIN, num_processes=1)
        return len(bins)

    return packed


def main(arguments: list[str]) -> int:
    """Compare."""
    trl, axolotl = map(Path, arguments)
    data_utils = load(trl / "trl" / "data_utils.py")

    class Nothing:
        def __class_getitem__(cls, item: object) -> type[Nothing]:
            return cls

    sampler = load(
        axolotl / "src" / "axolotl" / "utils" / "samplers" / "multipack.py",
        torch={},
        torch__utils={},
        torch__utils__data={"BatchSampler": Nothing, "Sampler": Nothing, "SequentialSampler": Nothing},
        axolotl={},
        axolotl__utils={},
        axolotl__utils__distributed={"reduce_and_broadcast": None},
        axolotl__utils__logging={"get_logger": __import__("logging").getLogger},
    )
    theirs: dict[Packing, Callable[[list[int], int], int]] = {
        "bfd": with_trl(data_utils, "bfd"),
        "wrapped": with_trl(data_utils, "wrapped"),
        "multipack": with_axolotl(sampler),
    }
    wrong = 0
    for number in range(LISTS):
        sizes, limit = lengths(number)
        expected = [each(sizes, limit) for each in theirs.values()]
        found = [pack(np.array(sizes, np.int64), limit, strategy).rows for strategy in theirs]
        wrong += expected != found
        print(
            f"({number}, {len(sizes)}, {limit}, {', '.join(map(str, expected))}),", "" if expected == found else found
        )
    print(f"{LISTS} lists, {wrong} differ: {', '.join(theirs)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
