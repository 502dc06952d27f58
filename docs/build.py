"""Write what the documentation takes from the code: generated pages, transcripts of commands, and the picture.

``python docs/build.py`` writes them, ``python docs/build.py --check`` names what is out of date and exits with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

import console
import generated
import measured
import picture
from fences import ROOT, hand_written

DOCS = Path(__file__).parent
PICTURE = DOCS / "images" / "check.svg"


def wanted() -> dict[Path, str]:
    """Return the text that each file should have."""
    out = {DOCS / name: text for name, text in generated.pages().items()}
    out |= {page: measured.filled(console.refreshed(page.read_text(encoding="utf-8"))) for page in hand_written()}
    drawn = picture.svg()
    if PICTURE.is_file() and picture.letters(drawn) == picture.letters(PICTURE.read_text(encoding="utf-8")):
        # Another release of rich draws the same words with other markup.
        drawn = PICTURE.read_text(encoding="utf-8")
    return out | {PICTURE: drawn}


def stale() -> dict[Path, str | None]:
    """Return the files that differ from what they should be, with that text; None for one to delete."""
    files = wanted()
    out: dict[Path, str | None] = {
        path: text for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    }
    out |= dict.fromkeys(path for path in (DOCS / "rules").glob("*.md") if path not in files)
    return out


def main(arguments: list[str]) -> int:
    """Write the files, or check them."""
    changes = stale()
    if arguments == ["--check"]:
        for path in changes:
            print(f"{path.relative_to(ROOT)} is out of date; run python docs/build.py", file=sys.stderr)
        return int(bool(changes))
    for path, text in changes.items():
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}" if text is not None else f"deleted {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
