"""Small workbooks, valid ones and ones with a damaged part or archive."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.workbooks import SHEET, STYLES, TEXTS, sheet_xml, styles_xml, texts_xml, workbook

from .mutate import BINARY, TEXT, mutated
from .tokens import TEXTS as TOKENS

_CELLS: Final = (
    't="s"><v>{}</v>',
    "><v>{}.5</v>",
    's="1"><v>{}</v>',
    't="b"><v>1</v>',
    't="str"><f>A1</f><v/>',
    "><f>A1</f>",
    't="inlineStr"><is><t>{}</t></is>',
)


def workbooks(rng: Random) -> tuple[bytes, bytes]:
    """Return a valid workbook, and a damaged one, or now and then the same."""
    # XML has no control characters.
    texts = ["prompt", "completion", *("".join(filter(str.isprintable, rng.choice(TOKENS)[:2000])) for _ in range(6))]
    rows = ['<c t="s"><v>0</v></c><c t="s"><v>1</v></c>']
    rows += [f"<c {_cell(rng)}</c><c {_cell(rng)}</c>" for _ in range(rng.choice((0, 3, 30)))]
    xml = sheet_xml(
        "".join(f'<row r="{2 * at + 1}">{row}</row>' for at, row in enumerate(rows)), '<mergeCell ref="A5:A9"/>'
    )
    parts = {SHEET: xml.encode(), TEXTS: texts_xml(*texts).encode(), STYLES: styles_xml(0, 14).encode()}
    sheets = {"train": [], "test": [("prompt", "completion"), ("a", "b")]}
    valid = workbook(sheets, parts=parts)
    chosen = rng.random()
    if chosen < 0.6:
        name = rng.choice((SHEET, SHEET, TEXTS))
        return valid, workbook(sheets, parts=parts | {name: mutated(rng, parts[name], TEXT)})
    return valid, mutated(rng, valid, BINARY) if chosen < 0.9 else valid


def _cell(rng: Random) -> str:
    return rng.choice(_CELLS).format(rng.randrange(8))
