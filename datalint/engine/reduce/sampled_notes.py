"""Notes on what some responses have in common: an ending that no prompt asks for, and a context that no row has."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from datalint.core.kind import RL, TEXT
from datalint.privacy.display import excerpt
from datalint.shapes.detect import UNKNOWN
from datalint.support.distinct import evenly_spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datalint.records.analyses import Text
    from datalint.records.dataset import Dataset

#: Rows that are read, spread over the dataset, and different responses at least.
_READ: Final = 60
_LEAST: Final = 20
#: Responses up to which those with the ending of the compared ones are counted.
_COUNTED: Final = 5_000
#: Characters before an ending, below which a response may be a label with it, and characters of an ending.
_BEFORE: Final = 8
_ENDING: Final = 2
_LONGEST: Final = 400
#: What closes a format: brackets, quotes, fences, and a tag or token.
_CLOSING: Final = r"""(?:</?[\w:/-]{1,40}>|<\|[^|<>]{1,40}\|>|[\s)\]}>"'`”’»$|.*_])*"""
#: What is before a new sentence or line.
_BEGINS: Final = r"\n|[.!?。！？](?:\s|(?<=[。！？]))"
#: What a response in a format begins with.
_FORMATS: Final = ("{", "[", "<", "```")
#: Words on a text that the prompt should have, in an answer, and the share of the answers that have them at least.
_GIVEN: Final = (
    r"(?i)\b(?:according to|based on|in|from) the (?:(?:provided|given|above|supplied|retrieved) "
    r"(?:context|passage|text|document|documents|excerpt|article)\b|context(?: that (?:was|is))?(?: provided| given)?\b"
    r"|(?:passage|document|excerpt|text|article)s? (?:that (?:was|is) )?(?:provided|given|above)\b)"
)
_MANY: Final = 0.2
#: Characters of the prompts of such answers, in which no text can be.
_PROMPT: Final = 250
_EXCERPT: Final = 60


def sampled_notes(dataset: Dataset) -> list[str]:
    """Return the notes on some responses, of data that is no plain text, no preference and no prompt of a reward."""
    if dataset.kind in (TEXT, RL) or dataset.size < _LEAST:
        return []
    rows = evenly_spaced(dataset.size, _READ).tolist()
    # One by one, as each query has a fixed cost.
    shape, chars, pairs, media = (
        [dataset.examples[name][row] for row in rows]
        for name in ("shape", "response_chars", "is_preference", "has_media")
    )
    if UNKNOWN.name in shape or any(pairs) or 2 * sum(each > _BEFORE + _ENDING for each in chars) < len(rows):
        return []
    texts = dataset.texts(rows)
    return [*filter(None, (_ending(dataset, texts), _without_context(texts, media)))]


def _ending(dataset: Dataset, texts: Sequence[Text]) -> str:
    """Return the note on the ending of all responses; empty for none.

    Ends of a format, such as brackets, tags and what is in JSON, are none, and neither is an ending that a prompt has.
    """
    responses = [text.response.rstrip() for text in texts]
    if any(response.lstrip().startswith(_FORMATS) for response in responses):
        return ""
    ending = _shared_ending(responses)
    if not ending or len(set(responses)) < _LEAST or min(map(len, responses)) < len(ending) + _BEFORE:
        return ""
    if any(ending in f"{text.system}\n{text.prompt}" for text in texts):
        return ""
    said = excerpt(ending, _EXCERPT)
    which = _which_end(dataset, ending, len(texts))
    return f'{which} end with "{said}", which the model learns to append: remove it if that is not wanted'


def _which_end(dataset: Dataset, ending: str, sampled: int) -> str:
    """Return the words for the responses that have an ending which those of ``sampled`` rows have."""
    size = dataset.size
    if size > _COUNTED:
        return f"all of the {sampled} responses that were compared, of {size:,},"
    texts = dataset.texts(range(size))
    count = sum(text.response.rstrip().endswith(ending) for text in texts)
    return f"all {size:,} responses" if count == size else f"{count:,} of {size:,} responses"


def _shared_ending(responses: Sequence[str]) -> str:
    """Return the sentences, lines or signs that all texts end with; empty if these only close a format.

    The last words of a sentence, as of one that is filled into a template, are none.
    """
    columns = zip(*(response[: -_LONGEST - 1 : -1] for response in responses), strict=False)
    shared = "".join(chars[0] for chars in takewhile(lambda chars: len({*chars}) == 1, columns))[::-1]
    begins = re.search(_BEGINS, shared)
    found = shared[begins.end() :].strip() if begins is not None else ""
    if re.search(r"[^\W\d_]{2}", found) is None:
        signs = re.search(r"[^\w\s]+\Z", shared)
        found = signs.group() if signs is not None and len(signs.group()) >= _ENDING else ""
    return "" if re.fullmatch(_CLOSING, found) else found


def _without_context(texts: Sequence[Text], media: Sequence[bool]) -> str:
    """Return the note on answers that speak of a context, where their prompts have none; empty for none."""
    spoken = [
        (found.group(), not has_media and _is_question(text))
        for text, has_media in zip(texts, media, strict=True)
        if (found := re.search(_GIVEN, text.response[:_LONGEST])) is not None
    ]
    if len(spoken) < _MANY * len(texts) or not all(lacks for _, lacks in spoken):
        return ""
    said = excerpt(spoken[0][0], _EXCERPT)
    count = f"{len(spoken)} of {len(texts)} responses"
    return (
        f'{count} speak of a text that no prompt has ("{said}"): add it to the prompts, or the model learns to cite '
        "what is not there"
    )


def _is_question(text: Text) -> bool:
    """Return whether a prompt is short and a single sentence, so that no text can be in it."""
    asked = text.prompt.strip()
    return max(len(text.system), len(asked)) <= _PROMPT and re.search(r"[.?!:]\s|\n", asked) is None
