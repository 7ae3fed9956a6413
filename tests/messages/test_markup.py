from datetime import date, datetime, timedelta, timezone

import pytest

from messages.filters import FILTERS, day, link, moment, money, people, person, printed, words
from messages.markup import BadMarkup, Marked, fallback, marked, parse, rich_text
from workflows.money import Money

NOON = datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=1)))


def blocks(markup: str) -> list[dict[str, object]]:
    return rich_text(parse(Marked(markup)))


def text(markup: str, limit: int = 1000) -> str:
    return fallback(parse(Marked(markup)), limit)


def test_tags_and_tokens_become_rich_text() -> None:
    markup = f"<b>Who:</b> {person('U1')} on <#C1> {moment(NOON)}"
    date_of = {
        "type": "date",
        "timestamp": 1772452800,
        "format": "{date_short_pretty} at {time}",
        "fallback": "2 Mar 2026, 12:00 UTC",
    }
    elements = [
        {"type": "text", "text": "Who:", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " on "},
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " "},
        date_of,
    ]
    section = {"type": "rich_text_section", "elements": elements}
    assert blocks(markup) == [{"type": "rich_text", "elements": [section]}]
    assert text(markup) == (
        "Who: <@U1> on <#C1> <!date^1772452800^{date_short_pretty} at {time}|2 Mar 2026, 12:00 UTC>"
    )


def test_headings_and_quotations_stand_apart() -> None:
    drawn = blocks("<h>SOW-7 &amp; more</h>\nShe said:\n<quote>one\ntwo</quote>\n\nend")
    assert drawn[0] == {
        "type": "header",
        "text": {"type": "plain_text", "text": "SOW-7 & more", "emoji": False},
    }
    forms = [each["type"] for each in drawn[1]["elements"]]  # type: ignore[attr-defined]
    assert forms == ["rich_text_section", "rich_text_quote", "rich_text_section"]
    assert text("<h>A</h>b<quote>c</quote>") == "A\nb\nc"


@pytest.mark.parametrize(
    "typed", ["<!channel>", "<@U1>", "<http://x.example|y>", "&lt;b&gt;", "*_~`"]
)
def test_what_a_person_typed_is_shown_as_typed(typed: str) -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": typed}]}
    assert blocks(marked(typed)) == [{"type": "rich_text", "elements": [section]}]
    assert "<" not in text(marked(typed))


@pytest.mark.parametrize(
    "wrong",
    [
        "<!channel>",
        "<a href>",
        "a < b",
        "a > b",
        "<b>open",
        "</b>",
        "<b><b>x</b></b>",
        "<h>x</quote>",
        "<quote>x",
        "<quote><h>x</h></quote>",
        "<javascript:x|y>",
        "</h>",
    ],
)
def test_a_wrong_template_is_found_out(wrong: str) -> None:
    with pytest.raises(BadMarkup):
        parse(Marked(wrong))


def test_a_heading_mentions_nobody() -> None:
    with pytest.raises(BadMarkup, match="cannot mention"):
        blocks("<h><@U1></h>")


def test_long_text_is_split_over_blocks_and_nothing_is_lost() -> None:
    long = "word " * 4000
    drawn = blocks(f"<b>Scope</b><quote>{long}</quote>")
    assert len(drawn) >= 7
    said = "".join(
        element["text"]
        for block in drawn
        for part in block["elements"]  # type: ignore[attr-defined]
        for element in part["elements"]
    )
    assert said == "Scope" + long.rstrip()


def test_the_fallback_is_never_cut_within_a_token_or_an_escape() -> None:
    for limit in range(5, 60):
        short = text("&lt;" * 20 + "<@U123456>", limit)
        assert len(short) <= limit
        assert short.replace("&lt;", "").replace("<@U123456>", "") in ("", "…")


def test_templates_print_text_and_numbers_only() -> None:
    assert printed("<b>") == "&lt;b&gt;"
    assert printed(3) == "3"
    assert printed(person("U1")) == "<@U1>"
    for value in (None, True, NOON, Money(1, "USD"), ["a"]):
        with pytest.raises(TypeError):
            printed(value)


@pytest.mark.parametrize("not_an_id", ["<!channel>", "", "ryan", "U1>", "U1|x"])
def test_what_is_no_id_is_never_a_mention(not_an_id: str) -> None:
    assert "<" not in person(not_an_id)
    assert "<" not in FILTERS["channel"](not_an_id)


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("user:U1", "<@U1>"),
        ("home:U1", "<@U1>"),
        ("channel:C1", "<#C1>"),
        ("channel:sow-requests", "#sow-requests"),
        ("view:V1", "view V1"),
    ],
)
def test_an_address_is_shown_as_a_person_or_a_channel(to: str, shown: str) -> None:
    assert FILTERS["address"](to) == shown


def test_people_are_listed_as_one_says_it() -> None:
    assert people(["U1"]) == "<@U1>"
    assert people(["U1", "U2", "U3"]) == "<@U1>, <@U2> and <@U3>"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("8000", "USD", "8,000.00 USD"),
        ("1234567", "JPY", "1,234,567 JPY"),
        ("2500.5", "KWD", "2,500.500 KWD"),
        ("-0.05", "EUR", "-0.05 EUR"),
        ("10000000000000", "USD", "10,000,000,000,000.00 USD"),
        ("1.2345", "CLF", "1.2345 CLF"),
        ("7000", "IQD", "7,000.000 IQD"),
    ],
)
def test_money_is_exact_and_names_its_currency(amount: str, currency: str, shown: str) -> None:
    value = Money.of(amount, currency)
    assert money(value) == shown == str(value)


def test_days_and_values_are_in_words() -> None:
    assert day(date(2027, 3, 5)) == "Fri 5 Mar 2027"
    assert words("case_study") == "case study"
    assert words("one_off") == "one-off"
    assert words("api") == "API"


def test_links_lead_to_the_web_or_are_text() -> None:
    token = link("https://a.example/x?a=1&b=2|<c>", "here & now")
    assert blocks(token)[0]["elements"] == [
        {
            "type": "rich_text_section",
            "elements": [
                {
                    "type": "link",
                    "url": "https://a.example/x?a=1&b=2%7C%3Cc%3E",
                    "text": "here & now",
                }
            ],
        }
    ]
    assert link("javascript:alert(1)", "here") == "here"
