"""Names of keys with the reasoning that leads to an answer."""

from __future__ import annotations

from typing import Final

#: The names, without separators.
_THOUGHTS: Final = frozenset(
    """thought thoughts thoughtprocess think thinking thinkingprocess thinkingtext reasoning reasoningtext
    reasoningcontent reasoningprocess
    reasoningsteps reasoningtrace reasoningchain reasoningchains reasoningpath reasoningpaths chainofthought
    chainofthoughts cot complexcot innermonologue scratchpad
    思考 思考过程 推理 推理过程 思维链 推論""".split()
)
#: Ends of the names of reasoning that a model wrote, after the name of this model.
_ENDS: Final = tuple(
    f"{of}{each}" for of in ("thinking", "reasoning") for each in ("trajectory", "trajectories", "trace", "traces")
)
#: Words before the name that say whose reasoning it is, or that no reader sees it.
_BEFORE: Final = ("assistant", "internal", "hidden", "private")
#: Who wrote reasoning that a student may learn, before its name, and what only such reasoning is called.
_WRITER: Final = "teacher"
_BY_TEACHER: Final = frozenset(("rationale", "explanation"))

#: Keys of a message that hold its reasoning. The first is the one that chat templates read.
REASONING_KEYS: Final = ("reasoning_content", "thinking", "reasoning")


def is_thought(key: str) -> bool:
    """Return whether a key names the reasoning that leads to an answer."""
    name = "".join(filter(str.isalnum, key[:100].casefold()))
    if name.startswith(_WRITER):
        name = name.removeprefix(_WRITER)
        return name in _THOUGHTS or name in _BY_TEACHER
    own = next((name.removeprefix(each) for each in _BEFORE if name.startswith(each)), name)
    return own in _THOUGHTS or name.endswith(_ENDS)
