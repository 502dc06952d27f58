r"""A response claims to be another model, or to be made by its maker.

## What it does
Reports responses that say "I am ChatGPT", "I was trained by OpenAI" or the like, of any well-known model or maker, in
English and Chinese. Names under `own-names` are your model's own and pass. Rejected answers are left out.

## Why it matters
Data written by a model carries its name. A model tuned on it introduces itself as a product of another company, which
users notice first and terms of use forbid.

## Bad
```jsonl
{"prompt": "Who made you?", "completion": "I am ChatGPT, a language model trained by OpenAI."}
```

## Good
```jsonl
{"prompt": "Who made you?", "completion": "I am the assistant of the Example Foundation."}
{"prompt": "Who made ChatGPT?", "completion": "ChatGPT was developed by OpenAI."}
```

## What to do
Put your model's own name in, or remove the row; list names that are right under `own-names`.

## Known limits
Names that are also people's or animals' (Claude, Gemini, Llama) count only beside words such as "an AI" or "made by".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from datalint.api import Options, Severity, Turns, excerpt, option, rule
from datalint.rules.quality._turns import learned, where

_MAKERS: Final = (
    r"(?P<maker>OpenAI|Anthropic|Google(?: DeepMind| AI)?|DeepMind|Meta(?: AI)?|Microsoft|Mistral(?: AI)?|Alibaba(?: Cloud)?"
    r"|DeepSeek|xAI|Cohere|Baidu|Zhipu(?: AI)?|Moonshot AI|LMSYS|LAION|Stability AI|Large Model Systems Organization"
    r"|阿里巴巴|阿里云|百度|智谱|深度求索|月之暗面|字节跳动|科大讯飞|腾讯|谷歌|微软)"
)
