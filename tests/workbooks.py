"""Workbooks of Excel, written part by part, so that a test can damage any of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEET: Final = "xl/worksheets/sheet1.xml"
TEXTS: Final = "xl/sharedStrings.xml"
STYLES: Final = "xl/styles.xml"


def sheet_xml(rows: str, after: str = "") -> str:
    """Return the part of a sheet with the XML of its rows, and what stands after them."""
    return f"<worksheet {_MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def texts_xml(*texts: str) -> str:
    """Return the part with shared texts."""
    return f"<sst {_MAIN}>{''.join(f'<si><t>{escape(text)}</t></si>' for text in texts)}</sst>"


def styles_xml(*formats: int | str) -> str:
    """Return the part with the formats of cells, by the number of a built-in one or by a code."""
    codes = {code: 164 + place for place, code in enumerate(formats) if isinstance(code, str)}
    own = "".join(f"<numFmt numFmtId='{number}' formatCode={quoteattr(code)}/>" for code, number in codes.items())
    used = "".join(f"<xf numFmtId='{codes[each] if isinstance(each, str) else each}'/>" for each in formats)
    # Formats of styles stand before those of cells, and are no part of them.
    formats_of = f"<numFmts>{own}</numFmts><cellStyleXfs><xf/></cellStyleXfs><cellXfs>{used}</cellXfs>"
    return f"<styleSheet {_MAIN}>{formats_of}</styleSheet>"


def table_xml(rows: Sequence[Sequence[str]], first: int = 1) -> str:
    """Return the XML of rows of texts, which stand in the cells themselves, from a row of the sheet on."""
    made = []
    for number, row in enumerate(rows, first):
        cells = (
            f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for place, text in enumerate(row)
            if text
        )
        made.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(made)


def workbook(
    sheets: Mapping[str, Sequence[Sequence[str]]] | None = None,
    *,
    hidden: Sequence[str] = (),
    parts: Mapping[str, str | bytes | None] | None = None,
    properties: str = "",
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return a workbook with rows of texts in each sheet; ``parts`` replace others, or with None remove them."""
    sheets = {"Sheet1": []} if sheets is None else sheets
    listed = related = ""
    made: dict[str, str | bytes | None] = {
        "_rels/.rels": f'<Relationships {_PACKAGE}><Relationship Id="r" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    }
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        related += f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        made[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(table_xml(rows))
    for kind, target in (("sharedStrings", "sharedStrings.xml"), ("styles", "/xl/styles.xml")):
        related += f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    made["xl/_rels/workbook.xml.rels"] = f"<Relationships {_PACKAGE}>{related}</Relationships>"
    made["xl/workbook.xml"] = (
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in (made | dict(parts or {})).items():
            if data is not None:
                archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()
