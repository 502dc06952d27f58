"""Text files that only mean something next to others: sides of parallel text by their language, and lists of labels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.files import open_regular
from datalint.support.language_codes import ISO_639_1, WHOLE

#: Codes that stand for a suffix where it names the language of a text (``train.de``), as Moses has them.
CODES: Final = tuple(sorted(ISO_639_1 | WHOLE))
#: Names of lists of the labels or words that the data has.
_LIST: Final = re.compile(
    r"(?:class(?:es)?|labels?|categories|vocab(?:ulary)?)(?:[_-](?:list|names?|cased|uncased))?\.txt", re.IGNORECASE
)
#: Bytes of a list at most, and characters and words of what it lists.
_LARGEST: Final = 4 << 20
_CHARS: Final = 60
_WORDS: Final = 4


def is_side(path: Path) -> bool:
    """Return whether a file has the code of a language for its suffix, and one of its name that of another one."""
    code = path.suffix[1:].lower()
    return code in CODES and any(path.with_suffix(f".{other}").is_file() for other in CODES if other != code)


def lists_labels(path: Path) -> bool:
    """Return whether a file is a list of labels or words by its name, each on a line of its own and none twice."""
    if _LIST.fullmatch(path.name) is None:
        return False
    try:
        if path.stat().st_size > _LARGEST:
            return False
        with open_regular(str(path)) as file:
            lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    except (OSError, DatalintError):
        return False
    brief = all(len(line) <= _CHARS and len(line.split()) <= _WORDS and "\t" not in line for line in lines)
    return brief and len(set(lines)) == len(lines)
