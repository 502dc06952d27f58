"""The ``datalint`` command, which ``python -m datalint`` is too."""

from __future__ import annotations

import gc
import os

# Modules and rows are many objects and hardly any garbage: looking for some at the usual rate takes a tenth of the time
# of a small file.
gc.set_threshold(200_000, 50, 1000)
try:
    from datalint.support.interrupts import catch_interrupts, end_interrupted
except KeyboardInterrupt:
    os.write(2, b"interrupted\n")
    os._exit(130)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit; Ctrl-C is quiet from the first import on."""
    try:
        catch_interrupts()
        from datalint.cli import main
    except KeyboardInterrupt:
        end_interrupted()
    main()


if __name__ == "__main__":
    main()
