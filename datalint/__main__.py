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
    from typing import Final, NoReturn

#: Pointers: 256 KiB of memory, of which those pages are used that calls reach.
_STACK: Final = 1 << 15


def main() -> NoReturn:
    """Run the command line and exit; Ctrl-C is quiet from the first import on."""
    try:
        catch_interrupts()
        from datalint.cli import main
    except KeyboardInterrupt:
        end_interrupted()
    main()


# CPython has memory for frames in chunks of 16 KiB, and unmaps a chunk as soon as its first call returns: in a function
# that happens to be the first of a chunk, each call maps memory. The frame of one call with a large stack gets a large
# chunk, in which those of all calls within have room.
main.__code__ = main.__code__.replace(co_stacksize=_STACK)

if __name__ == "__main__":
    main()
