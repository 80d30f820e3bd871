"""Reading documents of every supported encoding and format, and refusing the others clearly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import cidfonts, pdfmetrics
from reportlab.pdfgen import canvas

from knowledge.importer import sources
from knowledge.importer.errors import DocumentError
from knowledge.importer.sources import read_source
from tests.importer.helpers import outline_of, shape

_TEXT = (
    "青山镇2024年工作要点\r\n\r\n一、修路\r\n1.村路。修9里，投资１２万元。\r\n2.桥。修1座。\r\n"
)


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gbk", b""),
        ("gb18030", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_text_is_read_as_it_is_in_every_usual_encoding(
    tmp_path: Path, encoding: str, mark: bytes, suffix: str
) -> None:
    path = _write(tmp_path / f"计划{suffix}", mark + _TEXT.encode(encoding))
    assert read_source(path).text == _TEXT


def test_gb18030_keeps_rare_characters(tmp_path: Path) -> None:
    text = _TEXT.replace("青山", "㵲\U00020000")
    path = _write(tmp_path / "a.txt", text.encode("gb18030"))
    assert read_source(path).text == text


def test_a_page_is_read_without_its_scripts_and_with_its_list_numbers(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>要点</title>
    <style>p {color: red}</style></head><body><nav><a>首页</a> &gt;&gt; <a>公告</a></nav>
    <h1>青山镇2024年工作要点</h1><!-- 注 --><script>var a = "一、";</script>
    <h2>一、修路</h2><p>1.<b>村路</b>。修<span>9</span>里。<br>  投资12万元。</p>
    <p>2.桥。修1座。</p>
    <h2>二、植树</h2><table><tr><td>3.荒山。</td><td>种500棵。</td></tr></table>
    <ol start="4"><li>公园。种20棵。</li><li>学校。种9棵。</li></ol></body></html>"""
    text = read_source(_write(tmp_path / "a.html", page.encode())).text
    assert text == (
        "首页 >> 公告\n\n# 青山镇2024年工作要点\n\n一、修路\n\n1.村路。修9里。\n投资12万元。\n\n"
        "2.桥。修1座。\n\n二、植树\n\n3.荒山。\t种500棵。\n\n4. 公园。种20棵。\n5. 学校。种9棵。\n"
    )
    assert len(outline_of(text).tasks) == 5


def _numbered(document: Any, levels: Sequence[tuple[str, str]]) -> str:
    """Add a list definition with (form, text) levels to the document; return its number."""
    root = document.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    space = nsdecls("w")
    first = root.find(qn("w:num"))
    first.addprevious(
        parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{body}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _paragraph(document: Any, text: str, number: str, depth: int) -> None:
    paragraph = document.add_paragraph(text)
    place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().val = depth
    place.get_or_add_numId().val = int(number)


def test_a_word_file_keeps_its_automatic_numbers_and_the_order_of_its_tables(
    tmp_path: Path,
) -> None:
    document = Document()
    document.add_paragraph("青山镇2024年工作要点")
    number = _numbered(document, [("chineseCounting", "%1、"), ("decimal", "%2.")])
    _paragraph(document, "修路", number, 0)
    _paragraph(document, "村路。修9里。", number, 1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["事项", "数量", "石料", "3吨"],
        strict=True,
    ):
        cell.text = text
    _paragraph(document, "桥。修1座。", number, 1)
    _paragraph(document, "植树", number, 0)
    _paragraph(document, "荒山。种500棵。", number, 1)
    path = tmp_path / "a.docx"
    document.save(str(path))
    text = read_source(path).text
    assert text == (
        "青山镇2024年工作要点\n一、修路\n1.村路。修9里。\n事项\t数量\n石料\t3吨\n2.桥。修1座。\n二、植树\n"
        "1.荒山。种500棵。\n"
    )
    assert shape(outline_of(text)) == [(1, 1, "村路"), (1, 2, "桥"), (2, 1, "荒山")]


def test_a_word_file_is_read_with_insertions_and_without_deletions(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("1.修路")
    for tag, inner, words in (("w:ins", "w:t", "9里"), ("w:del", "w:delText", "8里")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read_source(path).text == "1.修路9里\n"


def test_headings_of_a_word_file_without_numbers_are_marked(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("青山镇2024年工作要点", style="Title")
    document.add_heading("修路", 1)
    document.add_paragraph("1.村路。修9里。")
    document.add_heading("植树", 1)
    document.add_paragraph("2.荒山。种500棵。")
    document.add_heading("三、其他", 1)
    path = tmp_path / "a.docx"
    document.save(str(path))
    text = read_source(path).text
    assert text.splitlines()[::2] == [
        "# 青山镇2024年工作要点",
        "1.村路。修9里。",
        "2.荒山。种500棵。",
    ]
    assert text.splitlines()[1::2] == ["# 修路", "# 植树", "三、其他"]


def test_numbers_of_a_paragraph_style_are_kept(tmp_path: Path) -> None:
    document = Document()
    for text in ("修路。修9里。", "修桥。修1座。"):
        document.add_paragraph(text, style="List Number")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read_source(path).text == "1.修路。修9里。\n2.修桥。修1座。\n"


def _pdf(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    # reportlab has no types.
    fonts, metrics, pages_of = cast("tuple[Any, Any, Any]", (cidfonts, pdfmetrics, canvas))
    metrics.registerFont(fonts.UnicodeCIDFont("STSong-Light"))
    sheet = pages_of.Canvas(str(path), pagesize=A4)
    for lines in pages:
        sheet.setFont("STSong-Light", 12)
        for row, line in enumerate(lines):
            sheet.drawString(72, 780 - 20 * row, line)
        sheet.showPage()
    sheet.save()
    return path


def test_a_pdf_is_read_with_its_paragraphs_joined_and_without_page_numbers(tmp_path: Path) -> None:
    path = _pdf(
        tmp_path / "a.pdf",
        [
            [
                "青山镇2024年工作要点",
                "一、修路",
                "1.村路。全年计划修建通往各个村庄的水泥道路一共九里并且要在雨季到来",
                "之前完成全部工程的验收同时还要修好道路两旁的排水沟渠和护栏并且按照",
                "要求设置安全标志。",
                "- 1 -",
            ],
            ["2.桥。修1座。", "二、植树", "3.荒山。种500棵。", "- 2 -"],
        ],
    )
    source = read_source(path)
    assert source.text.splitlines()[2] == (
        "1.村路。全年计划修建通往各个村庄的水泥道路一共九里并且要在雨季到来"
        "之前完成全部工程的验收同时还要修好道路两旁的排水沟渠和护栏并且按照要求设置安全标志。"
    )
    assert shape(outline_of(source.text)) == [(1, 1, "村路"), (1, 2, "桥"), (2, 3, "荒山")]
    assert source.warnings == ("读取时略去了2行页码或页眉页脚：- 1 -、- 2 -",)


def test_a_page_without_text_is_named(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "a.pdf", [["1.村路。修9里。", "2.桥。修1座。"], []])
    assert read_source(path).warnings == ("第2页没有文字（可能是扫描图片），未能读取",)


def test_each_thing_that_can_be_wrong_has_its_message(tmp_path: Path) -> None:
    blank = _pdf(tmp_path / "scan.pdf", [[]])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank.read_bytes())))
    writer.encrypt("geheim", algorithm="RC4-128")
    locked = tmp_path / "locked.pdf"
    writer.write(locked)
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("other.xml", "<a/>")
    cases = {
        tmp_path / "none.txt": "找不到文件",
        tmp_path: "这是一个文件夹",
        _write(tmp_path / "empty.txt", b""): "文件是空的",
        _write(tmp_path / "white.txt", b"\xef\xbb\xbf \n\t"): "文件是空的",
        _write(
            tmp_path / "image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0"
        ): "不是文本文件",
        _write(tmp_path / "old.doc", b"\xd0\xcf\x11\xe0"): "不支持这种文件",
        _write(tmp_path / "cut.docx", b"PK\x03\x04abc"): "无法读取这个 Word 文件",
        _write(tmp_path / "other.docx", broken.getvalue()): "无法读取这个 Word 文件",
        _write(tmp_path / "locked.docx", b"\xd0\xcf\x11\xe0abc"): "Word 文件有密码保护",
        _write(tmp_path / "cut.html", b"<p>1.a</p><![foo x]>"): "无法读取这个网页文件",
        _write(tmp_path / "deep.html", b"<b>" * 5000 + b"1.a"): "无法读取这个网页文件",
        _write(tmp_path / "cut.pdf", b"%PDF-1.7\nabc"): "无法读取这个 PDF 文件",
        blank: "可能是扫描件",
        locked: "PDF 有密码保护",
    }
    for path, message in cases.items():
        with pytest.raises(DocumentError, match=message):
            read_source(path)


def test_a_file_over_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(sources.LIMIT_MB * 1024 * 1024 + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(DocumentError, match="上限是20 MB"):
        read_source(path)


def test_a_word_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("1.修路。修9里。")
    path = tmp_path / "a.docx"
    document.save(str(path))
    data = path.read_bytes()
    for share in range(1, 10):
        path.write_bytes(data[: len(data) * share // 10])
        with pytest.raises(DocumentError, match="无法读取这个 Word 文件"):
            read_source(path)
