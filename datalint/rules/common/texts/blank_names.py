"""Blanks for names, which are meant in forms, in texts that somebody may write, and where they hide a name."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.texts.blanks import ASKED, ENGINES

#: What opens a blank.
BRACKETS: Final = ["[", "【", "［"]
#: What hides a name in the texts that people wrote: one word in capitals.
_MASK: Final = r"[\[［【][A-Z]+[\]］】]\Z"
#: A field of a form, and the number of different fields from which on a text is a form on purpose.
_FORM: Final = r"\[[A-Z][^\[\]\n]{1,40}\](?!\()"
_FORM_FIELDS: Final = 4
#: Words with a colon and an opening quotation mark, after which a text is one that somebody may write.
_QUOTING: Final = r"[^\W\d_]{2,} ?[:：] ?[\"'“‘«„「]\s?\Z"
_QUOTED: Final = 40
#: Characters in which other blanks are looked for.
_READ: Final = 20_000


def is_form(match: re.Match[str], text: str, role: str, prompt: str) -> bool:
    """Whether a blank for a name is one of a form, hides a name, or is in a text that somebody may write."""
    return (
        (role == "text" and re.search(_MASK, match.group().strip()) is not None)
        or re.search(_QUOTING, text[max(match.start() - _QUOTED, 0) : match.start()]) is not None
        or any(each in prompt for each in BRACKETS)
        or len(set(re.findall(_FORM, text[:_READ]))) >= _FORM_FIELDS
        or re.search(ASKED, prompt) is not None
        or re.search(ENGINES, text) is not None
    )
