"""What a chat template writes around answers, found out by rendering a few conversations with made-up texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, TypeAlias

from datalint.models.template import ChatTemplate, RenderedText
from datalint.support.common_prefix import common_prefix
from datalint.support.named_tuple import NamedTuple

#: Tokens that end or begin turns, where the tokenizer does not say which are special.
CONTROL: Final = re.compile(
    r"<[|｜][^<>|｜]{1,40}[|｜]>|</?s>|<(?:start|end)_of_turn>|<eos>|<bos>|\[/?INST\]|<\|[a-z_]+\|?>|<[a-z_]+\|>"
    r"|<SPECIAL_[0-9]+>"
)
#: The beginning of a tag, such as ``<thi``.
_CUT_TAG: Final = re.compile(r"<[^<>]*\Z")
#: The length of the words after the last answer from which on they are instructions.
_LONG_TAIL: Final = 60
_Q1, _A1, _Q2, _A2 = "Qprobe1q", "Aprobe2a", "Qprobe3q", "Aprobe4a"
_S, _RESULT, _CALLED = "Sprobe8s", "Tprobe5t", ("Cprobe6c", "Cprobe7c")


#: What a conversation has: calls of tools or none, calls next to a text, a system prompt, an answer before the first
#: question.
Kind: TypeAlias = Literal["plain", "calls", "text and calls", "system", "first"]


class TurnFormat(NamedTuple):
    """What a template writes around answers.

    ``begin`` comes before each, and ``prompt`` is what ``add_generation_prompt`` writes: the same, or that and the
    beginning of reasoning. ``ends`` are the tokens that end an answer, empty without an end-of-turn token. ``user``
    begins a user's turn. ``opening`` is what comes before the first turn, and ``injected`` the words in it of a system
    prompt that the conversation does not have. ``control`` are the control tokens that the template writes.
    ``embeds`` says whether the conversation is a text in a prompt for another answer, as with classifiers.
    """

    begin: str = ""
    prompt: str = ""
    ends: tuple[str, ...] = ()
    user: str = ""
    opening: str = ""
    injected: str = ""
    control: tuple[str, ...] = ()
    embeds: bool = False


class Example(NamedTuple):
    """A conversation in which answers are searched for: its messages, and a word of each answer."""

    messages: tuple[dict[str, Any], ...]
    answers: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The words of the other turns."""
        return tuple(str(each["content"]) for each in self.messages if each["role"] != "assistant")


def learn(template: ChatTemplate, special: frozenset[str] = frozenset()) -> TurnFormat:
    """Return what a template writes around turns, as far as it renders a plain conversation."""
    asked = _rendered(template, [_user(_Q1)])
    primed = _rendered(template, [_user(_Q1)], prompt=True)
    single = _rendered(template, [_user(_Q1), _answer(_A1)])
    double = _rendered(template, [_user(_Q1), _answer(_A1), _user(_Q2), _answer(_A2)])
    if single is None:
        return TurnFormat()
    before = single[: common_prefix(primed or single, single)]
    opening = single.partition(_Q1)[0]
    tail = single.rpartition(_A1)[2]
    middle = double.partition(_A1)[2].partition(_Q2)[0] if double is not None else ""
    ends = [tokens[0] for text in (middle, tail) if (tokens := _controls(text, special))]
    user = _user_header(middle, ends)
    plain = opening.removesuffix(user) if user else opening
    between = [
        _between(text, *both) for text, both in ((single, (_Q1, _A1)), (double, (_Q1, _A1)), (double, (_Q2, _A2)))
    ]
    prompt = _begin(before, asked)
    # Some templates write the beginning of reasoning into the last answer alone.
    begin = _header(_begin(before[: common_prefix(before, double or before)], asked), ends)
    if not _fits(begin, between, ends):
        # The question is written otherwise before an answer.
        headers = [_after(text, ends) for text in between if text]
        common = min((headers[0][: common_prefix(headers[0], each)] for each in headers), key=len) if headers else ""
        begin = prompt = _header(common, ends) or prompt
    called = _end_of_calls(template, special)
    everything = f"{opening}\n{prompt}\n{middle}\n{tail}\n{called}"
    return TurnFormat(
        begin=begin,
        prompt=prompt[prompt.find(begin) :],
        ends=tuple(dict.fromkeys((*_whole(ends, middle, tail, begin, special), *filter(None, (called,))))),
        user=user,
        opening=opening,
        injected=_words(plain, special),
        control=tuple(dict.fromkeys(_controls(everything, special))),
        embeds=_A1 in single and len(_words(tail, special)) > _LONG_TAIL,
    )


def _begin(before: str, asked: str | None) -> str:
    """Return what begins an answer: what the prompt for one adds, otherwise what follows the question."""
    if asked is not None and before.startswith(asked) and len(before) > len(asked):
        return before[len(asked) :]
    return before.rpartition(_Q1)[2]


def _between(text: str | None, question: str, answer: str) -> str:
    """Return what a rendering has between a question and its answer, empty if it does not have them."""
    found, _, _ = (text or "").partition(question)[2].partition(answer)
    return found


def _fits(begin: str, between: Sequence[str], ends: Sequence[str]) -> bool:
    """Return whether a beginning of answers is before each, after the end of the question."""
    return bool(begin) and all(
        begin in text and not any(end in text.rpartition(begin)[2] for end in ends) for text in between if text
    )


def _after(text: str, ends: Sequence[str]) -> str:
    """Return what follows the last end of a turn in a text."""
    for end in ends:
        text = text.rpartition(end)[2]
    return text.lstrip()


def _header(text: str, ends: Sequence[str]) -> str:
    """Return the text without a tag that is cut in two, and without the end of the turn before; empty for blanks."""
    text = _CUT_TAG.sub("", text)
    for end in ends:
        if text.lstrip().startswith(end):
            text = text.lstrip()[len(end) :].lstrip()
    return text if text.strip() else ""


def _end_of_calls(template: ChatTemplate, special: frozenset[str]) -> str:
    """Return the token that ends an answer of calls, such as ``<|call|>``; empty if it has none of its own."""
    # Some templates refuse several calls, or write the first alone.
    for towns in (_CALLED, _CALLED[:1]):
        asked = [_user(_Q1), _calling(*towns)]
        text = _rendered(template, asked) or ""
        if all(town in text for town in towns):
            break
    else:
        return ""
    tail = text[text.index(towns[0]) :].rstrip()
    last = (_controls(tail, special) or [""])[-1]
    if last and tail.endswith(last):
        # What comes between calls as well ends one of them.
        return last if tail.count(last) == 1 else ""
    # Otherwise what begins the result ends the calls.
    whole = _rendered(template, [*asked, _result(), _answer(_A1)]) or ""
    between, _, following = whole[whole.find(towns[0]) :].partition(towns[-1])
    found = _controls(following.partition(_RESULT)[0], special) if _RESULT in following else []
    return next((each for each in found if each not in between), "")


def _user_header(middle: str, ends: Sequence[str]) -> str:
    for end in ends:
        if end in middle:
            return middle.partition(end)[2].lstrip()
    return middle.lstrip()


def _words(text: str, special: frozenset[str]) -> str:
    """Return the words of a text without control tokens and names of roles; empty if it has none to speak of."""
    for token in sorted(special, key=len, reverse=True):
        text = text.replace(token, "\n")
    text = CONTROL.sub("\n", text)
    lines = [line for line in text.splitlines() if line.strip() and line.strip() not in ("system", "user", "<s>")]
    return "\n".join(lines) if any(" " in line.strip() for line in lines) else ""


def _whole(ends: list[str], middle: str, tail: str, begin: str, special: frozenset[str]) -> list[str]:
    """Return the ends of answers with the tokens that follow them both before another turn and at the end."""
    if len(ends) < 2 or ends[0] != ends[1]:
        return ends
    end = ends[0]
    common = middle[: common_prefix(middle, tail)].partition(end)[2]
    for token in _controls(common, special):
        # Some templates write the beginning of another answer at the end.
        if not common.startswith(token) or token in begin:
            break
        end, common = end + token, common[len(token) :]
    return [end]


def _controls(text: str, special: frozenset[str]) -> list[str]:
    """Return the control tokens in a text, in order."""
    pattern = _pattern(special) if special else CONTROL
    return [match[0] for match in pattern.finditer(text)] or [match[0] for match in CONTROL.finditer(text)]


def _pattern(special: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(special, key=len, reverse=True))))


def _rendered(template: ChatTemplate, messages: list[dict[str, Any]], *, prompt: bool = False) -> str | None:
    made = template.render(messages, prompt=prompt)
    return made.text if isinstance(made, RenderedText) else None


def _user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def _answer(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def _calling(*towns: str) -> dict[str, Any]:
    return {"role": "assistant", "content": "", "tool_calls": list(_calls(towns))}


def _result() -> dict[str, Any]:
    return {"role": "tool", "content": _RESULT, "tool_call_id": "call00001", "name": "look_up"}


def _calls(towns: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, town in enumerate(towns, 1):
        function = {"name": "look_up", "arguments": {"town": town}}
        # Some templates want identifiers of nine letters and digits.
        yield {"type": "function", "id": f"call{number:05}", "function": function}


#: An example of each kind of conversation.
EXAMPLES: Final[dict[Kind, Example]] = {
    "plain": Example((_user(_Q1), _answer(_A1), _user(_Q2), _answer(_A2)), (_A1, _A2)),
    "calls": Example((_user(_Q1), _calling(_CALLED[0]), _result(), _answer(_A1)), (_CALLED[0], _A1)),
    "text and calls": Example(
        (_user(_Q1), _calling(_CALLED[0]) | {"content": _A2}, _result(), _answer(_A1)), (_A2, _A1)
    ),
    "system": Example(
        ({"role": "system", "content": _S}, _user(_Q1), _answer(_A1), _user(_Q2), _answer(_A2)), (_A1, _A2)
    ),
    "first": Example((_answer(_A1), _user(_Q1), _answer(_A2)), (_A1, _A2)),
}
