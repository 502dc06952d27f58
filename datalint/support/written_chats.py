"""Conversations that are written out as one text, with markers of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

#: Share of texts that are conversations.
_MOST: Final = 0.9
#: How chat templates and instruction templates begin the turn of a user and the turn of an assistant.
_TEMPLATES: Final = (
    (r"<\|im_start\|>(?:user|human)\b", r"<\|im_start\|>(?:assistant|gpt)\b"),
    (r"<\|start_header_id\|>user<\|end_header_id\|>", r"<\|start_header_id\|>assistant<\|end_header_id\|>"),
    (r"<\|header_start\|>user<\|header_end\|>", r"<\|header_start\|>assistant<\|header_end\|>"),
    (r"<\|start\|>user<\|message\|>", r"<\|start\|>assistant"),
    (r"<\|(?:user|prompter)\|>", r"<\|assistant\|>"),
    (r"<\|USER\|>", r"<\|ASSISTANT\|>"),
    (r"<start_of_turn>user\b", r"<start_of_turn>model\b"),
    (r"<\|turn>user\b", r"<\|turn>model\b"),
    (r"<｜User｜>", r"<｜Assistant｜>"),
    (r"\[INST\]", r"\[/INST\]"),
    (
        r"(?m)^[ \t]*###[ \t]*(?:Instruction|Human|User|Question|Input|Prompt|指令|用户|问题)[ \t]*[:：]?",
        r"(?m)^[ \t]*###[ \t]*(?:Response|Assistant|Answer|Output|回答|助手|响应)[ \t]*[:：]?",
    ),
    (r"(?m)^(?:Human|User):", r"(?m)^Assistant:"),
)
#: Who asks and who answers, with a colon behind, and further names of them in brackets or behind hashes.
_ASKING: Final = (
    "user|human|prompter|question|instruction|用户|用戶|人类|问题|问|提问|指令|ユーザー|質問|질문"
    "|пользователь|вопрос|nutzer|benutzer|frage|usuario|usuário|pregunta|pergunta|utilisateur"
)
_ANSWERING: Final = (
    "assistant|bot|ai|gpt|chatgpt|chatbot|answer|response|助手|助理|答案|回答|答|机器人|アシスタント|답변"
    "|ассистент|ответ|assistent|antwort|asistente|assistente|respuesta|resposta|réponse"
)
_ALSO_ASKING: Final = "prompt|input|customer|client"
_ALSO_ANSWERING: Final = "output|completion|model|agent"
#: The marker of who asks, and that of the answer; single letters (``Q:``) are those of texts for pretraining too.
_MARKER: Final = (
    r"(?i:(?<![^\W_])\*{{0,2}}(?:{0})\*{{0,2}} ?[:：]\*{{0,2}}"
    r"|(?:#{{2,3}} ?|<\|?|\[\|?)(?:{0}|{1})(?:\|?[>\]] ?[:：]?| ?[:：]))"
)
_ASKS: Final = _MARKER.format(_ASKING, _ALSO_ASKING)
_ANSWERS: Final = _MARKER.format(_ANSWERING, _ALSO_ANSWERING)
_SPEAKERS: Final = r"(?i)user|human|prompter|assistant|bot\b|ai\b|gpt"
#: Characters in which the first marker is, as a preamble may be above it.
_PREAMBLE: Final = 2_000
#: Texts from which on their own markers say something, and what may be behind the last answer.
_LEAST: Final = 5
_END: Final = re.compile(r"(?:\s|</s>|<\|im_end\|>|<\|endoftext\|>|<\|eot_id\|>)+")


def are_conversations(texts: Sequence[str]) -> bool:
    """Return whether nine in ten of some texts are conversations, by the markers of a template or by their own ones.

    Texts have markers of their own if all begin in the same way, up to the marker of who asks (``USER:``,
    ``<human>:``, ``Question:``), and have the same marker of who answers after it, with an answer.
    """
    if not texts:
        return False
    return sum(map(_is_conversation, texts)) >= _MOST * len(texts) or own_markers(texts) is not None


def _is_conversation(text: str) -> bool:
    """Return whether a text has the turn of a user and, after it, that of an assistant."""
    for user, assistant in _TEMPLATES:
        asked = re.search(user, text)
        if asked is not None and re.compile(assistant).search(text, asked.end()) is not None:
            return True
    return False


def own_markers(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return the markers of who asks and of who answers that nine in ten texts have; None for other texts."""
    if len(texts) < _LEAST:
        return None
    found = Counter(markers for text in texts if (markers := _markers(text)) is not None)
    usual = found.most_common(1)
    return usual[0][0][1:] if usual and usual[0][1] >= _MOST * len(texts) else None


def first_markers(text: str) -> tuple[str, str] | None:
    """Return the markers of the first question of a text and of the answer to it, as written; None without them."""
    for user, assistant in _TEMPLATES:
        asked = re.search(user, text)
        answered = None if asked is None else re.compile(assistant).search(text, asked.end())
        if asked is not None and answered is not None:
            return asked[0].strip(), answered[0].strip()
    found = _markers(text)
    return None if found is None else found[1:]


def are_answered(texts: Sequence[str]) -> bool:
    """Return whether nine in ten texts are conversations with markers of their own that end with an answer.

    The markers name those who speak: a prompt may say how a ``Question:`` is to be answered.
    """
    markers = own_markers(texts)
    if markers is None or not all(re.search(_SPEAKERS, each) for each in markers):
        return False
    return sum(_ends_answered(text, markers) for text in texts) >= _MOST * len(texts)


def _markers(text: str) -> tuple[str, str, str] | None:
    """Return what is above the first turn of a text, the marker of that turn, and the marker of its answer."""
    asked = re.search(_ASKS, text[:_PREAMBLE])
    if asked is None:
        return None
    if asked[0].startswith("<") and f"</{asked[0][1:]}" in text:
        return None  # the tag of a part that is closed, such as <input>
    answered = re.compile(_ANSWERS).search(text, asked.end())
    if answered is None or not text[asked.end() : answered.start()].strip() or not _said(text[answered.end() :]):
        return None
    return text[: asked.start()].strip(), asked[0].strip(), answered[0].strip()


def _ends_answered(text: str, markers: tuple[str, str]) -> bool:
    """Whether the last turn of a conversation in which something is said is an answer, and no answer is to be added."""
    asks, answers = markers
    turns = re.split(f"({re.escape(asks)}|{re.escape(answers)})", text)
    pairs = list(zip(turns[1::2], turns[2::2], strict=True))
    if pairs and pairs[-1][0] == asks and not _said(pairs[-1][1]):
        pairs.pop()
    return bool(pairs) and pairs[-1][0] == answers and _said(pairs[-1][1])


def _said(text: str) -> bool:
    return bool(_END.sub("", text[:_PREAMBLE]))
