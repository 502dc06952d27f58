"""Protection against hostile checkouts: hardened git, and confinement of files to folders.

The modules of this package import the standard library, and datalint's own modules that do. The GitHub Action's
scripts use them before anything is installed.
"""

from __future__ import annotations

from typing import Final

#: How the note of a report begins that names the files which decide about the verdict and changed.
CHANGED: Final = "gate files changed since"
