"""Words of the names of what is decided about a text, such as how urgent a message is: a classifier may learn it."""

from __future__ import annotations

from typing import Final

#: Words of names that hold a decision, wherever they stand in the name of a label.
DECISIONS: Final = frozenset(
    """risk urgency priority severity importance escalation escalate tone mood politeness formality sentiment emotion
    intent intention stance polarity toxicity hatespeech offensive sarcasm sarcastic irony humor humour verdict
    department queue label class target attack""".split()
)
#: Those that are given in grades, which may be numbers.
_GRADED: Final = frozenset(("risk", "urgency", "priority", "severity", "importance"))
#: Words of names that say of whom a label is, or what is said of it: a prediction, a vote, how sure somebody is.
OTHERS: Final = frozenset(
    """pred predicted prediction model gpt llm baseline human original orig old previous prev initial alternative
    secondary rejected confidence certainty agreement score probability prob id idx code source reason
    explanation notes path file name""".split()
)
#: Words before "level" in the name of a level that sorts the rows.
_SORTED: Final = frozenset(
    """difficulty complexity reading grade school education skill language cefr hsk jlpt topik lexile log access user
    experience expertise proficiency bloom blooms cognitive knowledge question confidence quality noise context
    level""".split()
)
_LEVEL: Final = "level"


def names_decision(words: tuple[str, ...]) -> bool:
    """Return whether the words of a key name a decision about a text."""
    return OTHERS.isdisjoint(words) and (not DECISIONS.isdisjoint(words) or names_level(words))


def names_grade(words: tuple[str, ...]) -> bool:
    """Return whether the words of a key name a decision that is given in grades: how many votes a class got is none."""
    return not _GRADED.isdisjoint(words) or names_level(words)


def names_level(words: tuple[str, ...]) -> bool:
    """Return whether the words of a key say of what a level is, and not that it sorts the rows: ``danger_level``."""
    return len(words) > 1 and words[-1] == _LEVEL and _SORTED.isdisjoint(words[:-1])
