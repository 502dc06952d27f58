"""Unsupported formats of data, with the command that converts them to a supported one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.sources.markdown_pairs import pairs_program
from datalint.sources.xml_rows import conversion
from datalint.support.lazy_pattern import lazy_pattern

#: Suffixes of such formats; a file with another name is no help.
FOREIGN: Final = frozenset(
    (".yml", ".yaml", ".xml", ".toml", ".html", ".md", ".tmx", ".xlf", ".po", ".srt", ".vtt", ".arff")
)
#: Those of them that hold data in a folder without other data, and no settings or documents.
CONVERTED: Final = frozenset((".yml", ".yaml", ".xml", ".tmx", ".xlf", ".srt", ".vtt", ".arff"))
_TRANSLATIONS: Final = (".tmx", ".xlf", ".po")
_SUBTITLES: Final = (".srt", ".vtt")
_XML: Final = (".xml", "XML")
#: The suffixes of brat's annotations and of Jupyter's notebooks, and how each begins.
_STANDOFF: Final = ".ann"
_STANDS_OFF: Final = lazy_pattern(rb"(?:T\d{1,9}\t[^\s]{1,99} \d|[REAMN]\d{1,9}\t|#\d{1,9}\t|\*\t)")
_NOTEBOOK: Final = ".ipynb"
NAMED: Final = frozenset((_STANDOFF, _NOTEBOOK))
#: Training data of Rasa in Markdown: headings of intents.
_RASA: Final = lazy_pattern(rb"^## intent:", re.MULTILINE)


def refused(shown: str, suffix: str, head: bytes) -> DatalintError:
    """Return the error for a file of such a format that begins with ``head``, which says how to convert it."""
    given = shlex.quote(shown)
    written, table = (shlex.quote(str(Path(shown).with_suffix(end))) for end in (".json", ".csv"))
    if suffix == ".md" and _RASA.search(head) is not None:
        how = f"convert this one with `rasa data convert nlu --format json --data {given} --out {written}`"
    elif suffix == ".md" and (code := pairs_program(head)):
        lines = shlex.quote(str(Path(shown).with_suffix(".jsonl")))
        how = (
            f'convert this one, with each question and its answer as a row: `python -I -c "{code}" < {given} > {lines}`'
        )
    elif suffix in _TRANSLATIONS:
        how = "write each unit as a line of JSON (.jsonl) with a key for each language"
    elif suffix in _SUBTITLES:
        how = "write its texts as lines (.txt), without times"
    elif suffix == ".arff":
        how = f"convert this one with Weka: `java weka.core.converters.CSVSaver -i {given} -o {table}`"
    elif suffix in _XML and (program := conversion(head))[0]:
        lines = shlex.quote(str(Path(shown).with_suffix(".jsonl")))
        element, code = program
        how = f'convert this one, with each <{element}> as a row: `python -I -c "{code}" < {given} > {lines}`'
    else:
        how = "convert this one to JSON Lines (.jsonl)"
    return DatalintError(f"{shown}: datalint does not read {suffix} files; {how}")


def refused_by_name(shown: str, suffix: str, head: bytes) -> DatalintError | None:
    """Return the error for annotations of brat and for a notebook, which look like other files; None for others."""
    if suffix == _STANDOFF and _STANDS_OFF.match(head):
        text = Path(shown).with_suffix(".txt")
        where = text.name if text.is_file() else "another file"
        return DatalintError(
            f"{shown} has the places of what brat annotated in {where}: write the texts with them to JSON Lines"
        )
    if suffix != _NOTEBOOK or not head.startswith(b"{"):
        return None
    given, lines = (shlex.quote(str(each)) for each in (shown, Path(shown).with_suffix(".jsonl")))
    return DatalintError(
        f"{shown} is a notebook: check the files that it reads or writes; if its cells are what is learned, write each "
        f"as a row: `jq -c '.cells[] | {{text: ([.source] | flatten | add)}}' {given} > {lines}`"
    )
