"""Compares what rules report on a folder of real datasets with judgements of people who read the rows.

    python benchmarks/precision.py FOLDER [FOLDER …]        some minutes

``judged.tsv`` holds the judgements: the rule; ``seen``, when the rule was worked on with that file at hand,
``held-out``, or ``blind``, ``blind-2`` and so on, samples of files that were new to everybody, whose findings were
judged before any rule was changed because of them; the file below a FOLDER (``OWNER+NAME/PATH`` for a file of a
public repository on GitHub), line, JSON path and fingerprint of a finding; ``right`` (one would act on it),
``arguable`` (true, of doubtful use) or ``wrong``; and why, in a few words. It holds no text of a row. A reason that
begins with ``was wrong:`` or ``was arguable:`` says how a finding was judged before its message was changed, and
one that begins with ``was right:`` that it was right as its file was read then, and is rightly not reported now;
``under the limit:`` stands before the reason of a finding that is below a limit which was raised since, or of a text
that the rule leaves out since, and
``misread:`` before that of a finding whose file is read in another way since. Judgements of files that are in no
FOLDER are left out, and so are those of rules on leaks where no evaluation set is found next to the file.

For each rule: the findings now, how those of them that were judged were judged, the precision (right by judged), and
how many right ones are no longer reported. ``--docs`` keeps the counts in ``precision.tsv``, which docs/accuracy.md
is made from; sets of which a file is in no FOLDER keep the counts that they had. ``--lost`` lists the right findings
that are no longer reported, ``--unjudged N`` at most N findings of each rule that nobody judged. Exits with 1 when
right findings are lost.
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import datalint
from datalint.core.errors import DatalintError
from datalint.core.finding import Finding
from datalint.core.registry import Registry

JUDGED: Final = Path(__file__).with_name("judged.tsv")
COUNTS: Final = Path(__file__).with_name("precision.tsv")
COLUMNS: Final = ("rule", "set", "findings", "files", "right", "arguable", "wrong", "lost")
KINDS: Final = ("right", "arguable", "wrong")
#: Rules on evaluation sets, drift and leaks, which need the one next to a file; every other rule sees the file alone.
LEAKS: Final = frozenset(("BAL006", "RDY002", "RDY003", "RDY004", "RDY005", "RDY009", "RDY010"))


class Judgement(NamedTuple):
    """What a person said about one finding."""

    rule: str
    set: str
    file: str
    line: str
    path: str
    fingerprint: str
    judgement: str
    reason: str

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What finds the finding again; its fingerprint changes with the words of a rule."""
        return self.rule, self.file, self.line, self.path

    @property
    def is_below(self) -> bool:
        """Whether the finding is below a limit that was raised since: it is neither lost nor counted."""
        return self.reason.startswith("under the limit: ")


def judgements(path: Path = JUDGED) -> list[Judgement]:
    """Return all judgements."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Judgement(*row) for row in rows]


def findings(folders: list[Path], judged: list[Judgement]) -> Iterator[tuple[str, Finding]]:
    """Lint each judged file alone with every rule, also those of low confidence; it is in the first folder that has it.

    Leaks are looked for in files with judgements of rules on leaks.
    """
    registry = Registry()
    registry.load_builtin()
    alone = [rule.code for rule in registry if rule.code not in LEAKS]
    leaks = {each.file for each in judged if each.rule in LEAKS}
    for name in sorted({each.file for each in judged}):
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None:
            try:
                yield from ((name, each) for each in datalint.lint(path, eval=False, config={"select": alone}).findings)
                if name in leaks:
                    report = datalint.lint(path, config={"select": sorted(LEAKS)})
                    yield from ((name, each) for each in report.findings if each.rule in LEAKS)
            except DatalintError as error:
                print(f"{name}: {error}")


def without_evaluation(folders: list[Path], judged: list[Judgement]) -> set[str]:
    """Return the files with judgements of rules on leaks that have no evaluation set next to them."""
    found = set()
    for name in sorted({each.file for each in judged if each.rule in LEAKS}):
        path = next(folder / name for folder in folders if (folder / name).is_file())
        if not datalint.lint(path, config={"select": ["RDY003"]}).measures.get("evaluation-examples"):
            found.add(name)
    return found


def place(name: str, finding: Finding) -> tuple[str, str, str, str]:
    """Return what :attr:`Judgement.place` is of the same finding."""
    return finding.rule, name, str(finding.line or 0), finding.path or ""


def count(judged: list[Judgement], found: list[tuple[str, Finding]]) -> list[list[str]]:
    """Return a row of :data:`COLUMNS` for each rule and set."""
    sets = {each.file: each.set for each in judged}
    reported = {place(name, finding) for name, finding in found}
    totals: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, finding in found:
        totals[finding.rule, sets[name]]["findings"] += 1
        files[finding.rule, sets[name]].add(name)
    for each in judged:
        if each.judgement in KINDS and not each.is_below:
            key = each.judgement if each.place in reported else "lost" if each.judgement == "right" else "fixed"
            totals[each.rule, each.set][key] += 1
    return [
        [*key, str(counts["findings"]), str(len(files[key])), *(str(counts[column]) for column in COLUMNS[4:])]
        for key, counts in sorted(totals.items())
    ]


def keep(rows: list[list[str]], partial: set[str]) -> None:
    """Write counts to ``precision.tsv``, where those of ``partial`` sets stay as they are."""
    with COUNTS.open(encoding="utf-8", newline="") as file:
        before = list(csv.reader(file, delimiter="\t"))[1:]
    kept = [row for row in before if row[1] in partial] + [row for row in rows if row[1] not in partial]
    lines = ["\t".join(row) for row in (list(COLUMNS), *sorted(kept))]
    COUNTS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Print the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--docs", action="store_true", help="keep the counts for docs/accuracy.md")
    parser.add_argument("--lost", action="store_true", help="list right findings that are no longer reported")
    parser.add_argument("--unjudged", type=int, default=0, metavar="N", help="list N findings of each rule to judge")
    arguments = parser.parse_args()
    everything = judgements()
    judged = [each for each in everything if any((folder / each.file).is_file() for folder in arguments.folder)]
    if len(judged) < len(everything):
        print(f"left out: {len(everything) - len(judged)} judgements of files that are in no folder")
    lonely = without_evaluation(arguments.folder, judged)
    judged = [each for each in judged if each.rule not in LEAKS or each.file not in lonely]
    found = list(findings(arguments.folder, judged))
    rows = count(judged, found)
    print("\t".join(COLUMNS))
    for row in rows:
        print("\t".join(row))
    reported = {place(name, finding) for name, finding in found}
    lost = [each for each in judged if each.judgement == "right" and each.place not in reported and not each.is_below]
    if arguments.lost:
        for each in lost:
            print("lost", *each, sep="\t")
    known = {each.place for each in judged}
    shown: Counter[str] = Counter()
    for name, finding in found:
        if place(name, finding) not in known and shown[finding.rule] < arguments.unjudged:
            shown[finding.rule] += 1
            print("unjudged", *place(name, finding), finding.fingerprint, finding.message, sep="\t")
    if arguments.docs:
        partial = {each.set for each in set(everything) - set(judged)}
        keep(rows, partial)
    return int(bool(lost))


if __name__ == "__main__":
    raise SystemExit(main())
