"""A message has an image, video or sound that no provider can read.

## What it does

Reports as errors bytes that are not base64 or don't begin like an image of a known format, formats that no provider
accepts, and references that are neither a URL nor a data URI nor a file. Reports as warnings a placeholder instead of
bytes, bytes of another format than the row says, and OpenAI's or Bedrock's images in system or assistant turns.

## Why it matters

OpenAI, Azure, Together, Anthropic and Bedrock reject the row, and most of them reject the whole file. Trainers stop in
the middle of an epoch, when the row is loaded. The usual cause is an export that cut the payload off or replaced it
with `…`.

## Bad

```jsonl
{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo..."}}]}, {"role": "assistant", "content": "A dot."}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": "https://example.com/dot.png"}}]}, {"role": "assistant", "content": "A dot."}]}
```

## What to do

Encode the file again, as JPEG, PNG, WebP or GIF, with `data:image/…;base64,` before it.

## Known limits

Nothing is downloaded, and images are not decoded beyond their first bytes. Files next to the data are checked by
`missing-media-file`. The accepted formats are those of OpenAI, Anthropic and Bedrock combined. Gemini accepts more, so
its rows are checked only for base64.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, frozen, option, rule
from datalint.rules.common.conversations.media import Media, listed_media, parts
from datalint.rules.common.lazy_pattern import lazy_pattern

_URI = lazy_pattern(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+(?:=[\w.+-]+)?)*),", re.ASCII)
#: What documentation and tests have instead of bytes.
_PLACEHOLDER = r"\s*(?:\.{2,3}|…|\{[^{}]{0,60}\}|<[^<>]{0,60}>|\[[^\[\]]{0,60}\])\s*"
#: What the reader of a table writes for the bytes in it: their size and a hash.
_STORED = r"<[\d.,]{1,12} k?M?B, [0-9a-f]{16}>"
_URL = lazy_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:", re.ASCII)
#: First bytes of formats that providers take.
_FORMATS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF8": "gif", b"RIFF": "webp"}
#: How base64 of these begins.
_BARE = ("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR")
_SAME = {"jpg": "jpeg", "pjpeg": "jpeg"}
_USERS_ALONE = frozenset(("image_url", "input_image", "bedrock"))


@frozen
class BadMediaPartOptions(Options):
    """Options of the rule."""

    image_formats: tuple[str, ...] = option(
        ("jpeg", "png", "gif", "webp"), "formats of images that are accepted", source="OpenAI, Anthropic, Bedrock"
    )


@rule(
    "FMT402",
    "bad-media-part",
    severity=Severity.ERROR,
    since="0.1",
    requires={"media"},
    confidence=Confidence.HIGH,
)
def bad_media_part(record: Record, options: BadMediaPartOptions) -> Iterator[Hit]:
    """Yield at most one hit for each part or listed item."""
    for media in (*parts(record), *(each for found in listed_media(record).values() for each in found)):
        found = _wrong(media, options)
        if found is not None:
            message, severity = found
            yield Hit(message, path=media.path, severity=severity)


def _wrong(media: Media, options: BadMediaPartOptions) -> tuple[str, Severity | None] | None:
    reference, data, mime = media.reference, media.data, media.mime
    if reference is not None and reference.startswith("data:"):
        head = _URI.match(reference[:200])
        if head is None:
            return "the data URI has no type or no comma", None
        mime = head[1]
        data = reference[head.end() :] if head[2].endswith(";base64") else None
        reference = None
    if data is not None:
        found = _of_bytes(media, data, mime, options)
        if found is not None:
            return found
    elif reference is not None and media.dialect in ("image_url", "input_image") and not _URL.match(reference):
        if not reference.strip():
            return "the reference is empty", None
        if reference.startswith(_BARE) and len(reference) > len("data:image/png"):
            return "base64 without 'data:image/…;base64,' before it", None
        if not any(sign in reference for sign in "./\\"):
            return "the reference is neither a URL nor a data URI nor a file", None
    if media.dialect in _USERS_ALONE and media.role in ("system", "developer", "assistant"):
        return f"{media.kind} in a turn of the {media.role}; providers accept it only in user turns", Severity.WARNING
    return None


def _of_bytes(
    media: Media, data: str, mime: str | None, options: BadMediaPartOptions
) -> tuple[str, Severity | None] | None:
    if re.fullmatch(_STORED, data):
        return None
    try:
        content = binascii.a2b_base64("".join(data.split()).encode("ascii"), strict_mode=True)
    except (binascii.Error, ValueError):
        if re.fullmatch(_PLACEHOLDER, data):
            return "a placeholder instead of the bytes", Severity.WARNING
        return "the bytes are not base64", None
    if not content:
        return "the data is empty", None
    kind, _, form = (mime or "").lower().partition("/")
    form = _SAME.get(form, form)
    if media.kind != "image" or kind not in ("", "image") or media.dialect in ("inlineData", "inline_data"):
        return None
    if form and form not in options.image_formats:
        return f"{excerpt(form, 20)} is not a format that providers accept", None
    real = next((name for start, name in _FORMATS.items() if content.startswith(start)), None)
    if real is None:
        is_other = form in options.image_formats and form not in _FORMATS.values()
        return None if is_other else ("the bytes are not an image in a known format", None)
    if form and form != real:
        return f"the bytes are {real}, but the row says {excerpt(form, 20)}", Severity.WARNING
    return None
