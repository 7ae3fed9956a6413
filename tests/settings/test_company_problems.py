"""frontdesk.toml: the exact sentence for everything that is wrong in it."""

import re

import pytest

from tests.settings.installation import Installation
from workflows.roles import Role

_COMPANY = '[company]\nname = "Acme"\ntimezone = "Europe/Berlin"\ncurrency = "EUR"\n'
_ROLES = ", ".join(list(Role)[:-1]) + " and admin"
_CODES = 'right are codes such as "US" or, with a region, "DE-BE".'
_GERMAN = "BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST and TH"
_NOBODY = (
    'is nobody; right is an e-mail address, a Slack id (U... or S...), a user group "@name" or "*".'
)
_LINES = 'is not a table; right are lines such as USD = "100000".'
_TIME = 'is not a time of day; right is one such as "09:00".'
_DAYS = "right are mon, tue, wed, thu, fri, sat and sun."
_DATE = "is not a date; right is one without quotes, such as 2026-12-24."
_UP_TO = (
    'is not an amount; right is a number from 0 to 10,000,000,000,000.00 USD, such as "100000".'
)
_RULE = 'is no rule of approval; right is "any", "all", or how many different people, from 1 to 20.'
_YEN = 'is not an amount; right is a number from 0 to 1,000,000,000,000,000 JPY, such as "100000".'

CASES = {
    "name = 5": "[company] name: 5 is not a text in quotes.",
    'name = " "': "[company] name: it is empty.",
    'timezone = "Europe/Berln"': (
        '[company] timezone: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?'
    ),
    'timezone = "europe/berlin"': (
        '[company] timezone: "europe/berlin" is not a time zone; did you mean "Europe/Berlin"?'
    ),
    'timezone = "../../etc/passwd"': (
        '[company] timezone: "../../etc/passwd" is not a time zone; '
        'right is one such as "America/New_York".'
    ),
    "timezone = 2": (
        '[company] timezone: 2 is not a time zone; right is one such as "America/New_York".'
    ),
    'currency = "eur"': (
        '[company] currency: "eur" is not a currency (ISO 4217); did you mean "EUR"?'
    ),
    'currency = "€"': (
        '[company] currency: "€" is not a currency (ISO 4217); right is one such as "USD".'
    ),
    'nam = "Acme"': '[company] nam: there is no such key; did you mean "name"?',
    "x = 1": "[company] x: there is no such key; right are name, timezone, "
    "currency, payment_details, fiscal_year_begins and date_order.",
    'fiscal_year_begins = "April"': (
        '[company] fiscal_year_begins: "April" is not a month; did you mean "apr"?'
    ),
    "fiscal_year_begins = 4": (
        "[company] fiscal_year_begins: 4 is not a month; right are jan, feb, mar, apr, may, jun, "
        "jul, aug, sep, oct, nov and dec."
    ),
    'date_order = "dmy"': (
        '[company] date_order: "dmy" is no order; right are month_first, day_first and year_first.'
    ),
    'date_order = "day-first"': (
        '[company] date_order: "day-first" is no order; did you mean "day_first"?'
    ),
    '[hours]\nopens = "9"': f'[hours] opens: "9" {_TIME}',
    '[hours]\nopens = "24:00"': f'[hours] opens: "24:00" {_TIME}',
    "[hours]\ncloses = 17": f"[hours] closes: 17 {_TIME}",
    "[hours]\ncloses = 2026-12-24": f"[hours] closes: 2026-12-24 {_TIME}",
    '[hours]\nopens = "17:00"\ncloses = "09:00"': (
        "[hours] closes: the day would end at 09:00, not after it opens at 17:00."
    ),
    '[hours]\nopens = "18:00"': (
        "[hours] closes: the day would end at 17:00, not after it opens at 18:00."
    ),
    '[hours]\nweekdays = ["mon", "Tues"]': (
        '[hours] weekdays, entry 2: "Tues" is not a day of the week; did you mean "tue"?'
    ),
    '[hours]\nweekdays = ["mo"]': (
        '[hours] weekdays, entry 1: "mo" is not a day of the week; did you mean "mon"?'
    ),
    "[hours]\nweekdays = [1]": (f"[hours] weekdays, entry 1: 1 is not a day of the week; {_DAYS}"),
    "[hours]\nweekdays = []": (
        '[hours] weekdays: it is empty; right are days such as ["mon", "tue"].'
    ),
    '[hours]\nweekdays = "mon"': ('[hours] weekdays: "mon" is not a list in [brackets].'),
    '[hours]\nholidays = "XX"': (
        f'[hours] holidays, entry 1: no holidays are known for "XX"; {_CODES}'
    ),
    '[hours]\nholidays = ["US", "Germany"]': (
        f'[hours] holidays, entry 2: "Germany" is not a country; {_CODES}'
    ),
    "[hours]\nholidays = [1]": f"[hours] holidays, entry 1: 1 is not a country; {_CODES}",
    '[hours]\nholidays = "BE-XX"': (
        '[hours] holidays, entry 1: BE has no region "XX"; there is none.'
    ),
    '[hours]\nholidays = "DE-XY"': (
        f'[hours] holidays, entry 1: DE has no region "XY"; right are {_GERMAN}.'
    ),
    "[hours]\nholidays = 1": "[hours] holidays: 1 is not a list in [brackets].",
    '[hours]\ndays_off = ["2026-12-24"]': (f'[hours] days_off, entry 1: "2026-12-24" {_DATE}'),
    "[hours]\ndays_off = [2026-12-24T00:00:00]": (
        f"[hours] days_off, entry 1: 2026-12-24T00:00:00 {_DATE}"
    ),
    "[hours]\nlunch = 12:00:00": (
        "[hours] lunch: there is no such key; "
        "right are opens, closes, weekdays, holidays and days_off."
    ),
    '[channels]\nsov = "x"': ('[channels] sov: no workflow is called this; did you mean "sow"?'),
    '[channels]\nother = "x"': (
        "[channels] other: no workflow is called this; right are sales_asset, shelf, sow, "
        "template, triage, billing, sales and audit."
    ),
    '[channels]\nsow = "Sales Team"': (
        '[channels] sow: "Sales Team" is not a channel; right is one such as "sow-requests".'
    ),
    "[channels]\nsow = 5": ("[channels] sow: 5 is not a text in quotes."),
    '[roles]\nsales_asistant = ["*"]': (
        '[roles] sales_asistant: there is no such role; did you mean "sales_assistant"?'
    ),
    '[roles]\nwizard = ["*"]': f"[roles] wizard: there is no such role; right are {_ROLES}.",
    '[roles]\nadmin = "*"': '[roles] admin: "*" is not a list in [brackets].',
    '[roles]\nadmin = ["U0ADAM", "adam"]': f'[roles] admin, entry 2: "adam" {_NOBODY}',
    '[roles]\nadmin = ["Adam Reyes <adam@harborlight.example>"]': (
        f'[roles] admin, entry 1: "Adam Reyes <adam@harborlight.example>" {_NOBODY}'
    ),
    '[roles]\nadmin = ["adam@harborlight"]': (
        f'[roles] admin, entry 1: "adam@harborlight" {_NOBODY}'
    ),
    "[roles]\nadmin = [true]": ("[roles] admin, entry 1: true is not a text in quotes."),
    '[workflows.sov.thresholds]\nUSD = "1"': (
        '[workflows] sov: no workflow is called this; did you mean "sow"?'
    ),
    "[workflows]\nsow = 5": "[workflows] sow: 5 is not a table with lines of the form key = value.",
    '[workflows.sow]\ntresholds = "1"': (
        '[workflows.sow] tresholds: there is no such key; did you mean "thresholds"?'
    ),
    "[retention]\ndrafts_days = 0": (
        "[retention] drafts_days: 0 is not a whole number from 1 to 3650."
    ),
    "[retention.records_years]\nsow = 1000": (
        "[retention.records_years] sow: 1000 is not a whole number from 1 to 100."
    ),
    "[retention.records_years]\nsov = 10": (
        '[retention.records_years] sov: no workflow is called this; did you mean "sow"?'
    ),
    "[retention.records_years]\ntemplate = 10": (
        "[retention.records_years] template: templates are kept for good: documents are made "
        "from them."
    ),
    '[workflows.sow.confirm_from]\nUSD = "1,0"': (
        f'[workflows.sow.confirm_from] USD: "1,0" {_UP_TO}'
    ),
    "[workflows.sow.approvals]\nexecutive = 0": f"[workflows.sow.approvals] executive: 0 {_RULE}",
    "[workflows.sow.approvals]\nexecutive = true": (
        f"[workflows.sow.approvals] executive: true {_RULE}"
    ),
    '[workflows.sow.approvals]\nexecutive = "two"': (
        f'[workflows.sow.approvals] executive: "two" {_RULE}'
    ),
    "[workflows.sow.approvals]\nexecutiv = 2": (
        "[workflows.sow.approvals] executiv: nobody approves under this name; "
        'did you mean "executive"?'
    ),
    "[workflows.template.approvals]\nexecutive = 2": (
        "[workflows.template.approvals] executive: nobody approves under this name; "
        "right are head_of_sales."
    ),
    '[workflows.sow]\nthresholds = "1"': f'[workflows.sow] thresholds: "1" {_LINES}',
    '[workflows.sow.thresholds]\nUSD = "100,000"': (
        f'[workflows.sow.thresholds] USD: "100,000" {_UP_TO}'
    ),
    "[workflows.sow.thresholds]\nUSD = -1": f"[workflows.sow.thresholds] USD: -1 {_UP_TO}",
    "[workflows.sow.thresholds]\nUSD = nan": f"[workflows.sow.thresholds] USD: NaN {_UP_TO}",
    '[workflows.sow.thresholds]\nUSD = "1e999999"': (
        f'[workflows.sow.thresholds] USD: "1e999999" {_UP_TO}'
    ),
    "[workflows.sow.thresholds]\nUSD = true": f"[workflows.sow.thresholds] USD: true {_UP_TO}",
    "[workflows.sow.thresholds]\nUSD = [1]": f"[workflows.sow.thresholds] USD: a list {_UP_TO}",
    "[workflows.sow.thresholds]\nUSD = 0x" + "f" * 5000: (
        f"[workflows.sow.thresholds] USD: a very large number {_UP_TO}"
    ),
    '[workflows.sow.thresholds]\nJPY = "1.5"': f'[workflows.sow.thresholds] JPY: "1.5" {_YEN}',
    '[workflows.sow.thresholds]\nUDS = "1"': (
        '[workflows.sow.thresholds] UDS: "UDS" is not a currency (ISO 4217); did you mean "USD"?'
    ),
    "[colour]\na = 1": (
        "[colour]: there is no such table; right are company, hours, channels, roles, absence, "
        "visibility, notifications, retention and workflows."
    ),
    "[rolls]\na = 1": '[rolls]: there is no such table; did you mean "roles"?',
}


def _problems(bare: Installation, text: str) -> list[str]:
    bare.write("frontdesk.toml", text)
    problems = bare.problems()
    assert all(each.startswith("frontdesk.toml, ") for each in problems)
    return [each.removeprefix("frontdesk.toml, ") for each in problems]


@pytest.mark.parametrize("text", CASES)
def test_what_is_wrong_is_named_with_what_is_right(bare: Installation, text: str) -> None:
    key = text.partition(" =")[0]
    others = _COMPANY if text.startswith("[") else re.sub(rf"(?m)^{key} = .*\n", "", _COMPANY)
    (problem,) = _problems(bare, f"{others}{text}\n")
    assert problem == CASES[text]


def test_the_company_must_be_described(bare: Installation) -> None:
    assert _problems(bare, "") == [
        (
            "[company]: this table is missing; it holds name, timezone, currency, "
            "payment_details, fiscal_year_begins and date_order."
        )
    ]
    assert _problems(bare, "[company]\n") == [
        '[company] name: it is missing; add a line such as name = "Harborlight"',
        '[company] timezone: it is missing; add a line such as timezone = "America/New_York"',
        '[company] currency: it is missing; add a line such as currency = "USD"',
    ]
    assert _problems(bare, "company = 5") == [
        "[company]: 5 is not a table with lines of the form key = value."
    ]


def test_everything_wrong_is_named_at_once(bare: Installation) -> None:
    texts = [
        '[hours]\nopens = "18:00"\nweekdays = []\nholidays = ["XX", "YY"]',
        '[channels]\nsov = "A B"',
        '[roles]\nwizard = ["adam"]\nadmin = ["adam", 5]',
        '[workflows.sow]\nx = 1\n[workflows.sow.thresholds]\nUSD = "lots"\nEURO = "1"',
        "[colour]",
    ]
    problems = _problems(bare, "\n".join(['[company]\nname = ""', *texts]))
    assert [each.partition(": ")[0] for each in problems] == [
        "[company] name",
        "[company] timezone",
        "[company] currency",
        "[hours] closes",
        "[hours] weekdays",
        "[hours] holidays, entry 1",
        "[hours] holidays, entry 2",
        "[channels] sov",
        "[channels] sov",
        "[roles] wizard",
        "[roles] wizard, entry 1",
        "[roles] admin, entry 1",
        "[roles] admin, entry 2",
        "[workflows.sow.thresholds] USD",
        "[workflows.sow.thresholds] EURO",
        "[workflows.sow] x",
        "[colour]",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[company", "is not TOML: Expected ']' at the end of a table declaration"),
        (b"name = \xff", "cannot be read: it is not UTF-8 text."),
        (b"a = " + b"1" * 5000, "cannot be read: a number is too long, or a list too deep."),
        (b"a = 1e" + b"9" * 50, "cannot be read: a number is too long, or a list too deep."),
        (b"a = " + b"[" * 5000, "cannot be read: a number is too long, or a list too deep."),
    ],
    ids=["no TOML", "no text", "long integer", "long exponent", "deep"],
)
def test_a_file_that_cannot_be_understood_is_a_problem(
    bare: Installation, content: bytes, problem: str
) -> None:
    (bare.root / "frontdesk.toml").write_bytes(content)
    (found,) = bare.problems()
    assert found.startswith(f"frontdesk.toml {problem}")


def test_a_file_that_cannot_be_opened_is_a_problem(bare: Installation) -> None:
    (bare.root / "desk.toml").mkdir()
    assert bare.problems({"FRONTDESK_CONFIG": "desk.toml"}) == (
        "desk.toml cannot be read: Is a directory.",
    )
    bare.write(".env", "FRONTDESK_CONFIG=a\0b\n")
    assert bare.problems() == ("a\\u0000b cannot be read: no file can be called this.",)
