"""Names of keys that hold which of several options is right, such as ``correct_option`` or ``answerIdx``."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.names.column_names import fold_name

_THING: Final = "(?:answer|option|choice|label|response|reply)"
_PLACE: Final = "(?:key|letter|index|idx|num|number|position)"
#: What is right, and where it is: the words of a key, written together.
_RIGHT_OPTION: Final = re.compile(
    rf"(?:correct|gold(?:en)?|groundtruth|gt)(?:{_THING}s?)?(?:{_PLACE}|id)?"
    rf"|(?:right|true|good){_THING}s?(?:{_PLACE}|id)?"
    rf"|(?:right|true){_PLACE}"
    rf"|(?:answer|labels?){_PLACE}?"
    rf"|{_THING}good"  # as the words of "bonne réponse" are put in order
    r"|target|key|lb"
)


def names_right_option(key: str) -> bool:
    """Return whether a key holds which of several options is right, by all the words of its name."""
    return _RIGHT_OPTION.fullmatch("".join(fold_name(key))) is not None
