"""Markers of turns in conversations that are one text: tokens of chat templates, headings, and names with a colon.

All are regular expressions without groups. The headings and names are alternatives, without what stands around them.
"""

from __future__ import annotations

import re
from typing import Final

#: How chat templates begin the turn of a user and the turn of an assistant.
TEMPLATES: Final = (
    (r"<\|im_start\|>(?:user|human)\b", r"<\|im_start\|>(?:assistant|gpt|model)\b"),
    (r"<\|start_header_id\|>user<\|end_header_id\|>", r"<\|start_header_id\|>assistant<\|end_header_id\|>"),
    (r"<\|header_start\|>user<\|header_end\|>", r"<\|header_start\|>assistant<\|header_end\|>"),
    (r"<\|start\|>user<\|message\|>", r"<\|start\|>assistant"),
    (r"<\|(?:user|prompter)\|>", r"<\|(?:assistant|model)\|>"),
    (r"<\|USER\|>", r"<\|ASSISTANT\|>"),
    (r"<start_of_turn>user\b", r"<start_of_turn>model\b"),
    (r"<\|turn>user\b", r"<\|turn>model\b"),
    (r"<｜User｜>", r"<｜Assistant｜>"),
    (r"\[INST\]", r"\[/INST\]"),
)
#: The tokens that begin an answer.
ANSWER_TOKENS: Final = "|".join(answers for _, answers in TEMPLATES)
#: Tokens that begin a text, and those that begin a conversation which a chat template has written, after one of them.
BEGINS: Final = r"<s>|<bos>|<BOS_TOKEN>|<\|begin_of_text\|>|<\|endoftext\|>|<｜begin▁of▁sentence｜>|\[gMASK\]"
FIRST_TOKENS: Final = (
    r"\[INST\]|<<SYS>>|<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<｜User｜>|<\|START_OF_TURN_TOKEN\|>"
    r"|<\|(?:system|user|SYSTEM|USER|prompter|start)\|>|<\|start_of_role\|>|<\|im_(?:system|user)\|>|<\|header_start\|>"
    r"|<\|turn>|\[SYSTEM_PROMPT\]"
)
#: Tokens that end a turn or a text, as they are written and as an expression.
ENDS: Final = (
    "</s>", "<eos>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eot|>", "<|end|>", "<|end_of_text|>",
    "<end_of_turn>", "<turn|>", "<|END_OF_TURN_TOKEN|>", "<｜end▁of▁sentence｜>",
)  # fmt: skip
END_TOKENS: Final = "|".join(map(re.escape, ENDS))
#: Headings of instruction templates above what is asked, and above the answer: ``### Instruction:``, ``### Response:``.
ASKING_HEADINGS: Final = "Instruction|Human|User|Question|Input|Prompt|指令|用户|问题"
ANSWERING_HEADINGS: Final = "Response|Assistant|Answer|Output|回答|助手|响应"
#: Names of who asks and who answers, before a colon, and further names of them in brackets or behind hashes.
ASKING: Final = (
    "user|human|prompter|question|instruction|用户|用戶|人类|问题|问|提问|指令|ユーザー|質問|질문"
    "|пользователь|вопрос|nutzer|benutzer|frage|usuario|usuário|pregunta|pergunta|utilisateur"
)
ANSWERING: Final = (
    "assistant|bot|ai|gpt|chatgpt|chatbot|answer|response|助手|助理|答案|回答|答|机器人|アシスタント|답변"
    "|ассистент|ответ|assistent|antwort|asistente|assistente|respuesta|resposta|réponse"
)
ALSO_ASKING: Final = "prompt|input|customer|client"
ALSO_ANSWERING: Final = "output|completion|model|agent"
#: A line that one of the usual speakers says.
SPOKEN_LINE: Final = (
    r"(?im)^\s{0,9}\[?(?:user|human|customer|client|patient|bot|chatbot|assistant|agent|ai|doctor"
    r"|用户|客户|助手|患者|医生) ?[:：\]]"
)
#: The beginning of a turn, whatever its speaker or mark is called, as the first group.
ANY_TURN: Final = r"(?m)^[ \t]{0,8}([^\W\d_]\w{0,20}(?: \w{1,20})?[:：]|<\|?\w{1,20}|\[/?INST\]|#{2,4} ?\w{1,20})"
