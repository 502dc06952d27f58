"""Short texts without an answer, such as names and tagged sentences, that differ in a word in the place of another."""

from __future__ import annotations

from typing import Final

from datalint.engine.reduce.comparing.differing import Difference

#: Words of a text in which any word in the place of another one makes another text, if it says something.
_WORDS: Final = 5
#: Words of a text in which another person does: of so many, each counts in texts of one dataset too.
_SENTENCE: Final = 8
#: Forms of personal pronouns, each with that of the subject.
_PERSONS: Final = {
    form: forms.split()[0]
    for forms in (
        "i me my mine myself",
        "you your yours yourself yourselves",
        "he him his himself",
        "she her hers herself",
        "it its itself",
        "we us our ours ourselves",
        "they them their theirs themselves",
    )
    for form in forms.split()
}


def say_others(found: Difference) -> bool:
    """Return whether two short texts have other words in the place of some, or are about somebody else."""
    if not all(found.only):
        return False
    return (found.size <= _WORDS and any(found.own)) or (found.size <= _SENTENCE and _are_about_others(found))


def _are_about_others(found: Difference) -> bool:
    """Return whether only pronouns and names differ, and are those of different persons: "I was" and "Ada was".

    "Than I" and "than me" are about one person.
    """
    if not any(map(_person, found.words)):
        return False
    persons: list[set[str]] = []
    for text, only, own in zip((found.one, found.other), found.only, found.own, strict=True):
        names = own & (text.values | text.begins)
        if not all(_person(word) or word in names for word in only):
            return False
        persons.append({_person(word) or word for word in only})
    return persons[0].isdisjoint(persons[1])


def _person(word: str) -> str:
    """Return the subject of a pronoun, also with a verb joined to it ("I'm"); empty for any other word."""
    return _PERSONS.get(word.replace("’", "'").partition("'")[0], "")
