"""A stand-in for the quarterly return of a local SEND reform plan: a form with all that a form can be given in Excel.

DfE's own is not public. What is public of it stands here: the sheet Cover whose B13 begins with the authority's three
digits, the sheet Quarterly Return Template whose B5 is like `2026-27 Quarterly Data`, an empty column A, and row names
in column B. Everything is written as XML, so that the form also has what openpyxl would not write.
"""

# ruff: noqa: E501 — XML, a line for what Excel writes as one

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

COVER, QUARTERLY, LISTS = "Cover", "Quarterly Return Template", "Lists"
MONTHS = "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()
COLUMNS = "CDEFGHIJKLMN"

# The styles by their place in cellXfs.
PLAIN, TITLE, HEADING, LABEL, NUMBER, PERCENT, DATE, THOUSANDS, TEXT, LOCKED, TOTAL = range(11)

_STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="d\\ mmmm\\ yyyy"/><numFmt numFmtId="165" formatCode="&quot;£&quot;#,##0&quot;k&quot;"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Arial"/><family val="2"/></font>
<font><b/><sz val="16"/><color rgb="FF12436D"/><name val="Arial"/><family val="2"/></font>
<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Arial"/><family val="2"/></font></fonts>
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF12436D"/><bgColor indexed="64"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFF3F2F1"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
<border><left style="thin"><color rgb="FF505A5F"/></left><right style="thin"><color rgb="FF505A5F"/></right><top style="thin"><color rgb="FF505A5F"/></top><bottom style="thin"><color rgb="FF505A5F"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="11">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1"/>
<xf numFmtId="0" fontId="0" fillId="3" borderId="1" xfId="0" applyFill="1"/>
<xf numFmtId="3" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyProtection="1"><protection locked="0"/></xf>
<xf numFmtId="10" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyProtection="1"><protection locked="0"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="0" fontId="0" fillId="3" borderId="1" xfId="0"/>
<xf numFmtId="3" fontId="0" fillId="3" borderId="1" xfId="0" applyNumberFormat="1"/>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs>
</styleSheet>"""


_BOLD = '<rPr><b/><sz val="11"/><rFont val="Arial"/></rPr>'


class Strings:
    """The texts that cells share, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def text(self, text: str) -> int:
        return self.rich(f'<si><t xml:space="preserve">{escape(text)}</t></si>')

    def rich(self, xml: str) -> int:
        return self._numbers.setdefault(xml, len(self._numbers))

    def part(self) -> str:
        count = len(self._numbers)
        return f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{"".join(self._numbers)}</sst>'


def _cell(at: str, style: int, inside: str = "", kind: str = "") -> str:
    told = f' t="{kind}"' if kind else ""
    return f'<c r="{at}" s="{style}"{told}>{inside}</c>' if inside else f'<c r="{at}" s="{style}"/>'


class _Rows:
    """The cells of a sheet, row by row."""

    def __init__(self, strings: Strings) -> None:
        self._strings = strings
        self._rows: dict[int, dict[str, str]] = {}

    def put(self, at: str, xml: str) -> None:
        letters = at.rstrip("0123456789")
        self._rows.setdefault(int(at[len(letters) :]), {})[letters] = xml

    def text(self, at: str, style: int, text: str) -> None:
        self.put(at, _cell(at, style, f"<v>{self._strings.text(text)}</v>", "s"))

    def rich(self, at: str, style: int, *runs: tuple[bool, str]) -> None:
        told = "".join(
            f'<r>{_BOLD if bold else ""}<t xml:space="preserve">{escape(text)}</t></r>' for bold, text in runs
        )
        self.put(at, _cell(at, style, f"<v>{self._strings.rich(f'<si>{told}</si>')}</v>", "s"))

    def formula(self, at: str, style: int, formula: str, saved: str, kind: str = "") -> None:
        self.put(at, _cell(at, style, f"<f>{escape(formula)}</f><v>{escape(saved)}</v>", kind))

    def blank(self, at: str, style: int) -> None:
        self.put(at, _cell(at, style))

    def xml(self) -> str:
        written = []
        for number, cells in sorted(self._rows.items()):
            ordered = sorted(cells.items(), key=lambda each: (len(each[0]), each[0]))
            written.append(f'<row r="{number}">{"".join(xml for _, xml in ordered)}</row>')
        return f"<sheetData>{''.join(written)}</sheetData>"


def _cover(strings: Strings) -> str:
    rows = _Rows(strings)
    rows.text("B2", TITLE, "Local SEND reform plan: quarterly return")
    told = {
        4: ("Local authority", TEXT, "{{ authority }}"),
        5: ("Financial year", TEXT, "{{ financial_year }}"),
        6: ("Reporting point", TEXT, "{{ update }}"),
        7: ("Data as at", DATE, "{{ data_as_at }}"),
        8: ("Submitted", DATE, "{{ submitted }}"),
        9: ("Is the plan on track this year?", TEXT, "{{ questions['in-year'].answer }}"),
        10: (
            "Cumulative deficit this year (£000)",
            THOUSANDS,
            "{{ finance('Mitigated', 'Cumulative deficit', 'this year') }}",
        ),
        11: ("Chief finance officer", TEXT, "{{ contacts['S151 Officer'].job_title }}"),
    }
    for number, (label, style, tag) in told.items():
        rows.text(f"B{number}", LABEL, label)
        rows.text(f"C{number}", style, tag)
    rows.rich("B13", TEXT, (False, "{{ authority_"), (True, "code }} "), (False, "{{ authority }}"))
    rows.formula("C13", LOCKED, 'IF(LEN(C4)=0,"not filled in","filled in")', "not filled in", "str")
    rows.text("B15", TEXT, "Signed off by {{ approvals['S151 Officer'].name }}")
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><sheetPr><tabColor rgb="FF12436D"/></sheetPr>'
        '<dimension ref="B2:C15"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/>'
        '<cols><col min="1" max="1" width="3" customWidth="1"/><col min="2" max="3" width="46" customWidth="1"/></cols>'
        f"{rows.xml()}"
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="C9">'
        "<formula1>YesNo</formula1></dataValidation></dataValidations>"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9"/>'
        "<headerFooter><oddFooter>&amp;LQuarterly return&amp;RPage &amp;P</oddFooter></headerFooter></worksheet>"
    )


METRICS = {
    "Plans maintained": ("EHCP", NUMBER, ""),
    "Requests for assessment": ("Requests", NUMBER, ""),
    "Plans issued within 20 weeks": ("Timeliness", PERCENT, ""),
    "Spend on placements (£000)": ("Placements", THOUSANDS, " | pounds('k', 0)"),
}


def _quarterly(strings: Strings) -> str:
    rows = _Rows(strings)
    rows.text("B2", TITLE, "Quarterly return")
    rows.text("B5", TEXT, "{{ financial_year }} Quarterly Data")
    rows.text("B7", HEADING, "Measure")
    for letter, month in zip(COLUMNS, MONTHS, strict=True):
        rows.text(f"{letter}7", HEADING, month)
    rows.text("O7", HEADING, "Year to date")
    for row, (label, (metric, style, behind)) in enumerate(METRICS.items(), 8):
        rows.text(f"B{row}", LABEL, label)
        for letter, month in zip(COLUMNS, MONTHS, strict=True):
            rows.text(f"{letter}{row}", style, f"{{{{ actual('{metric}', '{month}'){behind} }}}}")
        if row in (9, 11):
            rows.formula(f"O{row}", TOTAL, f"SUM(C{row}:N{row})", "0")
    rows.text("B13", LABEL, "Requests in the year's first half")
    rows.formula("C13", TOTAL, "SUM(C9:H9)", "0")
    rows.text("B14", LABEL, "The same, for each plan")
    rows.formula("C14", PERCENT, "IF(H8=0,0,C13/H8)", "0")
    rows.text("B15", LABEL, "Returns asked for in a year")
    rows.formula("C15", LOCKED, "COUNTA(Lists!B1:B4)", "4")
    for column, heading in zip(
        "BCDEF", ("Measure of the plan", "This quarter", "Last quarter", "Level", "Why"), strict=True
    ):
        rows.text(f"{column}17", HEADING, heading)
    for column, field, style in (
        ("B", "measure", LABEL),
        ("C", "this_quarter", NUMBER),
        ("D", "last_quarter", NUMBER),
        ("E", "level", TEXT),
        ("F", "why", TEXT),
    ):
        rows.text(f"{column}18", style, f"{{{{ sheets.reform_measures.{field} }}}}")
        for row in range(19, 24):
            rows.blank(f"{column}{row}", style)
    rows.text("B24", LABEL, "Total")
    rows.formula("C24", TOTAL, "SUM(C18:C23)", "0")
    rows.text("B26", TEXT, "In {{ actual('EHCP') }} plans, {{ actual('Timeliness') }} came in time.")
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        '<dimension ref="B2:O26"/><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="2" ySplit="7" topLeftCell="C8" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
        '<cols><col min="1" max="1" width="2" customWidth="1"/><col min="2" max="2" width="38" customWidth="1"/>'
        '<col min="3" max="15" width="12" customWidth="1"/></cols>'
        f"{rows.xml()}"
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0"/>'
        '<conditionalFormatting sqref="C10:N10"><cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan">'
        "<formula>0.5</formula></cfRule></conditionalFormatting>"
        '<dataValidations count="1"><dataValidation type="decimal" operator="greaterThanOrEqual" allowBlank="1" '
        'showErrorMessage="1" error="Enter a number" sqref="C8:N9"><formula1>0</formula1></dataValidation></dataValidations>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><legacyDrawing r:id="rId1"/>'
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        f'xmlns:x14="{X14}"><x14:dataValidations count="1" xmlns:xm="{XM}">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$B$1:$B$4</xm:f></x14:formula1>'
        "<xm:sqref>E18:E23</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )


def _lists(strings: Strings) -> str:
    rows = _Rows(strings)
    for row, words in enumerate((("Yes", "Blue"), ("No", "Green"), ("", "Amber"), ("", "Red")), 1):
        for letter, word in zip("AB", words, strict=True):
            if word:
                rows.text(f"{letter}{row}", PLAIN, word)
    rows.formula("D1", PLAIN, "LEN(A1)", "3")
    return f'<worksheet xmlns="{MAIN}">{rows.xml()}</worksheet>'


def parts() -> dict[str, str | bytes]:
    """The form's parts by their names."""
    strings = Strings()
    sheets = [_cover(strings), _quarterly(strings), _lists(strings)]
    overrides = {
        "/xl/workbook.xml": f"{_KIND}.sheet.main+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{_KIND}.worksheet+xml" for n in (1, 2, 3)},
        "/xl/styles.xml": f"{_KIND}.styles+xml",
        "/xl/sharedStrings.xml": f"{_KIND}.sharedStrings+xml",
        "/xl/calcChain.xml": f"{_KIND}.calcChain+xml",
        "/xl/comments1.xml": f"{_KIND}.comments+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    chain = "".join(f'<c r="{at}" i="{n}"/>' for at, n in (("C13", 1), ("O9", 2), ("O11", 2), ("C13", 2), ("C14", 2), ("C15", 2), ("C24", 2), ("D1", 3)))  # fmt: skip
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    made: dict[str, str] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>{told}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PARTS}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr defaultThemeVersion="166925"/>'
        '<workbookProtection lockStructure="1"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" '
        'windowHeight="12000"/></bookViews><sheets>'
        f'<sheet name="{COVER}" sheetId="1" r:id="rId1"/><sheet name="{QUARTERLY}" sheetId="2" r:id="rId2"/>'
        f'<sheet name="{LISTS}" sheetId="3" state="hidden" r:id="rId3"/></sheets>'
        f"<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">'{QUARTERLY}'!$7:$7</definedName>"
        '<definedName name="YesNo">Lists!$A$1:$A$2</definedName></definedNames><calcPr calcId="191029"/></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PARTS}">'
        + "".join(f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2, 3))
        + f'<Relationship Id="rId4" Type="{LINKS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId5" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId6" Type="{LINKS}/calcChain" Target="calcChain.xml"/></Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
        "xl/worksheets/_rels/sheet2.xml.rels": f'<Relationships xmlns="{PARTS}"><Relationship Id="rId1" '
        f'Type="{LINKS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" '
        f'Type="{LINKS}/comments" Target="../comments1.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": strings.part(),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">{chain}</calcChain>',
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>Guidance</author></authors><commentList>'
        '<comment ref="B8" authorId="0"><text><r><t>Count each plan once.</t></r></text></comment></commentList></comments>',
        "docProps/core.xml": "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Quarterly return</dc:title></cp:coreProperties>',
    }  # fmt: skip
    written: dict[str, str | bytes] = {name: head + part for name, part in made.items()}
    written["xl/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
        'o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><x:ClientData ObjectType="Note">'
        "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>2,15,7,2,4,31,10,1</x:Anchor><x:AutoFill>False</x:AutoFill>"
        "<x:Row>7</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>"
    )
    return written


def packed(made: Mapping[str, str | bytes]) -> bytes:
    """The parts as a file, the same bytes each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in made.items():
            info = zipfile.ZipInfo(name, (2026, 4, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return file.getvalue()


def template() -> bytes:
    """The form as its pack holds it."""
    return packed(parts())
