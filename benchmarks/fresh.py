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

_ANY: Final = "any"
_ASKED: Final = "instructions, conversations, questions"
_LABELLED: Final = "labels, entities, pairs, tables"
_BOTH: Final = f"{_ASKED}; {_LABELLED}"
_GENERATED: Final = "what a model wrote or rewrote: instructions, reasoning, questions on texts; labelled texts"
_TEAMS: Final = "what teams and persons keep to fine-tune a model for their domain"
_PUBLISHED: Final = "what people publish to fine-tune or evaluate a model"
#: Samples of findings that were judged before any rule was changed because of them, the latest last, and what kind of
#: files was chosen.
SAMPLES: Final = {
    "blind": "Chinese, Arabic, Russian, Hebrew; code, calls, medicine, law, finance, logs",
    "blind-2": "twenty languages",
    "blind-3": _ANY,
    "blind-4": _ANY,
    "blind-5": "many layouts",
    "blind-6": "many layouts",
    "blind-7": "many layouts",
    "blind-8": _PUBLISHED,
    "blind-9": _PUBLISHED,
    "blind-10": _PUBLISHED,
    "blind-11": _PUBLISHED,
    "blind-12": _PUBLISHED,
    "blind-13": _PUBLISHED,
    "blind-14": _PUBLISHED,
    "blind-15": _PUBLISHED,
    "blind-16": _PUBLISHED,
    "blind-17": _PUBLISHED,
    "blind-18": _PUBLISHED,
    "blind-19": _PUBLISHED,
    "blind-20": _PUBLISHED,
    "blind-21": _PUBLISHED,
    "blind-22": _PUBLISHED,
    "blind-23": _PUBLISHED,
    "blind-24": _PUBLISHED,
    "blind-25": _PUBLISHED,
    "blind-26": "well-known datasets and people's own",
    "blind-27": "well-known datasets and people's own",
    "blind-28": "well-known datasets and people's own",
    "blind-29": "well-known datasets and people's own",
    "blind-30": "well-known datasets and people's own",
    "blind-31": "well-known datasets and people's own",
    "blind-32": _ASKED,
    "blind-33": _LABELLED,
    "blind-34": _PUBLISHED,
    "blind-35": _ASKED,
    "blind-36": _LABELLED,
    "blind-37": _PUBLISHED,
    "blind-38": _ASKED,
    "blind-39": _LABELLED,
    "blind-40": _PUBLISHED,
    "blind-41": _ASKED,
    "blind-42": _LABELLED,
    "blind-43": _ASKED,
    "blind-44": _LABELLED,
    "blind-45": _ASKED,
    "blind-46": _LABELLED,
    "blind-47": _LABELLED,
    "blind-48": _ASKED,
    "blind-49": _ASKED,
    "blind-50": _LABELLED,
    "blind-51": _ASKED,
    "blind-52": _LABELLED,
    "blind-53": _ASKED,
    "blind-54": _LABELLED,
    "blind-55": _ASKED,
    "blind-56": _LABELLED,
    "blind-57": _ASKED,
    "blind-58": _LABELLED,
    "blind-59": _ASKED,
    "blind-60": _LABELLED,
    "blind-61": _ASKED,
    "blind-62": _LABELLED,
    "blind-63": _ASKED,
    "blind-64": _LABELLED,
    "blind-65": _BOTH,
    "blind-66": _ASKED,
    "blind-67": _LABELLED,
    "blind-68": _BOTH,
    "blind-69": _ASKED,
    "blind-70": _LABELLED,
    "blind-71": _BOTH,
    "blind-72": _ASKED,
    "blind-73": _LABELLED,
    "blind-74": _BOTH,
    "blind-75": _ASKED,
    "blind-76": _LABELLED,
    "blind-77": _BOTH,
    "blind-78": _ASKED,
    "blind-79": _LABELLED,
    "blind-80": _ASKED,
    "blind-81": _LABELLED,
    "blind-82": _BOTH,
    "blind-83": _ASKED,
    "blind-84": _LABELLED,
    "blind-85": _TEAMS,
    "blind-86": _ASKED,
    "blind-87": _LABELLED,
    "blind-88": _TEAMS,
    "blind-89": _ANY,
    "blind-90": _BOTH,
    "blind-91": _ASKED,
    "blind-92": _LABELLED,
    "blind-93": _TEAMS,
    "blind-94": _BOTH,
    "blind-95": _BOTH,
    "blind-96": _BOTH,
    "blind-97": _BOTH,
    "blind-98": _BOTH,
    "blind-99": _BOTH,
    "blind-100": _BOTH,
    "blind-101": _BOTH,
    "blind-102": _BOTH,
    "blind-103": _BOTH,
    "blind-104": _BOTH,
    "blind-105": _BOTH,
    "blind-106": _BOTH,
    "blind-107": _BOTH,
    "blind-108": _BOTH,
    "blind-109": _BOTH,
    "blind-110": _BOTH,
    "blind-111": _TEAMS,
    "blind-112": _BOTH,
    "blind-113": _TEAMS,
    "blind-114": _GENERATED,
    "blind-115": _BOTH,
    "blind-116": _TEAMS,
    "blind-117": _GENERATED,
    "blind-118": _TEAMS,
    "blind-119": _LABELLED,
    "blind-120": _TEAMS,
    "blind-121": _BOTH,
    "blind-122": _BOTH,
    "blind-123": _TEAMS,
    "blind-124": _LABELLED,
    "blind-125": _LABELLED,
    "blind-126": _BOTH,
}
#: The sample that was judged last. Classes do not follow from it, so it says what to expect on new files.
LAST: Final = next(reversed(SAMPLES))
#: The samples that classes follow from, the latest first; before them, a third of the corpus was held out.
SETTLED: Final = (*reversed([name for name in SAMPLES if name != LAST]), "held-out")
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
        if row["set"] in SETTLED and not row["reason"].startswith(LEFT_OUT):
            repositories = shares.setdefault(row["rule"], {}).setdefault(row["set"], {})
            repositories.setdefault(row["file"].partition("/")[0], []).append(is_right_at_first(row))
    return {rule: _latest(samples) for rule, samples in shares.items()}


def _latest(samples: Mapping[str, Mapping[str, list[bool]]]) -> Fresh:
    found: list[float] = []
    for sample in SETTLED:
        if len(found) < ENOUGH:
            found += [sum(rights) / len(rights) for rights in samples.get(sample, {}).values()]
    return Fresh(len(found), sum(found) / len(found))
