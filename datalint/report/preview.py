"""A row as a model reads it, as text, JSON and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.privacy.display import printable
from datalint.report.inert import inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from datalint.operations.preview import Preview, PreviewPart, PreviewSide

#: How text without colours marks what carries loss, and what the maximum length cuts off.
_LOSS: Final = ("[+", "+]")
_CUT: Final = ("[-", "-]")


def render(preview: Preview, console: Console) -> None:
    """Print a preview; in colours, what carries loss is green, the rest is dim, and what is cut off is red."""
    colored = console.color_system is not None
    heading = f"{printable(preview.file)} row {preview.row} ({preview.shape}) as {preview.model} reads it"
    console.print(inert(heading), soft_wrap=True)
    for side in preview.sides:
        console.print()
        if side.name:
            console.print(f"{side.name} side")
        for each in _side(side, colored=colored):
            # The text is exact, so no line break is added to it.
            console.print(_harmless(each), soft_wrap=True)
    if preview.note:
        console.print(f"\n{preview.note}")


def _harmless(text: Text | str) -> Text | str:
    """Return a text without commands for a build's runner."""
    if isinstance(text, str):
        return inert(text)
    from rich.text import Text

    lines = text.split("\n", allow_blank=True)
    if all(inert(line.plain) == line.plain for line in lines):
        return text
    return Text("\n").join(line if inert(line.plain) == line.plain else Text(inert(line.plain)) for line in lines)


def _side(side: PreviewSide, *, colored: bool) -> Iterator[Text | str]:
    if side.refused is not None:
        yield side.refused
        return
    yield _body(side, colored=colored)
    yield ""
    yield _legend(colored=colored, cut=side.lost is not None)
    if side.tokens is not None:
        limit = "" if side.limit is None else f" (at most {side.limit:,})"
        learned = "" if side.trained is None else f", {side.trained:,} of them carry loss"
        yield f"{side.tokens:,} tokens{limit}{learned}"
        for role, (tokens, trained) in side.roles.items():
            yield f"  {role:<10} {tokens:>7,} tokens {trained:>7,} with loss"
    if side.lost is not None:
        yield f"cut: {side.lost}"
    for remark in side.remarks:
        yield f"note: {remark}"


def _legend(*, colored: bool, cut: bool) -> str:
    if colored:
        return "green: carries loss; dim: is only read" + ("; red: cut off" if cut else "")
    return f"{_LOSS[0]} {_LOSS[1]}: carries loss" + (f"; {_CUT[0]} {_CUT[1]}: cut off" if cut else "")


def _body(side: PreviewSide, *, colored: bool) -> Text:
    from rich.text import Text

    body = Text()
    if colored:
        for part in side.parts:
            style = "red" if part.cut else "green" if part.loss else "dim"
            for index, piece in enumerate(part.pieces):
                # Neighbours differ, so that one sees where tokens begin.
                body.append(piece, f"{style} underline" if index % 2 else style)
        return body
    open_, cut = False, False
    for part in side.parts:
        if open_ and (not part.loss or (part.cut and not cut)):
            body.append(_LOSS[1])
            open_ = False
        if part.cut and not cut:
            body.append(_CUT[0])
            cut = True
        if part.loss and not open_:
            body.append(_LOSS[0])
            open_ = True
        body.append("".join(part.pieces))
    body.append((_LOSS[1] if open_ else "") + (_CUT[1] if cut else ""))
    return body


def to_json(preview: Preview) -> dict[str, Any]:
    """Return a preview as JSON; texts are redacted, positions are those of the original rendering."""
    return {
        "file": printable(preview.file),
        "row": preview.row,
        "model": preview.model,
        "origin": preview.origin,
        "shape": preview.shape,
        "note": preview.note,
        "conversations": [
            {
                "side": side.name or None,
                "path": side.path,
                "failure": side.refused,
                "text": "".join(piece for part in side.parts for piece in part.pieces),
                "tokens": side.tokens,
                "trained": side.trained,
                "max_length": side.limit,
                "roles": {role: {"tokens": t, "trained": n} for role, (t, n) in side.roles.items()},
                "parts": [_part(part) for part in side.parts],
                "cut": side.lost,
                "remarks": list(side.remarks),
            }
            for side in preview.sides
        ],
    }


def _part(part: PreviewPart) -> dict[str, Any]:
    return {
        "role": part.role,
        "loss": part.loss,
        "cut": part.cut,
        "start": part.start,
        "stop": part.stop,
        "tokens": list(part.pieces),
    }


def to_html(preview: Preview) -> str:
    """Return a preview as a page that loads nothing."""
    from datalint.report.html import inert_page, page_environment

    page = page_environment().get_template("preview.html")
    return inert_page(page.render(preview=preview, file=printable(preview.file)))
