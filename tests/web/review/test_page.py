"""The client's page over HTTP: what it shows, and where its forms lead."""

import re
from pathlib import Path

import httpx

from tests.web.review.door import APPROVAL, Door
from tests.web.review.house import ANA, PUBLIC, open_house

IDS = re.compile(r' id="([^"]+)"')
REFERS = re.compile(r'(?: for="| aria-labelledby="| aria-describedby="|href="#)([^"]+)')


async def test_the_page_says_everything_that_is_to_be_decided(door: Door) -> None:
    page = await door.opened()

    assert page.status_code == 200
    for said in (
        "<title>Statement of Work SOW-7, version 1 – Harborlight</title>",
        "Forecasting service, pilot in two regions",
        "Globex Corporation",
        "<strong>180,000.00 USD</strong>",
        "Mon 11 Jan 2027",
        "30 days net.",
        "works until Sat 2 Jan 2027, 14:05 UTC",
        "Accepted when: five nights in a row without a failed import",
        "mailto:dian@harborlight.example?subject=SOW-7",
        "Dian Porter answers by mail to jane@globex.example.",
    ):
        assert said in page.text
    sha256 = door.house.record.versions[0].sha256
    assert sha256 in page.text.replace(" ", "")


async def test_every_id_is_there_once_and_every_reference_leads_to_one(door: Door) -> None:
    await door.sent("ask", {"text": "When?"})
    for page in (
        await door.opened(),
        await door.sent("approve", {}),
        await door.sent("decline", {}),
    ):
        ids = IDS.findall(page.text)
        assert len(ids) == len(set(ids))
        referred = {name for names in REFERS.findall(page.text) for name in names.split()}
        assert referred
        assert referred <= set(ids)


async def test_the_pdf_is_saved_under_its_name(door: Door) -> None:
    answer = await door.opened(f"{door.page}/document.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="SOW-7-v1.pdf"'
    assert answer.content.startswith(b"%PDF-")


async def test_pages_are_pictures(door: Door) -> None:
    answer = await door.opened(f"{door.page}/page/2.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")

    for number in ("0", "99", "1e3", "-1", "9" * 5000):
        assert (await door.opened(f"{door.page}/page/{number}.png")).status_code == 404


async def test_approving_leads_back_to_a_page_that_says_so(door: Door) -> None:
    answer = await door.sent("approve", APPROVAL)

    assert (answer.status_code, answer.headers["location"]) == (303, door.page)
    page = (await door.opened()).text
    assert "Approved by Jane Doe, CFO, on Thu 3 Dec 2026, 14:05 UTC." in page
    assert "/approve" not in page
    assert "/ask" in page
    other = await door.opened(f"/r/{door.house.tom}")
    assert "Approved by Jane Doe, CFO, on" in other.text


async def test_a_double_click_approves_once_and_shows_the_same_page(door: Door) -> None:
    form = APPROVAL | {"seal": await door.seal()}
    answers = [await door.posted("approve", form) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert door.house.actions().count("client_approve") == 1


async def test_errors_stand_at_their_fields_and_what_was_typed_stays(door: Door) -> None:
    answer = await door.sent("approve", {"name": 'Jane "JD" <Doe>'})

    assert answer.status_code == 422
    assert "<title>Error: Statement of Work" in answer.text
    assert 'value="Jane &#34;JD&#34; &lt;Doe&gt;"' in answer.text
    assert 'id="approve-title-error"' in answer.text
    assert 'aria-describedby="approve-title-hint approve-title-error"' in answer.text
    assert answer.text.count(" autofocus") == 1
    assert answer.text.count('aria-invalid="true"') == 2
    assert "client_approve" not in door.house.actions()


async def test_a_reason_that_is_too_long_stays_in_its_open_form(door: Door) -> None:
    reason = "\nLine & line\n" * 300
    answer = await door.sent("changes", {"reason": reason})

    assert answer.status_code == 422
    assert re.search(r"<details open>\s*<summary>Ask for changes", answer.text)
    assert not re.search(r"<details open>\s*<summary>Decline", answer.text)
    assert reason.replace("&", "&amp;") in answer.text
    assert "of at most 3,000 characters." in answer.text


async def test_text_of_people_is_never_markup(door: Door) -> None:
    nasty = '<script>alert(1)</script>\n\n"><img src=x onerror=alert(1)>\n{{ 7*7 }}'
    await door.sent("ask", {"text": nasty})
    page = (await door.opened()).text

    assert "<script" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n\n&#34;&gt;&lt;img src=x" in page
    assert "{{ 7*7 }}" in page


async def test_asking_leads_to_the_questions(door: Door) -> None:
    answer = await door.sent("ask", {"text": "Is travel included?"})
    assert answer.headers["location"] == f"{door.page}#questions"

    door.house.does("answer_client", reason="Yes.\nUp to four trips.", question="1")
    page = (await door.opened()).text
    assert "Jane Doe asked on Thu 3 Dec 2026, 14:05 UTC" in page
    assert "Dian Porter answered on" in page
    assert "Yes.\nUp to four trips." in page


async def test_after_changes_the_old_link_tells_nothing_but_whom_to_ask(door: Door) -> None:
    await door.sent("changes", {"reason": "One region only, please."})
    assert "Changes asked for by Jane Doe on" in (await door.opened()).text
    door.house.drafts_again()

    page = await door.opened()
    assert page.status_code == 200
    assert "There is a newer link" in page.text
    assert "dian@harborlight.example" in page.text
    sha256 = door.house.record.versions[0].sha256
    for secret in ("Globex", "Forecasting", "180,000", "Jane", "region", sha256[:8]):
        assert secret not in page.text
    pdf = await door.opened(f"{door.page}/document.pdf")
    assert (pdf.status_code, pdf.headers["location"]) == (303, door.page)


async def test_on_hold_the_page_says_so_and_nothing_of_the_document(door: Door) -> None:
    await door.sent("ask", {"text": "Is the region of North included?"})
    door.house.does("hold", ANA.user, "Their budget is late.")

    page = await door.opened()
    assert page.status_code == 200
    assert "on hold" in page.text
    assert "dian@harborlight.example" in page.text
    sha256 = door.house.record.versions[0].sha256
    for secret in ("Globex", "Forecasting", "180,000", "budget", "region", sha256[:8], "<form"):
        assert secret not in page.text
    for path in ("document.pdf", "page/1.png"):
        answer = await door.opened(f"{door.page}/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, door.page)


async def test_a_reload_of_a_sent_form_leads_back_to_the_page(door: Door) -> None:
    answer = await door.opened(f"{door.page}/approve")
    assert (answer.status_code, answer.headers["location"]) == (303, door.page)
    assert (await door.opened(f"{door.page}/something")).status_code == 404


async def test_long_documents_show_their_first_pages_and_offer_the_rest(door: Door) -> None:
    door.house.keeps(pages=30)
    first, rest = (await door.opened()).text.split("Show pages 7 to 30")

    assert first.count("<img ") == 6
    assert rest.count("<img ") == 24
    assert 'alt="Page 30 of 30"' in rest


async def test_under_a_path_of_the_public_address_links_lead_there(tmp_path: Path) -> None:
    public = "https://harborlight.example/frontdesk"
    with open_house(tmp_path, public) as house, house.served() as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as http:
            page = await http.get(f"/r/{house.jane}")
    found = set(re.findall(r'(?:href|src|action)="(/[^"]+)"', page.text))
    assert found
    assert all(each.startswith(f"/frontdesk/r/{house.jane}/") for each in found)
