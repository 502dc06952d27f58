"""Counts which labelled secrets of other scanners' tests are found, and which texts that are none are reported.

    python benchmarks/secret_formats.py --gitleaks FOLDER --detect-secrets FOLDER --credsweeper FOLDER

Each folder is a clone of the scanner's repository:

- gitleaks/gitleaks: string literals of samples in the Go sources of its rules, without those that are made when its
  tests run; rules about passwords in commands and documents are counted apart
- Yelp/detect-secrets: parameters of the tests of its plug-ins, without those that look for entropy and for names
- Samsung/CredSweeper: values that its own rules for tokens report in its sample files, without its rules for names of
  variables and for passwords in prose

A sample is found when datalint reports a secret in it, for CredSweeper when that overlaps the value. ``--list`` prints
what is missed, and what is reported where the other scanner has nothing. ``--docs`` puts the table into
docs/performance.md.
"""

from __future__ import annotations

import ast
import json
import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from running import Table, command, parser, publish

from datalint.privacy.secret import secrets

#: The shortest literal that is a sample and not a name.
SHORTEST: Final = 20
#: Files of gitleaks' rules that look for passwords where a program or document has them, and for names of files.
OTHER_SOURCES: Final = ("curl", "freemius", "generic", "hashicorp", "kubernetes", "nuget", "privatekey", "sidekiq")
#: A literal that is a pattern, not a sample.
PATTERN: Final = re.compile(r"\\[bdsw]|\]\{\d|\]\+")
#: A sample has a value.
VALUE: Final = re.compile(r"[A-Za-z0-9+/=_.-]{16}")
#: Plug-ins of detect-secrets that don't look for formats.
OTHER_PLUGINS: Final = ("high_entropy_strings", "keyword", "ip_public", "base")
#: Rules of CredSweeper about names of variables, passwords anywhere, and things that are not secret alone.
OTHER_RULES: Final = re.compile(
    r"(?i)^(?:API|Auth|Credential|Key|Nonce|Password|Salt|Secret|Token|UUID|Certificate|DOC_.*|.*_PAIR|.*TRIPLE"
    r"|SQL Password|CMD .*|CURL .*|OTP.*|Firebase Domain|AWS S3 Bucket|Tencent.*|NTLM.*|JWK|JSON Web Key|.* Multi"
    r"|Dropbox App secret|BASE64 .*|Salesforce.*|Docker Swarm Key)$"
)


class Sample(NamedTuple):
    """A text, whether a secret is in it, and where: characters from and to, or anywhere."""

    source: str
    text: str
    secret: bool
    start: int | None = None
    end: int | None = None


def gitleaks(folder: Path) -> Iterator[Sample]:
    """Yield the string literals of samples in the Go sources of gitleaks' rules."""
    for path in sorted((folder / "cmd" / "generate" / "config" / "rules").glob("*.go")):
        source = path.read_text("utf-8")
        for block in re.finditer(r"(?ms)^\t+(tps|fps)\b\s*(?::?=).*?(?=^\t+(?:tps|fps)\b|^\treturn|^\})", source):
            for text in _literals(block[0]):
                if len(text) >= SHORTEST and VALUE.search(text) and not PATTERN.search(text):
                    yield Sample(path.stem, text, block[1] == "tps")


def _literals(code: str) -> Iterator[str]:
    """Yield Go's string literals, those apart that are joined to something else."""
    pattern = r'(?P<before>\+\s*)?(?:"(?P<quoted>(?:[^"\\\n]|\\.)*)"|`(?P<raw>[^`]*)`)(?P<after>\s*\+)?'
    code = re.sub(r"(?m)^\s*//.*$|\s//[^\"`\n]*$", "", code)
    for found in re.finditer(pattern, code):
        if not found["before"] and not found["after"]:
            yield found["raw"] if found["raw"] is not None else _unquoted(found["quoted"])


def _unquoted(text: str) -> str:
    try:
        return str(ast.literal_eval(f'"{text}"'))
    except (SyntaxError, ValueError):
        return text


def detect_secrets(folder: Path) -> Iterator[Sample]:
    """Yield the parameters of tests that are a text and whether a plug-in reports it."""
    for path in sorted((folder / "tests" / "plugins").glob("*_test.py")):
        if path.stem.removesuffix("_test") in OTHER_PLUGINS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 2:
                flags = [part.value for part in node.elts if isinstance(part, ast.Constant)]
                text = _text(node.elts[0])
                if text and flags and isinstance(flags[-1], bool):
                    yield Sample(path.stem, text, flags[-1])


def _text(node: ast.expr) -> str:
    """Return the text of a literal, also of one that is formatted with literals, or ""."""
    try:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            value = _text(node.func.value).format(*map(ast.literal_eval, node.args))
        else:
            value = ast.literal_eval(node)
    except (ValueError, IndexError, KeyError):
        return ""
    return value if isinstance(value, str) else ""


def credsweeper(folder: Path) -> Iterator[Sample]:
    """Yield the values that rules for tokens report in sample files, each in its line."""
    for entry in json.loads((folder / "tests" / "data" / "output.json").read_text("utf-8")):
        data = entry["line_data_list"][0]
        if OTHER_RULES.match(entry["rule"]) or data["value_start"] < 0:
            continue
        text = data["line"]
        path = folder / data["path"]
        if "PRIVATE KEY" in text and path.exists():
            text = path.read_text("utf-8", errors="replace")
        start = text.find(data["value"])
        if start >= 0:
            yield Sample(f"{path.name}: {entry['rule']}", text, True, start, start + len(data["value"]))


def credsweeper_files(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield sample files: name, text, and all values that any rule of CredSweeper reports in it."""
    values: dict[str, list[str]] = {}
    for name in ("output.json", "no_ml.json", "no_filters_no_ml.json"):
        for entry in json.loads((folder / "tests" / "data" / name).read_text("utf-8")):
            for data in entry["line_data_list"]:
                values.setdefault(Path(data["path"]).name, []).append(data["value"])
    for path in sorted((folder / "tests" / "samples").iterdir()):
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield path.name, data.decode("utf-8", errors="replace"), values.get(path.name, [])


def is_found(sample: Sample) -> bool:
    """Return whether a secret is reported in a sample."""
    found = secrets(sample.text)
    if sample.start is None or sample.end is None:
        return bool(found)
    return any(each.start < sample.end and sample.start < each.end for each in found)


def groups(given: Namespace) -> Iterator[tuple[str, list[Sample]]]:
    """Yield the samples of each scanner that has a folder; gitleaks' in two parts."""
    if given.gitleaks:
        samples = list(gitleaks(given.gitleaks))
        yield "gitleaks: formats", [each for each in samples if not each.source.startswith(OTHER_SOURCES)]
        yield "gitleaks: other rules", [each for each in samples if each.source.startswith(OTHER_SOURCES)]
    if given.detect_secrets:
        yield "detect-secrets", list(detect_secrets(given.detect_secrets))
    if given.credsweeper:
        yield "CredSweeper: tokens", list(credsweeper(given.credsweeper))


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, and print the table."""
    made = parser(__doc__)
    for name in ("gitleaks", "detect-secrets", "credsweeper"):
        made.add_argument(f"--{name}", type=Path, metavar="FOLDER", help=f"a clone of {name}")
    made.add_argument("--list", action="store_true", help="print the samples that are missed or reported without need")
    given = made.parse_args(arguments)
    table = Table("samples of", "with a secret", "found", "share", "without", "reported", right=5)
    for name, samples in groups(given):
        secret = list(dict.fromkeys(each for each in samples if each.secret))
        clean = list(dict.fromkeys(each for each in samples if not each.secret))
        missed = [each for each in secret if not is_found(each)]
        wrong = [each for each in clean if is_found(each)]
        counts = (f"{count:,}" for count in (len(clean), len(wrong)))
        share = f"{1 - len(missed) / len(secret):.0%}"
        table.add(name, f"{len(secret):,}", f"{len(secret) - len(missed):,}", share, *counts)
        for label, listed in (("missed", missed), ("reported", wrong)):
            for each in listed if given.list else ():
                start = max((each.start or 0) - 40, 0)
                print(f"{label}\t{name}\t{each.source}\t{each.text[start : start + 160]!r}")
    for name, text, values in credsweeper_files(given.credsweeper) if given.credsweeper and given.list else ():
        for found in secrets(text):
            value = text[found.start : found.end]
            if not any(value in known or known in value for known in values):
                print(f"reported\tCredSweeper: files\t{name}: {found.kind}\t{value[:100]!r}")
    table.say("")
    said = command()
    for folder in (given.gitleaks, given.detect_secrets, given.credsweeper):
        said = said.replace(str(folder), "FOLDER")
    table.say(f"`{said}`")
    if given.docs:
        publish("secret_formats", table.lines)


if __name__ == "__main__":
    main()
