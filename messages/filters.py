"""What templates can do with values: each returns our markup, or plain text that is escaped."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from messages import cleaning
from messages.markup import Marked, escape, marked
from workflows.definition import Workflow
from workflows.engine import FALLBACK, SUBMIT, Entry
from workflows.money import Money, Withheld, exponent
from workflows.request import Vote
from workflows.roles import OUTSIDE, Seat

_LOCALE = "en"
_ID = re.compile(r"[A-Z][A-Z0-9_]*")
_WEB = re.compile(r"https?://\S+")
_ADDRESS = re.compile(r"https?://[!-~]+")
_MOMENT = "{date_short_pretty} at {time}"
_SPELLED = {"api": "API", "crm": "CRM", "one_off": "one-off", "one_pager": "one-pager"}
_OUTSIDE = {
    Seat.CLIENT.value: Marked("the client"),
    Seat.FRONTDESK.value: Marked("Frontdesk"),
}
_HOURS_AS_DAYS = 72
"""From so many hours on a duration is said in days."""
_SHOWN = 100
"""Characters of an address that stand for it."""
_GLIMPSE = 200
"""How much of a long text stands on a card; the page has all of it."""


def printed(value: object) -> Marked:
    """Return what ``{{ value }}`` prints: our markup as it is, text and whole numbers escaped.

    Raises TypeError for anything else: a date or an amount wants its filter, None a condition.
    """
    if isinstance(value, Marked):
        return value
    if isinstance(value, (str, Undefined)) or (type(value) is int):
        return marked(str(value))
    raise TypeError(f"A template prints {value!r} without a filter.")


def person(user: str) -> Marked:
    """A mention of somebody by user id (``U1``); anything that is no id stays plain text.

    Who acts without being in Slack has words: "the client", "Frontdesk". A sentence that begins
    with anybody is ``{{ entry.actor | person | upper_first }}``.
    """
    if user in _OUTSIDE:
        return _OUTSIDE[user]
    return Marked(f"<@{user}>") if _ID.fullmatch(user) else marked(user)


def for_others(user: str, behalf: Sequence[str]) -> Marked:
    """Somebody who acted in the place of others: "@b for @a"; only "@b" where in nobody's."""
    return Marked(f"{person(user)} for {people(behalf)}") if behalf else person(user)


def actor(entry: Entry) -> Marked:
    """Who did what ``entry`` records, and in whose place: "@b for @a"."""
    said = for_others(entry.actor, entry.behalf)
    roles = entry.detail.get(FALLBACK)
    return Marked(f"{said} (nobody holds the role {marked(roles)})") if roles else said


def by(entry: Entry) -> Marked:
    """Who did it, after a participle: " by @b for @a".

    Nothing for the client and Frontdesk: what they do says so itself ("approved by the client").
    """
    return Marked("" if entry.actor in OUTSIDE else f" by {actor(entry)}")


def people(users: Sequence[str]) -> Marked:
    """Mentions of several people: "@a, @b and @c"."""
    return _all([person(user) for user in users])


def voters(votes: Sequence[Vote]) -> Marked:
    """Who voted, each of them once, and in whose place: "@a and @b for @c"."""
    behalf: dict[str, dict[str, None]] = {}
    for vote in votes:
        behalf.setdefault(vote.user, {}).update(dict.fromkeys(vote.behalf))
    return _all([for_others(user, tuple(others)) for user, others in behalf.items()])


def standing(users: Sequence[str], behalf: Mapping[str, Sequence[str]]) -> Marked:
    """Mentions of several people, and of those in whose place each of them is asked."""
    return _all([for_others(user, behalf.get(user, ())) for user in users]) if users else Marked("")


def _all(said: Sequence[Marked]) -> Marked:
    *firsts, last = said
    return Marked(f"{', '.join(firsts)} and {last}") if firsts else last


def channel(channel_id: str) -> Marked:
    """A channel by its id (``C1``); anything that is no id stays plain text."""
    return Marked(f"<#{channel_id}>") if _ID.fullmatch(channel_id) else marked(channel_id)


def address(to: str) -> Marked:
    """Where a parcel goes (``user:U1``, ``channel:sales``, ``view:V1``), in words and mentions."""
    kind, _, key = to.partition(":")
    if kind in ("user", "person", "home"):
        return person(key)
    if kind == "channel":
        return channel(key) if _ID.fullmatch(key) else marked(f"#{key}")
    return marked(f"{kind} {key}")


def moment(at: datetime) -> Marked:
    """An instant, shown by Slack in each reader's own zone; UTC where Slack cannot."""
    plain = format_datetime(at.astimezone(UTC), "d MMM y, HH:mm", locale=_LOCALE)
    return Marked(f"<!date^{int(at.timestamp())}^{_MOMENT}|{plain} UTC>")


def day(on: date) -> str:
    """A calendar day: "Fri 5 Mar 2027"."""
    return format_date(on, "EEE d MMM y", locale=_LOCALE)


def iso_day(on: str) -> str:
    """A calendar day as the audit keeps it (``2027-03-05``), as :func:`day` says it."""
    return day(date.fromisoformat(on))


def money(amount: Money) -> str:
    """An amount, exact to its currency's last decimal, with its ISO code: "8,000.00 USD".

    Of one that is withheld, that it is not shown.
    """
    if isinstance(amount, Withheld):
        return amount.said
    places = exponent(amount.currency)
    pattern = "#,##0" + ("." + "0" * places if places else "") + " ¤¤"
    return format_currency(
        amount.amount, amount.currency, pattern, locale=_LOCALE, currency_digits=False
    )


def link(url: str, text: str) -> Marked:
    """A link to ``url``; only ``text``, when that is no web address."""
    if not _WEB.fullmatch(url):
        return marked(text)
    safe = url.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return Marked(f"<{escape(safe)}|{marked(text)}>")


def web(url: str) -> Marked:
    """A link that shows where it leads; what is no web address stays plain text."""
    clean = cleaning.one_line(url)
    if not _ADDRESS.fullmatch(clean):
        return cut(clean, _GLIMPSE)
    safe = clean.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return Marked(f"<{escape(safe)}|{escape(cleaning.cut(safe, _SHOWN))}>")


def cut(text: str, limit: int) -> Marked:
    """The beginning of a person's text, in ``limit`` characters."""
    return Marked(escape(cleaning.isolated(cleaning.cut(cleaning.one_line(text), limit))))


def whole(text: str) -> Marked:
    """All of a person's text, with its line breaks; for a ``<quote>``."""
    return marked(text, lines=True)


@pass_context
def long(context: Context, text: str) -> Marked:
    """A long text of a request: on the page all of it, elsewhere its beginning."""
    clean = cleaning.one_line(text)
    if context["full"] and (len(clean) > _GLIMPSE or clean != cleaning.paragraphs(text)):
        return Marked(f"<quote>{whole(text)}</quote>")
    if len(clean) > _GLIMPSE:
        return Marked(f"{cut(text, _GLIMPSE)} (all of it: Details)")
    return marked(text)


def words(value: str) -> str:
    """A value of ours in words: ``case_study`` is "case study", ``one_off`` is "one-off"."""
    return _SPELLED.get(value, value.replace("_", " "))


def with_article(noun: str) -> str:
    """A noun with its indefinite article: "a sales asset", "an offer"."""
    return f"{'an' if noun[:1].lower() in set('aeiou') else 'a'} {noun}"


def done(action: str, workflow: Workflow) -> str:
    """What was done, as a past participle: "approved"."""
    if action == SUBMIT:
        return "submitted"
    transition = workflow.transition(action)
    return words(action) if transition is None else transition.done


def upper_first(text: str) -> str:
    """The text with a capital letter at its beginning, the rest untouched; markup stays markup."""
    raised = text[:1].upper() + text[1:]
    return Marked(raised) if isinstance(text, Marked) else raised


def unsigned(amount: Money) -> Money:
    """An amount without its sign: what was taken back, or paid too much."""
    return amount.of_minor(abs(amount.minor))


def left(balance: Money) -> str:
    """What is open of an invoice: "40,000.00 USD open", "paid in full", "overpaid by 1.00 USD".

    Of a balance that is withheld, only which of them: "open".
    """
    shown = not isinstance(balance, Withheld)
    if balance.minor > 0:
        return f"{money(balance)} open" if shown else "open"
    if balance.minor < 0:
        return f"overpaid by {money(unsigned(balance))}" if shown else "overpaid"
    return "paid in full"


def fell_due(due: date, today: date) -> str:
    """When money is due, seen from ``today``: "was due on Fri 5 Mar 2027, 7 days ago"."""
    ahead = (due - today).days
    if ahead == 0:
        return f"is due today, {day(due)}"
    if ahead > 0:
        return f"is due on {day(due)}, in {days(ahead)}"
    return f"was due on {day(due)}, {days(-ahead)} ago"


def days(count: int) -> str:
    """A number of days: "1 day", "12 days"."""
    return f"{count:,} {'day' if count == 1 else 'days'}"


def counted(count: int) -> str:
    """A count as people read it: "1,250"."""
    return f"{count:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent: "25 %"; of nothing it is "0 %"."""
    return f"{round(part * 100 / whole) if whole else 0} %"


def nth(number: int) -> str:
    """A place in a row: "2nd", "11th", "23rd"."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    teens = 10 < number % 100 < 14  # noqa: PLR2004 - eleventh, twelfth, thirteenth
    return f"{number:,}{'th' if teens else endings.get(number % 10, 'th')}"


def hours(duration: float) -> str:
    """A duration given in hours, as one says it: "40 minutes", "5.5 hours", "3.2 days"."""
    if duration < 1:
        return f"{round(duration * 60)} minutes"
    return f"{duration:.1f} hours" if duration < _HOURS_AS_DAYS else f"{duration / 24:,.1f} days"


FILTERS: dict[str, Any] = {
    each.__name__: each
    for each in (
        *(person, people, channel, address, moment, day, iso_day, money, link),
        *(web, cut, whole, long, words, with_article, done, upper_first, by),
        *(for_others, actor, voters),
        *(left, unsigned, fell_due, days, hours, counted, share, nth),
    )
}
