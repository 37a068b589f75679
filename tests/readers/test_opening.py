"""Files as they come: any encoding, any name, and what cannot be read says why."""

from __future__ import annotations

import io
import random
import sys

import pypdfium2
import pytest

from bihuan.readers import CannotOpen, read
from bihuan.readers.opening import open_file
from bihuan.readers.opening.docx import MOST_RATIO
from bihuan.readers.opening.opened import MOST_BYTES
from tests.readers.papers import as_docx, as_html, as_pdf, text_of, zipped

TEXT = text_of("opinion_headings")
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def refusal(data: bytes, name: str = "文件.txt") -> str:
    with pytest.raises(CannotOpen) as caught:
        open_file(data, name)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
def test_text_is_the_same_in_every_encoding(encoding: str) -> None:
    assert open_file(TEXT.encode(encoding), "a.txt").text == TEXT


def test_a_guessed_encoding_is_said() -> None:
    assert open_file(TEXT.encode("gb18030"), "a.txt").warnings == (
        "文件没有注明编码，按 GB18030 读取，请核对文字是否正常。",
    )


def test_big5_is_not_taken_for_gb18030() -> None:
    text = (
        "關於轉送市七屆人大常委會第十五次會議審議意見的通知\n市人民政府，市人民檢察院：請認真研究處理。" * 20
    )
    assert open_file(text.encode("big5"), "a.txt").text == text


def test_a_damaged_byte_is_marked_and_told() -> None:
    data = bytearray(TEXT.encode())
    data[300] = 0xFF
    opened = open_file(bytes(data), "a.txt")
    assert opened.warnings == (
        "按 UTF-8 读取时有"
        + str(opened.text.count("\ufffd"))
        + "处字节无法识别，已标为“\ufffd”，请对照原件核对。",
    )


def test_a_name_that_promises_another_format_only_warns() -> None:
    opened = open_file(as_docx(TEXT), "通知.pdf")
    assert (opened.kind, opened.warnings) == ("docx", ("文件名以 .pdf 结尾，内容其实是DOCX，已按DOCX读取。",))


def test_the_menu_and_footer_of_a_page_are_left_out() -> None:
    lines = open_file(as_html("关于护林的决议\n山林要有人看。"), "a.html").text.split("\n")
    assert lines == ["关于护林的决议", "山林要有人看。"]


def test_a_pdf_gives_its_lines_their_pages_and_no_page_numbers() -> None:
    opened = open_file(as_pdf("\n".join(f"第{n}行“引文”，" for n in range(90))), "a.pdf")
    assert [opened.text[line.start : line.end] for line in opened.lines] == [
        f"第{n}行“引文”，" for n in range(90)
    ]
    assert [line.page for line in opened.lines] == sorted(line.page or 0 for line in opened.lines)
    assert opened.lines[-1].page in (2, 3)


def test_deleted_words_of_tracked_changes_do_not_count_and_inserted_ones_do() -> None:
    body = (
        "<w:p><w:r><w:t>两</w:t></w:r><w:del><w:r><w:delText>三</w:delText><w:t>三</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>个月</w:t></w:r></w:ins></w:p>"
    )
    assert open_file(zipped({"word/document.xml": WORD % body.encode()}), "a.docx").text == "两个月"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "无法读取：文件是空的。请确认选对了文件，或重新导出后再上传。"),
        (
            " \n\u3000".encode(),
            "无法读取：文件里没有文字。请确认上传的是正式文本，而不是空白文件或只含图片的文件。",
        ),
        (b"\x89PNG\r\n", "无法读取：这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
        (b"PK\x03\x04broken", "无法读取：文件已损坏（压缩结构不完整）。请重新导出或重新下载后再上传。"),
        (zipped({"照片.jpg": b"x"}), "无法读取：这是压缩包。请解压后逐个上传其中的文件。"),
        (
            zipped({"word/document.xml": b"<w:doc"}),
            "无法读取：这个 Word 文件已损坏（正文格式有误）。请用 Word 或 WPS 打开后重新另存为 DOCX 再上传。",
        ),
        (b"%PDF-1.7\nbroken", "无法读取：这个 PDF 文件已损坏或不完整。请重新导出或重新扫描后再上传。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "无法读取：文件设有密码。请去掉密码后再上传。",
        ),
    ],
)
def test_what_cannot_be_read_says_what_why_and_what_now(data: bytes, said: str) -> None:
    assert refusal(data) == said


def test_a_huge_file_is_refused_unread() -> None:
    assert refusal(b"x" * (MOST_BYTES + 1)).startswith("无法读取：文件有50.0 MB，超过50 MB 的上限。")


def test_a_zip_bomb_is_refused_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"0" * (MOST_RATIO * 50_000)})
    assert (
        refusal(bomb)
        == "无法读取：文件解压后异常庞大，疑似恶意压缩包，已停止读取。请另存为普通文件后再上传。"
    )


def test_an_external_entity_is_refused() -> None:
    xml = (
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + WORD % b"<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"
    )
    assert refusal(zipped({"word/document.xml": xml})).startswith("无法读取：这个 Word 文件引用了外部实体")


def test_a_scanned_pdf_asks_for_text_recognition() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    assert refusal(out.getvalue()).startswith("无法读取：这个 PDF 只有扫描图像，没有文字。")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with bytes flipped, cut out, repeated, swapped or its end missing."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 40))):
        at = rng.randrange(len(out) or 1)
        to = min(len(out), at + rng.randrange(1, 60))
        match rng.randrange(5):
            case 0:
                out[at:to] = rng.randbytes(to - at)
            case 1:
                del out[at:to]
            case 2:
                out[at:at] = out[at:to] * rng.choice((1, 3, 60))
            case 3:
                middle = (at + to) // 2
                out[at:to] = out[middle:to] + out[at:middle]
            case _:
                if rng.random() < 0.1:
                    del out[max(at, 1) :]
    return bytes(out)


def test_no_bytes_whatever_crash_the_reader() -> None:
    rng = random.Random(20250620)
    papers = [text_of(name).encode() for name in ("bundle_wrapped", "resolution_duties", "opinion_headings")]
    papers += [text_of("notice_two_annexes").encode("gb18030"), as_html(TEXT), as_docx(TEXT), as_pdf(TEXT)]
    for _ in range(500):
        data = mutated(rng.choice(papers), rng)
        try:
            reading = read(data, "a.txt")
        except CannotOpen:
            assert refusal(data).startswith("无法读取：")
            continue
        for fact in reading.facts:
            assert 0 <= fact.start < fact.end <= len(reading.opened.text)


@pytest.mark.parametrize(
    "piece",
    [
        "一是",
        "关于",
        "“",
        "《",
        "由市政府",
        "（一）",
        "2个月内，",
        "会议要求，",
        "送交报",
        "附件1\n",
        "的情况和",
    ],
)
def test_a_long_run_of_one_wording_takes_no_more_than_its_share(piece: str) -> None:
    """Steps are counted, not seconds: twice the text may cost at most about three times the calls."""
    head = (
        "关于护林的审议意见\n（2025年1月3日临溪县第十八届人民代表大会常务委员会第一次会议通过）\n会议要求，"
    )

    def calls(count: int) -> int:
        made = 0

        def profile(frame, event, argument) -> None:
            nonlocal made
            made += 1

        data = (head + piece * count).encode()
        sys.setprofile(profile)
        try:
            read(data, "a.txt")
        finally:
            sys.setprofile(None)
        return made

    calls(10)
    assert calls(2000) <= 3 * calls(1000) + 2000
