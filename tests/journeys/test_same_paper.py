"""One paper in two files, and answers that stay with the paper they were given for."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.library.models import Reading
from bihuan.matters.models import Matter
from bihuan.people.demo import Cast
from tests.journeys.test_one_loop import FORMS, OFFICE, TITLE, Journey, ago, answered, as_text
from tests.matters.test_views import hidden


def reviewed(journey: Journey, data: bytes, name: str) -> tuple[str, str]:
    """Upload and decide everything; the reading's address and what the upload said."""
    office = journey.client(OFFICE)
    page = office.post("/library/upload", {"files": SimpleUploadedFile(name, data)}).content.decode()
    found = re.search(r"/library/readings/(\d+)", page)
    assert found is not None, page
    address = f"/library/readings/{found[1]}"
    office.post(f"{address}/certain")
    for decide in re.findall(r'value="(\d+ \d+ accepted)"', office.get(address).content.decode()):
        office.post(f"{address}/decide", {"decide": decide})
    return address, page


def test_the_same_paper_in_another_format_makes_no_second_matter(cast: Cast) -> None:
    journey, passed_on = Journey(cast), ago(20)
    journey.take_in(as_text(passed_on), "印发通知.txt")
    address, said = reviewed(journey, FORMS["docx"](passed_on), "印发通知.docx")
    assert "可能与已上传的“印发通知.txt”是同一份文件：标题和发文字号都相同。请先核对，以免重复登记。" in said
    office = journey.client(OFFICE)
    asked = office.get(f"{address}/acceptance")
    (name,) = re.findall(r'name="(q\d+-[^"]+\.same)"', asked.content.decode())[:1]
    shown = office.post(f"{address}/acceptance", {name: "known", "step": "preview"})
    assert f"已登记为{journey.number}，不再登记。" in shown.content.decode()
    office.post(f"{address}/acceptance", {name: "known", "step": "accept", "seen": hidden(shown, "seen")})
    assert Matter.objects.filter(title=TITLE).count() == 1
    assert Reading.objects.filter(state=Reading.ACCEPTED).count() == 2


def test_answers_are_kept_while_one_goes_back_to_the_review(cast: Cast) -> None:
    journey = Journey(cast)
    address, _ = reviewed(journey, as_text(ago(20)), "印发通知.txt")
    office = journey.client(OFFICE)
    answers = answered(office.get(f"{address}/acceptance"))
    left = office.post(f"{address}/acceptance", answers | {"step": "back"})
    assert left.headers["Location"] == address
    assert answered_as_shown(office.get(f"{address}/acceptance").content.decode()) == answers


def answered_as_shown(html: str) -> dict[str, str]:
    """What is selected or ticked among the questions."""
    given = {}
    for name, body in re.findall(r'<select[^>]* name="(q[^"]+)"[^>]*>(.*?)</select>', html, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*\sselected', body)
        given[name] = chosen[1] if chosen else ""
    for tag in re.findall(r'<input[^>]*type="radio"[^>]*>', html):
        name, value = re.search(r' name="(q[^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if " checked" in tag and name and value:
            given[name[1]] = value[1]
    return given
