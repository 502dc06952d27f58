"""What a model makes of a row: the rendering by its chat template, its tokens, and what was lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from datalint.support.classes import mutable
from datalint.support.named_tuple import NamedTuple

#: What a rendering lacks or has too much: text of a turn, reasoning, declared tools, a call, control tokens that a
#: row's text forges, arguments that are JSON within JSON.
FlawKind = Literal["text", "thinking", "tools", "call", "forged", "encoded-twice"]


#: What a maximum length cuts off of a rendering: nothing, all that is learned, some of it, what carries no loss, or an
#: end of which that is not known.
Cut: TypeAlias = Literal["", "prompt", "answer", "tail", "end"]


class Flaw(NamedTuple):
    """One thing that is not in a rendering as it is in the row; ``what`` names it where the path does not."""

    kind: FlawKind
    path: str
    what: str = ""


@mutable
class Rendering:
    """What a model makes of one conversation: a row has one, or one for each side of a preference.

    ``path`` is the JSON path of the conversation. ``failure`` is ``refusal`` where the template raises with a message
    of its own, ``crash`` where it fails, with ``message``, and the template's ``line`` (1-based) and its ``code``;
    otherwise it is empty and ``text`` is the rendering. ``templated`` is false for plain text, which no template reads.

    ``spans`` are the parts of the text that carry loss; ``masked`` is false where the template does not show which.

    ``tokens`` counts tokens, ``trained`` those that carry loss, from ``first`` to before ``end``. ``tokens`` is None
    without a tokenizer, and ``trained`` as well where it is not known what carries loss. ``limit`` is the maximum
    length in tokens. ``ends`` says whether the last answer ends with an end-of-turn token, ``doubled`` whether the
    beginning-of-text token is there twice, and ``injected`` is the system prompt that the template adds. ``answers``
    counts the messages that should carry loss.
    ``by_role`` has the tokens of each role's texts if they were asked for; what carries loss is the assistant's.
    """

    path: str
    side: str = ""
    templated: bool = True
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    masked: bool = True
    failure: Literal["", "refusal", "crash"] = ""
    message: str = ""
    line: int | None = None
    code: str = ""
    tokens: int | None = None
    trained: int | None = None
    first: int = 0
    end: int = 0
    limit: int | None = None
    flaws: tuple[Flaw, ...] = ()
    ends: bool = True
    doubled: bool = False
    injected: str = ""
    answers: int = 0
    by_role: Mapping[str, int] | None = None

    @property
    def cut(self) -> Cut:
        """What the limit cuts off at the end."""
        return self.cut_at(self.limit)

    def cut_at(self, limit: int | None) -> Cut:
        """Return what a limit leaves out: all that is learned (``prompt``), some of it (``answer``), or neither.

        It is ``end`` where it is not known what carries loss.
        """
        if self.tokens is None or limit is None or self.tokens <= limit:
            return ""
        if not self.masked:
            return "end"
        if not self.trained or self.first >= limit:
            return "prompt"
        return "answer" if self.end > limit else "tail"
