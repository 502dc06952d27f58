"""The next command to run after a report: one that a finding proposes, or one that shows more."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.core.finding import Factor, Severity
from datalint.core.fix import Action, Safety
from datalint.core.kind import EVALUATION
from datalint.core.results import Outcome, RuleResult, Verdict
from datalint.core.rule import Rule
from datalint.fixes.policy import withholds
from datalint.privacy.display import Shown, printable
from datalint.report.layout import Line, runs
from datalint.report.places import is_file
from datalint.report.remedies import as_typed, command_in, concrete, reading
from datalint.support.numbers import counted

#: Options that the next command sets itself, and those that change nothing about its result; the first take a value.
_WITH_VALUE: Final = ("--output-format", "--output", "-o", "--moved-to", "--jobs", "--cache-dir")
#: Options that select rules: a check of one rule sets them, and a fix keeps to what was looked at.
_SELECTING: Final = ("--select", "--extend-select")
_FLAGS: Final = ("--fix", "--full", "--statistics", "--quiet", "-q", "--no-cache", "--color", "--no-color")
#: Options that leave rules out, with a value. A command without them shows more, so that a long one can do without.
_OMITTING: Final = ("--ignore",)
#: Options about the verdict, with a value.
_JUDGING: Final = ("--fail-on", "--base-ref", "--config-since", "--max-findings")
#: An option that a message proposes, of rules with this tag: those of rows that can't be read as they are.
_PROPOSED: Final = re.compile(r"(--columns(?= \S*=)|--delimiter) (?:\"([^\"]{1,400})\"|((?:\S+=)?\S+))")
_PROPOSING: Final = "proposes-option"
_CONVERT: Final = "datalint convert "
_AGAINST: Final = " --against "
#: What stands in an option for a key that nothing tells.
_BLANK: Final = "=KEY"
#: Share of the rows over which that is proposed.
_MOST: Final = 0.5
#: Share of the rows, and rows, from which a person looks at what a fix would remove.
_LOOKED_AT: Final = 0.1
_MANY: Final = 10
#: What decides whether a place counts as one that can be fixed.
_COUNTED: Final = ("fix", "severity", "rule", "file")
#: Commands that are proposed.
_STEPS: Final = 2
#: Characters of a command; a longer one, such as of a glob's many files, is shown without its arguments.
_LONGEST: Final = 240
#: Characters of a command from which on options are left out that it can do without.
_LONG: Final = 120


def next_steps(outcome: Outcome, arguments: Sequence[str] | None, hidden: Sequence[RuleResult]) -> list[Shown]:
    """Return up to two commands in order, each with its purpose.

    ``arguments`` are those of this run; None if it was not started from the command line. ``hidden`` are rules with
    places that are not shown.
    """
    base = _base(outcome, arguments)
    if (proposed := _proposed(outcome)) is not None:
        code, *option = proposed
        if _BLANK not in option[-1]:
            return [_command(base, *option)]
        # What is to be filled in is looked up first: `init` shows what each key holds.
        files = _files(outcome, arguments)
        shown = _command([*files, "--print"], name="init") if files else _command(base, *option)
        return [shown, printable(f"datalint rule {code}")]
    # An internal error is no rule: `--select` and `datalint rule` know none of its code.
    hidden = [rule for rule in hidden if rule.factor is not None]
    grave = [rule for rule in outcome.rules.values() if rule.severity is not Severity.INFO and rule.factor is not None]
    listed = next((rule for rule in hidden if rule in grave), None) or next(iter(hidden), None)
    steps = [_command(base, "--select", listed.code, "--full")] if listed is not None else []
    # What can be fixed is fixed first: a split would divide rows that a fix removes. Rows of an evaluation set that was
    # published are not removed lightly.
    safe, unsafe = _fixable(outcome)
    sweeping = next((rule for rule in grave if _is_sweeping(outcome, rule)), None)
    if safe or (unsafe and outcome.kind != EVALUATION and sweeping is None):
        if sweeping is not None:
            listed, steps = sweeping, [_command(base, "--select", sweeping.code, "--full")]
        steps = [_fix_command(outcome, arguments, safe=bool(safe)), *steps]
        # A safe fix removes no rows that are in the evaluation set too, which decide.
        if safe and (removal := _removal_of_leaks(outcome, grave, arguments)) is not None:
            return [removal, steps[0]]
    elif sweeping is not None:
        shown_whole = sweeping not in hidden
        listed, steps = sweeping, [] if shown_whole else [_command(base, "--select", sweeping.code, "--full")]
    elif outcome.verdict is not Verdict.FAIL and (command := _of_remedy(outcome, grave, arguments)) is not None:
        return [command, *steps]
    if (decisive := next((rule for rule in grave if _is_decisive(outcome, rule)), None)) is not None:
        page = _repair(outcome, decisive, arguments)
        return [steps[0], page] if steps and safe else [page, *steps][:_STEPS]
    if len(steps) == _STEPS:
        return steps
    # A factor that fails is explained before what is only worth a look elsewhere.
    failing = [rule for rule in grave if _fails(outcome, rule)]
    explained = listed if listed in (failing or grave) else next(iter(failing or grave), None)
    if explained is not None:
        return [*steps, _advice(outcome, explained, arguments) or _repair(outcome, explained, arguments)]
    # The rules that say why no row could be read were not selected.
    return [_command(base)] if outcome.unreadable else steps


def _fails(outcome: Outcome, rule: RuleResult) -> bool:
    factor = None if rule.factor is None else outcome.factors.get(rule.factor)
    return factor is not None and factor.verdict is Verdict.FAIL


def _repair(outcome: Outcome, rule: RuleResult, arguments: Sequence[str] | None) -> Shown:
    """Return the command that writes the rows in another form, if that is a rule's remedy, and its page otherwise."""
    command = command_in(concrete(rule.remedy, outcome, arguments))
    return command if command is not None and command.startswith(_CONVERT) else printable(f"datalint rule {rule.code}")


def _advice(outcome: Outcome, rule: RuleResult, arguments: Sequence[str] | None) -> Shown | None:
    """Return the command that says whether to fine-tune at all, where a rule says that there is too little data.

    None for any other rule, and for what is no file.
    """
    volume = outcome.factors.get(Factor.VOLUME)
    if rule.factor is not Factor.VOLUME or volume is None or volume.verdict is not Verdict.FAIL:
        return None
    files = [] if outcome.kind == EVALUATION else _files(outcome, arguments)
    return _command([*files, *reading(arguments or ())], name="advise") if files else None


def _of_remedy(outcome: Outcome, rules: Sequence[RuleResult], arguments: Sequence[str] | None) -> Shown | None:
    """Return the command in the remedy of a finding that no fix repairs, such as a split; None if there is none."""
    fixed = set(outcome.findings.table.drop_nulls("fix")["rule"])
    remedies = (concrete(rule.remedy, outcome, arguments) for rule in rules if rule.code not in fixed)
    commands = (command for remedy in remedies if (command := command_in(remedy)) is not None)
    # Who has an evaluation set needs no other one.
    held = any(file.split == "evaluation" for file in outcome.files)
    return next((each for each in commands if not (held and each.startswith("datalint split "))), None)


def _removal_of_leaks(outcome: Outcome, rules: Sequence[RuleResult], arguments: Sequence[str] | None) -> Shown | None:
    """Return the command that removes the rows of the evaluation set, where these make readiness fail."""
    readiness = outcome.factors.get(Factor.READINESS)
    if readiness is None or readiness.verdict is not Verdict.FAIL:
        return None
    errors = (rule for rule in rules if rule.factor is Factor.READINESS and rule.severity is Severity.ERROR)
    commands = (command_in(concrete(rule.remedy, outcome, arguments)) for rule in errors)
    return next((each for each in commands if each is not None and _AGAINST in each), None)


def fix_step(outcome: Outcome, *, command: bool) -> Line:
    """Return how many places can be fixed, and with ``command`` how; empty for none."""
    safe, unsafe = _fixable(outcome)
    if not safe and not unsafe:
        return []
    # Unsafe fixes are not the first to try.
    more = f" ({unsafe:,} more with --unsafe)" if safe and unsafe else "" if safe else " with --unsafe"
    said = f"{counted(safe or unsafe, 'place')} can be fixed{more}"
    return runs(f"{said}: ", (_fix_command(outcome, None, safe=bool(safe)), "bold")) if command else runs(said)


def _fixable(outcome: Outcome) -> tuple[int, int]:
    """Return how many places can be fixed by safe and by unsafe fixes.

    Nobody removes rows or changes texts for a note, so unsafe fixes of notes are not counted, and neither are those
    that would remove most rows, and all of a file of which no row is read: it would be as unreadable as before.
    """
    table = outcome.findings.table
    if table["fix"].null_count() == table.height:
        return 0, 0
    withheld = frozenset(_withheld(outcome))
    unread = frozenset(index for index, file in enumerate(outcome.files) if not file.rows_read)
    counts = Counter(
        fix
        for fix, severity, code, file in zip(*(table[name] for name in _COUNTED), strict=True)
        if fix is not None
        and code not in withheld
        and file not in unread
        and (fix != Safety.UNSAFE or severity != Severity.INFO)
    )
    safe, unsafe = (counts[safety.value] for safety in Safety)
    return safe, unsafe


def _withheld(outcome: Outcome) -> Iterator[str]:
    """Yield the codes of rules that would remove most rows, which a fix does not do unless they are named."""
    rows = sum(file.rows_read for file in outcome.files if file.split == "train")
    for each in outcome.enabled:
        found = outcome.rules.get(each.code)
        if (
            _removes(each.rule)
            and found is not None
            and found.share is not None
            and withholds(round(found.share * rows), rows)
        ):
            yield each.code


def _removes(rule: Rule) -> bool:
    """Whether the fix of a rule removes rows or lines."""
    return rule.fix is not None and rule.fix.action is Action.REMOVE


def _is_decisive(outcome: Outcome, rule: RuleResult) -> bool:
    """Whether most rows have an error that no fix repairs: the user should look at it first."""
    if rule.severity is not Severity.ERROR or rule.share is None or rule.share <= _MOST:
        return False
    return rule.code not in set(outcome.findings.table.drop_nulls("fix")["rule"])


def _is_sweeping(outcome: Outcome, rule: RuleResult) -> bool:
    """Whether an unsafe fix of a rule removes so many rows, which are no copies, that a person should look first."""
    if rule.factor not in (Factor.QUALITY, Factor.FORMAT) or rule.share is None or rule.share <= _LOOKED_AT:
        return False
    if rule.share * sum(file.rows_read for file in outcome.files if file.split == "train") < _MANY:
        return False
    fix = next((each.rule.fix for each in outcome.enabled if each.code == rule.code), None)
    return fix is not None and fix.action is Action.REMOVE


def _fix_command(outcome: Outcome, arguments: Sequence[str] | None, *, safe: bool) -> Shown:
    base = _base(outcome, arguments, selecting=True)
    return _command([*_fixing(base)], *(() if safe else ("--unsafe",)), name="fix")


def _fixing(arguments: Sequence[str]) -> Iterator[str]:
    """Return arguments without those that ``datalint fix`` does not take."""
    return (argument for argument in _without(arguments, _JUDGING) if argument != "--exit-zero")


def _without(arguments: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield arguments without options of these names and their values."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            yield from (argument, *rest)
        elif argument in names:
            next(rest, None)
        elif not argument.startswith(tuple(f"{name}=" for name in names)):
            yield argument


def _command(base: Sequence[str], *more: str, name: str = "check") -> Shown:
    for arguments, most in ((list(base), _LONG), (list(_without(base, _OMITTING)), _LONGEST)):
        # Arguments after "--" are not options.
        ordered = [*more, *arguments] if "--" in arguments else [*arguments, *more]
        command = printable(" ".join([f"datalint {name}", *map(shlex.quote, ordered)]))
        if len(command) <= most:
            return command
    return printable(" ".join([f"datalint {name} …", *map(shlex.quote, more)]))


def _base(outcome: Outcome, arguments: Sequence[str] | None, *, selecting: bool = False) -> list[str]:
    if arguments is not None:
        return list(_kept(arguments, _WITH_VALUE if selecting else (*_WITH_VALUE, *_SELECTING)))
    return _files(outcome, None)


def _files(outcome: Outcome, arguments: Sequence[str] | None) -> list[str]:
    """Return the files of the training split as they were typed."""
    train = [file.path for file in outcome.files if file.split == "train"]
    return [as_typed(path, arguments or ()) for path in train if is_file(path)]


def _kept(arguments: Sequence[str], dropped: Sequence[str]) -> Iterator[str]:
    """Yield arguments without the ``dropped`` options and their values, and those that decide what is shown."""
    attached = tuple(f"{name}=" if name.startswith("--") else name for name in dropped)
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            yield from (argument, *rest)
        elif argument in dropped:
            next(rest, None)
        elif argument not in _FLAGS and not argument.startswith(attached):
            yield argument


def _proposed(outcome: Outcome) -> tuple[str, str, str] | None:
    """Return the code of a rule, and the option and value that its finding proposes."""
    for code in (each.code for each in outcome.enabled if _PROPOSING in each.rule.tags):
        rule = outcome.rules.get(code)
        # A few rows are not a reason to read the whole dataset in another way.
        if rule is None or (rule.share is not None and rule.share <= _MOST):
            continue
        for finding in outcome.findings.of(code, 1):
            match = _PROPOSED.search(finding.message)
            if match and (match[1] != "--columns" or "=" in (match[2] or match[3])):
                return code, match[1], match[2] or match[3]
    return None
