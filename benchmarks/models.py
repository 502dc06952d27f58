"""Rows per second of CPU time that are rendered and counted, in one process.

    python benchmarks/models.py MODEL [MODEL …] [--rows N]

MODEL is a folder or a name, as ``--model`` takes it. The rows are those of make_data.py.
"""

from __future__ import annotations

import argparse
import json
import time

from make_data import lines

from datalint.models.find import find_model
from datalint.models.rows import RowModel
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten


def main() -> None:
    """Print a line for each model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+")
    parser.add_argument("--rows", type=int, default=5000)
    given = parser.parse_args()
    written = (line.strip() for line in lines(given.rows))
    records = [json.loads(line) for line in written if line.startswith("{") and line.endswith("}")]
    flat = flatten(records, Detector())
    flat.words(0)
    for name in given.models:
        model = RowModel(find_model(name), None)
        model.render(records[:1], flat)
        start = time.process_time()
        found = model.render(records, flat)
        spent = time.process_time() - start
        made = [each for row in found for each in row]
        tokens = sum(each.tokens or 0 for each in made)
        chars = sum(len(each.text) for each in made)
        print(f"{name}: {len(records) / spent:,.0f} rows/s, {chars / spent / 1e6:.1f} MB/s, {tokens:,} tokens")


if __name__ == "__main__":
    main()
