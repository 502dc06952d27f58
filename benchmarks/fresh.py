"""The precision of rules on files that were new to everybody when their findings were judged.

Findings of one file, and of the files of one repository, mostly have one cause: so each repository counts once, with
the share of its judged findings that are right. A rule is changed after a sample because of what was wrong in it, so
the latest samples say most about the rule as it is: they are taken from the latest back, until there are five
repositories. A finding counts as it was first judged; one that is below a limit that was raised since, or
that is of texts which the rule leaves out since, does not count, and neither does one of a file that was misread,
since reading was repaired and not the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

#: Samples of findings that were judged before any rule was changed because of them, the latest first.
SAMPLES: Final = (
    "blind-64",
    "blind-63",
    "blind-62",
    "blind-61",
    "blind-60",
    "blind-59",
    "blind-58",
    "blind-57",
    "blind-56",
    "blind-55",
    "blind-54",
    "blind-53",
    "blind-52",
    "blind-51",
    "blind-50",
    "blind-49",
    "blind-48",
    "blind-47",
    "blind-46",
    "blind-45",
    "blind-44",
    "blind-43",
    "blind-42",
    "blind-41",
    "blind-40",
    "blind-39",
    "blind-38",
    "blind-37",
    "blind-36",
    "blind-35",
    "blind-34",
    "blind-33",
    "blind-32",
    "blind-31",
    "blind-30",
    "blind-29",
    "blind-28",
    "blind-27",
    "blind-26",
    "blind-25",
    "blind-24",
    "blind-23",
    "blind-22",
    "blind-21",
    "blind-20",
    "blind-19",
    "blind-18",
    "blind-17",
    "blind-16",
    "blind-15",
    "blind-14",
    "blind-13",
    "blind-12",
    "blind-11",
    "blind-10",
    "blind-9",
    "blind-8",
    "blind-7",
    "blind-6",
    "blind-5",
    "blind-4",
    "blind-3",
    "blind-2",
    "blind",
    "held-out",
)
#: The sample that was judged last. Classes do not follow from it, so it says what to expect on new files.
LAST: Final = "blind-65"
#: How the reason of a judgement begins that says nothing of its rule as it is: the finding is below a limit that was
#: raised since, or its file was no data of the kind that it was read as, and is read in another way since.
LEFT_OUT: Final = ("under the limit: ", "misread: ")
#: Repositories from which a share says something.
ENOUGH: Final = 5


class Fresh(NamedTuple):
    """Repositories whose findings of a rule were judged, and the mean of their shares of right ones."""

    repositories: int
    share: float

    @property
    def tells(self) -> bool:
        """Whether there are enough repositories."""
        return self.repositories >= ENOUGH


def is_right_at_first(judgement: Mapping[str, str]) -> bool:
    """Return whether a finding, a row of ``judged.tsv``, was right when it was judged first."""
    reason = judgement["reason"]
    return reason.startswith("was right:") or (judgement["judgement"] == "right" and not reason.startswith("was "))


def fresh(judged: Iterable[Mapping[str, str]]) -> dict[str, Fresh]:
    """Return the figure of every rule that has judgements of a sample, by its code."""
    shares: dict[str, dict[str, dict[str, list[bool]]]] = {}
    for row in judged:
        if row["set"] in SAMPLES and not row["reason"].startswith(LEFT_OUT):
            repositories = shares.setdefault(row["rule"], {}).setdefault(row["set"], {})
            repositories.setdefault(row["file"].partition("/")[0], []).append(is_right_at_first(row))
    return {rule: _latest(samples) for rule, samples in shares.items()}


def _latest(samples: Mapping[str, Mapping[str, list[bool]]]) -> Fresh:
    found: list[float] = []
    for sample in SAMPLES:
        if len(found) < ENOUGH:
            found += [sum(rights) / len(rights) for rights in samples.get(sample, {}).values()]
    return Fresh(len(found), sum(found) / len(found))
