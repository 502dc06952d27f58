"""The option that a finding proposes, for rows that can't be read as they are."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from datalint.core.results import Outcome
from datalint.sources.name_hints import is_for_prompts
from datalint.support.lazy_pattern import lazy_pattern

#: An option that a message proposes, of rules with this tag: those of rows that can't be read as they are.
_PROPOSED: Final = lazy_pattern(
    r"(--columns(?= \S*=)|--delimiter|--kind) (?:(\"[^\"]{1,400}\"|'(?:[^']|'\"'\"'){1,400}')|((?:\S+=)?\S*[^\s,;.]))"
)
_PROPOSING: Final = "proposes-option"
KIND: Final = "--kind"
#: Share of the rows over which it is proposed.
_MOST: Final = 0.5


def proposal(outcome: Outcome, arguments: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the code of a rule, and the option and value that its finding proposes.

    What data is for is for the user to say: it is proposed where the names of all files say it, and nothing else did.
    """
    named = all(is_for_prompts(each.path) for each in outcome.files)
    named = named and not any(each.startswith(KIND) for each in arguments)
    for code in (each.code for each in outcome.enabled if _PROPOSING in each.rule.tags):
        rule = outcome.rules.get(code)
        # A few rows are not a reason to read the whole dataset in another way.
        if rule is None or (rule.share is not None and rule.share <= _MOST):
            continue
        for finding in outcome.findings.of(code, 1):
            option = proposed_option(finding.message)
            if option is not None and (option[0] != KIND or named):
                return code, *option
    return None


def proposed_option(message: str) -> tuple[str, str] | None:
    """Return the option that a message proposes, and its value without the quotation marks of a shell."""
    match = _PROPOSED.search(message)
    if match is None:
        return None
    value = "".join(shlex.split(match[2])) if match[2] else match[3]
    return (match[1], value) if match[1] != "--columns" or "=" in value else None
