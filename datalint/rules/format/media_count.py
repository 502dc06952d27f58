"""Placeholders for media and the media themselves differ in number.

## What it does

Counts the placeholders in the texts of a row (`<image>`, `<|image|>`, `<|image_1|>`, `<|image_pad|>`, `<IMG_CONTEXT>`,
and the same for video and audio) and compares their number with the media that the row lists under `images`, `image`,
`videos`, `video`, `audios` or `audio`, or contains as parts of its messages. Parts without a file (`{"type":
"image"}`) count as placeholders.

## Why it matters

Trainers insert the media at the placeholders. LLaMA-Factory and TRL stop at a row in which the numbers differ
(LlamaFactory#8440, #5883). ms-swift replaces the first placeholders and leaves the others as text.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "<image><image>Which one is newer?"}, {"role": "assistant", "content": "The first."}], "images": ["a.jpg"]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "<image><image>Which one is newer?"}, {"role": "assistant", "content": "The first."}], "images": ["a.jpg", "b.jpg"]}
```

## What to do

Add the missing media or placeholder. If a text only mentions a placeholder, spell it in another way, such as `<img>`.

## Known limits

A row that lists media but has no placeholder at all is not reported, because TRL and ms-swift then put the media first
(LLaMA-Factory rejects the row). A text with `<image>` in a row without media, or a key for them, is not reported
either, because it may be about markup. Rejected sides are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, counted, rule
from datalint.rules.common.conversations.media import listed_media, parts
from datalint.rules.common.keys.key_names import MEDIA_LISTS
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Placeholders of models' vocabularies, which stand for nothing else; `<image>` and its like may be markup.
_MODELS = {
    "image": r"<\|image\|>|<\|image_pad\|>|<IMG_CONTEXT>|<image_soft_token>|<image_placeholder>",
    "video": r"<\|video\|>|<\|video_pad\|>|<VIDEO_CONTEXT>",
    "audio": r"<\|audio\|>|<\|AUDIO\|>|<\|audio_pad\|>|<\|audio_bos\|>",
}
_ONE = {kind: lazy_pattern(alternatives) for kind, alternatives in _MODELS.items()}
#: One image may be written as a run of the same placeholder, one for each of its patches.
_RUN = {kind: lazy_pattern(f"(?:{alternatives})+") for kind, alternatives in _MODELS.items()}
#: Lists of messages that have media lists of their own (ms-swift).
_OTHERS = ("$.positive", "$.negative", "$.rejected")
_NUMBERED = r"<\|image_(\d{1,4})\|>"


@rule(
    "FMT401",
    "media-count",
    severity=Severity.ERROR,
    since="0.1",
    requires={"media"},
    confidence=Confidence.HIGH,
)
def media_count(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each kind of media with more or fewer placeholders than media."""
    lists = listed_media(record)
    keys: dict[str, str] = {}
    media: Counter[str] = Counter()
    for key, found in lists.items():
        keys.setdefault(MEDIA_LISTS[key], key)
        media[MEDIA_LISTS[key]] += len(found)
    slots = Counter(part.kind for part in parts(record) if part.is_slot)
    own = Counter(part.kind for part in parts(record) if not part.is_slot)
    counts = {kind: _placeholders(record, kind, is_listed=kind in keys) for kind in _MODELS}
    # LLaVA's models write <image> for a video too.
    if sum(media.values()) == sum(max(count) for count in counts.values()):
        return
    for kind, written in counts.items():
        wanted = {slots[kind]} if slots[kind] and not max(written) else written
        there = media[kind] if slots[kind] else media[kind] + own[kind]
        if (kind in keys or own[kind]) and max(wanted) and there not in wanted:
            message = f"{counted(max(wanted), f'{kind} placeholder')} for {counted(there, kind)}"
            yield Hit(message, path=f"$.{keys[kind]}" if kind in keys else None, key=kind)


def _placeholders(record: Record, kind: str, *, is_listed: bool) -> set[int]:
    """Return how many media the texts may stand for: runs of a placeholder count as one, too."""
    single = runs = 0
    numbers: set[str] = set()
    for role, text, path, side in record.turns:
        if "<" not in text or side == "rejected" or role in ("system", "developer") or path.startswith(_OTHERS):
            continue
        # With an end it is a tag.
        plain = text.count(f"<{kind}>") if is_listed and f"</{kind}>" not in text else 0
        single += plain + len(_ONE[kind].findall(text))
        runs += plain + len(_RUN[kind].findall(text))
        if kind == "image":
            numbers.update(re.findall(_NUMBERED, text))
    return {single + len(numbers), runs + len(numbers)}
