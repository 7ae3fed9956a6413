from hashlib import sha256

import pytest

from bot.ports.documents import DocumentRenderer, NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from tests.integrations.documents.reading_pdf import rightmost, size_of, sizes, squeezed, words
from tests.integrations.documents.samples import DATA, INVOICE, SOW

RENDERER: DocumentRenderer = TypstRenderer()


def test_a_template_is_known_by_its_source_and_says_what_it_requires() -> None:
    template = template_of("sow", 3, "#let x = 1\n// required: client, prices\nHello")

    assert template.version == 3
    assert template.required == ("client", "prices")
    assert template.sha256 == sha256(template.source.encode()).hexdigest()
    assert template_of("sow", 3, "Hello").required == ()


def test_there_is_no_template_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        RENDERER.shipped("style")


@pytest.mark.parametrize("key", DATA)
def test_each_template_prints_everything_that_it_is_given(key: str) -> None:
    text = words(RENDERER.pdf(RENDERER.shipped(key), DATA[key]))

    missing = [said for said in _texts(DATA[key]) if squeezed(said) not in text]
    assert missing == []


def _texts(value: object, name: str = "") -> list[str]:
    """Every line of text in the data that a page shows as it is."""
    match value:
        case dict():
            return [text for key, each in value.items() for text in _texts(each, key)]
        case list():
            return [text for each in value for text in _texts(each, name)]
        case str() if name not in {"issued_at", "paper", "fee", "company"}:
            return [part.strip("- ") for line in value.split("\n") for part in line.split(" | ")]
        case _:
            return []


@pytest.mark.parametrize("key", DATA)
def test_each_template_does_with_what_it_requires_alone(key: str) -> None:
    template = RENDERER.shipped(key)
    bare = {name: DATA[key][name] for name in template.required}

    assert template.version == 0
    assert sizes(RENDERER.pdf(template, bare))


def test_what_is_required_is_named_before_anything_is_made() -> None:
    with pytest.raises(NotRendered, match="“sow” needs client, prices"):
        RENDERER.pdf(RENDERER.shipped("sow"), SOW | {"client": "", "prices": []})


def test_a_statement_of_work_has_its_sections_and_its_marks() -> None:
    pdf = RENDERER.pdf(RENDERER.shipped("sow"), SOW)
    text = words(pdf)

    for section in ("1Parties", "5Timeline", "6Fees", "8Assumptions", "9Signatures"):
        assert section in text
    assert "SOW-7·Version2" in text
    assert "Page2of3" in text
    assert "DRAFT" in text
    assert sizes(pdf) == [(595, 842)] * 3


def test_a_section_without_words_is_left_out_and_paper_is_a_choice() -> None:
    less = SOW | {"draft": False, "background": "", "milestones": [], "start": "", "end": ""}

    pdf = RENDERER.pdf(RENDERER.shipped("sow"), less | {"paper": "us-letter"})

    assert "2Scope" in words(pdf)
    assert "Timeline" not in words(pdf)
    assert "DRAFT" not in words(pdf)
    assert set(sizes(pdf)) == {(612, 792)}


def test_who_has_signed_stands_under_the_document() -> None:
    signed = {"name": "Homer Example", "title": "Chief Executive", "date": "30 November 2026"}

    text = words(RENDERER.pdf(RENDERER.shipped("sow"), SOW | {"client_signature": signed}))

    assert "HomerExample" in text
    assert "30November2026" in text


def test_an_invoice_is_one_page_and_names_no_account_unless_told() -> None:
    template = RENDERER.shipped("invoice")
    told, untold = (
        RENDERER.pdf(template, data) for data in (INVOICE, INVOICE | {"payment_details": ""})
    )

    assert "Howtopay" in words(told)
    assert "Howtopay" not in words(untold)
    assert len(sizes(told)) == 1


def test_a_report_is_a_picture_for_a_message() -> None:
    (picture,) = RENDERER.pictures(RENDERER.shipped("report"), DATA["report"])

    assert size_of(picture)[0] == 1200


def test_the_same_data_make_the_same_bytes_whatever_their_order() -> None:
    template = RENDERER.shipped("sow")
    backwards = dict(reversed(SOW.items()))

    first, second = RENDERER.pdf(template, SOW), TypstRenderer().pdf(template, backwards)
    later = RENDERER.pdf(template, SOW | {"issued_at": "2026-11-21T10:00:01+00:00"})

    assert sha256(first).hexdigest() == sha256(second).hexdigest()
    assert first != later


def test_an_instant_that_is_none_is_refused() -> None:
    with pytest.raises(NotRendered, match="“yesterday” is no instant"):
        RENDERER.pdf(RENDERER.shipped("sow"), SOW | {"issued_at": "yesterday"})


HOSTILE = [
    '#read("/etc/passwd")',
    "$x^2$ and *bold* and _emphasis_ and `code`",
    "@reference <label> // comment /* no comment */",
    "back\\slash \\# ] [ } { ) ( = - + / ~ ---",
    "#set page(fill: red)",
    "https://globex.example/a?b=c#d",
    "Zoë Ωmega Łódź Яна",
]


def test_no_text_is_ever_markup() -> None:
    data = SOW | {"title": HOSTILE[0], "client": HOSTILE[1], "assumptions": HOSTILE}

    text = words(RENDERER.pdf(RENDERER.shipped("sow"), data | {"scope": "\n\n".join(HOSTILE)}))

    for hostile in HOSTILE:
        assert text.count(squeezed(hostile)) >= 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nothing\x00 at\x07 all\x1b", "nothingatall"),
        ("half \ud83d of a character", "ofacharacter"),
        ("1\u202e00 USD", "100USD"),
        ("שלום to you", "שלוםtoyou"),
        ("before 田中さん after", "after"),
        ("before 😀 after", "after"),
        ("first\r\nsecond", "firstsecond"),
    ],
)
def test_no_character_stops_a_document(typed: str, shown: str) -> None:
    assert shown in words(RENDERER.pdf(template_of("t", 1, _SAYS), {"said": typed}))


_SAYS = "#json(bytes(sys.inputs.data)).said"


def test_ten_thousand_letters_without_a_space_stay_on_the_paper() -> None:
    long = SOW | {"scope": "x" * 10_000, "client": "W" * 300, "prices": [_price("q" * 500)]}

    pdf = RENDERER.pdf(RENDERER.shipped("sow"), long)

    assert words(pdf).count("x") >= 10_000
    assert words(pdf).count("W" * 300) >= 2
    assert rightmost(pdf) < 0.95


def _price(text: str) -> dict[str, str]:
    return {"text": text, "quantity": "1", "unit_price": "1.00", "amount": "1.00"}


def test_thirty_pages_of_scope_and_two_hundred_lines_of_each_list_are_no_trouble() -> None:
    paragraph = "Harborlight designs, builds and hands over an analytics platform. " * 8
    long = SOW | {
        "scope": "\n\n".join([paragraph] * 180),
        "prices": [_price(f"Line {number}") for number in range(200)],
        **{name: SOW[name] * 100 for name in ("deliverables", "milestones", "assumptions")},
    }

    pdf = RENDERER.pdf(RENDERER.shipped("sow"), long)

    assert len(sizes(pdf)) > 40
    assert "Line199" in words(pdf)
    assert words(pdf).count("ItemQuantityUnitpriceAmount") > 3
