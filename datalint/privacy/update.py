"""Generate the modules that contain the formats of secrets.

    python -m datalint.privacy.update                     # own_formats.py, from own_formats.toml
    python -m datalint.privacy.update gitleaks.toml --licence LICENSE --revision COMMIT --date YYYY-MM-DD

The second form writes ``gitleaks_formats.py`` and prints the rules of gitleaks that it leaves out. A rule becomes a
format if its alternatives contain literals. Rules that recognise a value by a word before it ("twitter" and 25 letters)
do not, unless they are listed in ``describe.py``.
"""

from __future__ import annotations

import argparse
import datetime
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from datalint.privacy.describe import described_formats, scoped
from datalint.privacy.regex_tree import UnsupportedError
from datalint.privacy.secret_format import SecretFormat
from datalint.support.named_tuple import NamedTuple

_FOLDER: Final = Path(__file__).parent
OWN: Final = _FOLDER / "own_formats.toml"
OWN_MODULE: Final = _FOLDER / "own_formats.py"
GITLEAKS_MODULE: Final = _FOLDER / "gitleaks_formats.py"

_OPENING: Final = """from __future__ import annotations

from typing import Final

from datalint.privacy.secret_format import SecretFormat

"""


class ParsedFormats(NamedTuple):
    """The formats of a configuration, values that are never secrets, and the reasons why other rules are left out."""

    formats: tuple[SecretFormat, ...]
    allowed: tuple[str, ...]
    left_out: dict[str, str]


def read_formats(config: dict[str, Any]) -> ParsedFormats:
    """Return the formats of a configuration in the layout of gitleaks (version 8), in order.

    datalint adds four keys: ``kind`` and ``source`` of a rule; ``assigned = true`` if its secrets are searched only
    where a value is assigned; and ``markers`` in place of literals, which the pattern then need not contain.
    """
    formats: list[SecretFormat] = []
    left_out: dict[str, str] = {}
    for rule in config["rules"]:
        try:
            formats += described_formats(rule)
        except UnsupportedError as why:
            left_out[rule["id"]] = str(why)
    everywhere = config.get("allowlist", {})
    allowed = (*map(scoped, everywhere.get("regexes", ())), *map(re.escape, everywhere.get("stopwords", ())))
    return ParsedFormats(tuple(formats), allowed, left_out)


def gitleaks_module(found: ParsedFormats, *, licence: str, revision: str, date: str) -> str:
    """Return the text of ``gitleaks_formats.py``."""
    return (
        '"""Formats of secrets from gitleaks\' configuration, written by ``python -m datalint.privacy.update``.\n\n'
        f'{licence.strip()}\n"""\n\n'
        f"{_OPENING}"
        'SOURCE: Final = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml"\n'
        f'REVISION: Final = "{revision}"\n'
        "#: The day of the revision.\n"
        f'DATE: Final = "{date}"\n\n'
        "#: Values that are never secrets, whatever their format: names of variables, one letter again and again.\n"
        f"{_tuple('ALLOWED', map(_quoted, found.allowed))}\n"
        f"{_tuple('FORMATS', map(_record, found.formats))}"
    )


def own_module(found: ParsedFormats, *, date: str) -> str:
    """Return the text of ``own_formats.py``."""
    return (
        '"""Formats of secrets that gitleaks lacks, written by ``python -m datalint.privacy.update``."""\n\n'
        f"{_OPENING}"
        "#: The day when ``own_formats.toml`` was last compared with its sources.\n"
        f'DATE: Final = "{date}"\n\n'
        "#: Keys that vendors' documentation shows.\n"
        f"{_tuple('ALLOWED', map(_quoted, found.allowed))}\n"
        f"{_tuple('FORMATS', map(_record, found.formats))}"
    )


def own() -> str:
    """Return the expected text of ``own_formats.py``.

    Raises:
        UnsupportedError: if a rule cannot be used.
    """
    config = tomllib.loads(OWN.read_text("utf-8"))
    found = read_formats(config)
    for name, why in found.left_out.items():
        raise UnsupportedError(f"{name}: {why}")
    return own_module(found, date=config["date"])


def main() -> None:
    """Parse the arguments and write a module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("config", type=Path, nargs="?", help="gitleaks' configuration, gitleaks.toml")
    parser.add_argument("--licence", type=Path, help="gitleaks' licence")
    parser.add_argument("--revision", help="the commit that it is of")
    parser.add_argument("--date", type=datetime.date.fromisoformat, help="the day of that commit")
    given = parser.parse_args()
    if given.config is None:
        OWN_MODULE.write_text(own(), "utf-8", newline="\n")
        return
    if None in (given.licence, given.revision, given.date):
        parser.error("gitleaks' configuration needs --licence, --revision and --date")
    found = read_formats(tomllib.loads(given.config.read_text("utf-8")))
    licence = given.licence.read_text("utf-8")
    text = gitleaks_module(found, licence=licence, revision=given.revision, date=str(given.date))
    GITLEAKS_MODULE.write_text(text, "utf-8", newline="\n")
    for name, why in found.left_out.items():
        print(f"left out: {name}: {why}")
    print(f"{len(found.formats)} formats, {len(found.left_out)} rules left out")


def _record(found: SecretFormat) -> str:
    defaults = SecretFormat._field_defaults
    lines = []
    for name, value in found._asdict().items():
        if name in defaults and value == defaults[name]:
            continue
        if isinstance(value, tuple):
            written = f"({', '.join(map(_quoted, value))}{',' if len(value) == 1 else ''})"
        else:
            written = _quoted(value) if isinstance(value, str) else repr(value)
        lines.append(f"        {name}={written},\n")
    return f"SecretFormat(\n{''.join(lines)}    )"


def _quoted(text: str) -> str:
    """Return ``text`` as a Python literal, with the quotes that ruff's formatter keeps."""
    raw = "r" if "\\" in text else ""
    if '"' not in text:
        return f'{raw}"{text}"'
    return f"{raw}'{text}'" if "'" not in text else f'{raw}"""{text}"""'


def _tuple(name: str, items: Iterator[str]) -> str:
    return f"{name}: Final = (\n" + "".join(f"    {item},\n" for item in items) + ")\n"


if __name__ == "__main__":
    main()
