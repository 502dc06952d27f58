"""The next command to run after a report: one that a finding proposes, or one that shows more."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from datalint.core.finding import Factor, Severity
from datalint.core.fix import Safety
from datalint.core.kind import EVALUATION
from datalint.core.results import Outcome, RuleResult, Verdict
from datalint.privacy.display import Shown, printable
from datalint.report.deciding import decides, deciding_rules, is_decisive, passes
from datalint.report.fix_step import fix_command, is_nested, repaired_rules
from datalint.report.fixable import fixable, is_sweeping
from datalint.report.option_lines import COMMAND
from datalint.report.proposals import KIND, proposal
from datalint.report.remedies import command_in, concrete, reading
from datalint.report.repeating import base_of, command_of, files_of, without
from datalint.support.lazy_pattern import lazy_pattern

#: What a note says of data that may be an evaluation set.
_UNCLEAR: Final = f"--kind {EVALUATION}, or --kind "
_CONVERT: Final = "datalint convert "
_SPLIT: Final = "datalint split "
_AGAINST: Final = " --against "
#: What a message says of a file whose folder has more of them.
_WITH_OTHERS: Final = "if they are one dataset, check the folder"
_PAGE: Final = "datalint rule "
_FIX: Final = "datalint fix "
_SAID: Final = {
    _PAGE: "what to do",
    _FIX: "shows what it would write",
    "datalint advise ": "whether to fine-tune at all",
}
#: The key in a note on a part of the prompts that both splits share.
_SHARED: Final = lazy_pattern(r"of a training row: .{0,60}try --group-by ('[^']{1,200}'|[^\s']{1,200})")
#: The option that names keys.
_COLUMNS: Final = " --columns "
#: What stands in an option for a key that nothing tells.
_BLANK: Final = "=KEY"
#: Share of the rows over which that is proposed.
_MOST: Final = 0.5
#: A fix repairs at least one in so many places of what decides.
_PART: Final = 10
#: The command that lists the findings of a rule, and the one that removes repeats.
_LISTING: Final = lazy_pattern(r"(.+ --select )\w+ --full")
_DEDUPE: Final = "datalint dedupe "
#: Commands that are proposed.
_STEPS: Final = 2


def next_steps(outcome: Outcome, arguments: Sequence[str] | None, hidden: Sequence[RuleResult]) -> list[Shown]:
    """Return up to two commands in order; one at most where the dataset passes, and the page of a rule where it is all.

    ``arguments`` are those of this run; None if it was not started from the command line. ``hidden`` are rules with
    places that are not shown.
    """
    base = base_of(outcome, arguments)
    if (proposed := proposal(outcome, arguments or ())) is not None:
        _, *option = proposed
        if _BLANK not in option[-1]:
            # What is proposed takes the place of what was typed, except for keys, of which more may be mapped.
            replaced = () if option[0] == _COLUMNS.strip() else option[:1]
            return [command_of([*without(base, replaced)], *option)]
        # What is to be filled in is looked up first: `init` shows what each key holds.
        files = files_of(outcome, arguments)
        return [command_of([*files, "--print"], name="init") if files else command_of(base, *option)]
    # An internal error is no rule: `--select` and `datalint rule` know none of its code.
    hidden = [rule for rule in hidden if rule.factor is not None]
    found = _unlike(_steps(outcome, arguments, hidden))
    # A page is read where it is about what decides, which has no more places then; those of other rules can wait.
    alone = bool(found) and _is_page(found[0])
    steps = [
        *found[:1],
        *(each for each in found[1:] if not _is_page(each) and not (alone and _LISTING.fullmatch(each))),
    ]
    steps = steps[: 1 if outcome.verdict is Verdict.PASS else _STEPS]
    if not steps and _is_unclear(outcome):
        return [command_of(base, KIND, EVALUATION)]
    # The rules that say why no row could be read were not selected.
    return steps or ([command_of(base)] if outcome.unreadable else [])


def _is_unclear(outcome: Outcome) -> bool:
    """Return whether volume alone decides, and says nothing but that the data may be for training."""
    volume = outcome.factors.get(Factor.VOLUME)
    decides = volume is not None and volume.verdict is outcome.verdict is Verdict.WARN
    return decides and not outcome.rules and any(_UNCLEAR in note for note in outcome.notes)


def _unlike(steps: Iterable[Shown]) -> list[Shown]:
    """Return commands, of those that list the findings of a rule and of those that remove repeats the first one."""
    found: dict[str, Shown] = {}
    for step in steps:
        listing = _LISTING.fullmatch(step)
        dedupes = step.startswith(_DEDUPE) and _AGAINST not in step
        found.setdefault(listing[1] if listing is not None else _DEDUPE if dedupes else step, step)
    return list(found.values())


def _steps(outcome: Outcome, arguments: Sequence[str] | None, hidden: Sequence[RuleResult]) -> Iterator[Shown]:
    """Yield commands, first those about what decides the verdict."""
    grave = [rule for rule in outcome.rules.values() if rule.severity is not Severity.INFO and rule.factor is not None]
    deciding = deciding_rules(outcome, grave)
    if not deciding and outcome.verdict is not Verdict.PASS:
        # A note may be all that is said of what warns, such as where the evaluation set is that was divided from this.
        deciding = [rule for rule in outcome.rules.values() if decides(outcome, rule)] or grave
    able = not any(map(is_nested, outcome.files))
    safe, fix = able and bool(fixable(outcome).safe), fix_command(outcome, arguments, safe=True)
    # A safe fix removes no rows that are in the evaluation set too, which decide.
    if safe and (removal := _removal_of_leaks(outcome, deciding, arguments)) is not None:
        yield removal
        deciding = [rule for rule in deciding if rule.factor is not Factor.READINESS]
    if (decisive := next((rule for rule in deciding if is_decisive(outcome, rule)), None)) is not None:
        yield _repair(outcome, decisive, arguments)
    steps, safe, repaired = _fixes(outcome, deciding, grave, arguments, safe=safe, able=able)
    yield from steps
    yield from _about_notes(outcome, arguments)
    rest = [rule for rule in deciding if rule.code not in repaired]
    commands = {rule.code: _of_remedy(outcome, rule, arguments) for rule in rest}
    # Errors come before warnings, and of these what can be done before what can be read.
    rest.sort(key=lambda rule: rule.severity is not Severity.ERROR and 1 + (commands[rule.code] is None))
    listings = {rule.code: _listing(outcome, rule, arguments) for rule in hidden}
    for rule in rest:
        command = commands[rule.code]
        # A split would divide rows that a fix removes.
        if safe and command is not None and command.startswith(_SPLIT):
            yield fix
        if command is not None:
            yield command
        elif rule is rest[0]:
            # What decides comes first, also where there is no more to it than to read what to do.
            yield listings.get(rule.code) or _page(rule)
    if safe:
        yield fix
        repaired = repaired_rules(outcome, Safety.SAFE)
    # What an unsafe fix would remove is worth a look; what a safe one repairs is not.
    safely = repaired_rules(outcome, Safety.SAFE) if able else frozenset()
    yield from (listings[rule.code] for rule in hidden if rule in deciding and rule.code not in safely)
    weak = [rule for rule in hidden if not passes(outcome, rule)]
    # What is good enough is looked at where nothing else is to be done.
    yield from (listings[rule.code] for rule in weak or hidden if rule.code not in repaired)


def _fixes(
    outcome: Outcome,
    deciding: Sequence[RuleResult],
    grave: Sequence[RuleResult],
    arguments: Sequence[str] | None,
    *,
    safe: bool,
    able: bool,
) -> tuple[list[Shown], bool, frozenset[str]]:
    """Return the fixes that come first, whether a safe one is left for later, and the codes of rules that they repair.

    ``safe`` says that there is a safe fix of some finding, and ``able`` that fixes can write these files.
    """
    fix = fix_command(outcome, arguments, safe=True)
    ours = fixable(outcome, {rule.code for rule in deciding} if able else ())
    if ours.safe:
        return [fix], safe, repaired_rules(outcome, Safety.SAFE)
    # Rows of an evaluation set that was published are not removed lightly, and many rows not without a look. A fix
    # that leaves nearly all places as they are is no step.
    if (
        0 < sum(rule.count for rule in deciding) <= ours.unsafe * _PART
        and outcome.kind != EVALUATION
        and not any(is_sweeping(outcome, rule) for rule in grave)
    ):
        # What a safe fix repairs, perhaps of the same rows, is not to be removed.
        unsafe = fix_command(outcome, arguments, safe=False)
        return [fix, unsafe] if safe else [unsafe], False, repaired_rules(outcome, *Safety)
    # What is repaired of other findings may be what is wrong with the rows that decide.
    related = safe and fixable(outcome, {rule.code for rule in grave if decides(outcome, rule)}).safe
    return [fix] if related else [], safe, frozenset()


def _listing(outcome: Outcome, rule: RuleResult, arguments: Sequence[str] | None) -> Shown:
    return command_of(base_of(outcome, arguments), "--select", rule.code, "--full")


def _about_notes(outcome: Outcome, arguments: Sequence[str] | None) -> Iterator[Shown]:
    """Yield the command for a part of prompts that both splits share, and that in a note on an evaluation set."""
    for note in outcome.notes:
        if (shared := _SHARED.search(note)) is not None:
            yield command_of(base_of(outcome, arguments), "--group-by", *shlex.split(shared[1]))
        elif outcome.kind == EVALUATION and (command := COMMAND.search(note)) is not None:
            yield printable(shlex.join([*shlex.split(command[0]), *reading(arguments or ())]))


def _is_page(step: Shown) -> bool:
    """Return whether a step is to read the page of a rule."""
    return step.startswith(_PAGE)


def said_of(step: Shown, arguments: Sequence[str] | None) -> str:
    """Return what a step does, or when it is the right one; empty where that is clear."""
    if _is_of_columns(step, arguments):
        return "if the keys mean this"
    if _is_of_evaluation(step, arguments):
        return "if it is an evaluation set"
    return next((said for command, said in _SAID.items() if step.startswith(command)), "")


def _is_of_evaluation(step: Shown, arguments: Sequence[str] | None) -> bool:
    """Return whether a step is to check the data as an evaluation set, which nobody has said it is."""
    return step.endswith(f" {KIND} {EVALUATION}") and KIND not in (arguments or ())


def _is_of_columns(step: Shown, arguments: Sequence[str] | None) -> bool:
    """Return whether a step is to read the data by keys that a finding proposes, which may mean something else."""
    return _COLUMNS in step and not any(each.startswith(_COLUMNS.strip()) for each in arguments or ())


def _page(rule: RuleResult) -> Shown:
    return printable(f"{_PAGE}{rule.code}")


def _repair(outcome: Outcome, rule: RuleResult, arguments: Sequence[str] | None) -> Shown:
    """Return the command that writes the rows in another form, if that is a rule's remedy, and its page otherwise."""
    command = command_in(concrete(rule.remedy, outcome, arguments))
    return command if command is not None and command.startswith(_CONVERT) else _page(rule)


def _of_remedy(outcome: Outcome, rule: RuleResult, arguments: Sequence[str] | None) -> Shown | None:
    """Return the command for a finding that no fix repairs, such as a split; None if there is none.

    Where there is too little data, that is the one that says whether to fine-tune at all.
    """
    if any(_WITH_OTHERS in each.message for each in outcome.findings.of(rule.code, 1)):
        return _of_folder(outcome, arguments)
    if rule.factor is Factor.VOLUME and decides(outcome, rule):
        nothing = not any(file.rows_read for file in outcome.files)
        files = [] if nothing or outcome.kind == EVALUATION else files_of(outcome, arguments)
        return command_of([*files, *reading(arguments or ())], name="advise") if files else None
    if rule.code in repaired_rules(outcome, *Safety):
        return None
    command = command_in(concrete(rule.remedy, outcome, arguments))
    if command is None or not command.startswith(_SPLIT):
        return command
    # Rows that are in both splits are removed from one, and are no reason to divide all of them again.
    held = any(file.split == "evaluation" for file in outcome.files)
    shared = [each for each in outcome.rules.values() if each.factor is Factor.READINESS and each is not rule]
    return None if held and shared else command


def _of_folder(outcome: Outcome, arguments: Sequence[str] | None) -> Shown | None:
    """Return the check of the folder that holds the only file of the data."""
    files = files_of(outcome, arguments)
    if len(files) != 1:
        return None
    folder = re.split(r"[^/\\]*$", files[0])[0].rstrip("/\\") or "."
    return command_of([folder, *reading(arguments or ())])


def _removal_of_leaks(outcome: Outcome, rules: Sequence[RuleResult], arguments: Sequence[str] | None) -> Shown | None:
    """Return the command that removes the rows of the evaluation set, where these make readiness fail."""
    readiness = outcome.factors.get(Factor.READINESS)
    if readiness is None or readiness.verdict is not Verdict.FAIL:
        return None
    errors = (rule for rule in rules if rule.factor is Factor.READINESS and rule.severity is Severity.ERROR)
    # Of most rows nothing would be left.
    errors = (rule for rule in errors if rule.share is None or rule.share <= _MOST)
    commands = (command_in(concrete(rule.remedy, outcome, arguments)) for rule in errors)
    return next((each for each in commands if each is not None and _AGAINST in each), None)
