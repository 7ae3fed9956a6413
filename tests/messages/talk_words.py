"""Everything that is said in a conversation."""

from collections.abc import Iterator
from dataclasses import replace

from messages import talk, verdicts
from messages.buttons import Record
from messages.talk import Asked, Line, TalkFacts
from tests.messages.demo import LARGE, Said, offered, sow
from tests.workflows.harborlight import DIAN, RYAN
from workflows.money import Money
from workflows.sales_asset import WORKFLOW as SALES_ASSET
from workflows.sow import WORKFLOW as SOW
from workflows.verdict import Verdict

LINES = (
    Line(label="Client", shown="Initech <!channel>", words="Initech <!channel>"),
    Line(label="Amount", shown="250,000.00 USD", words="about 250k", guess=True),
    Line(
        label="Client type",
        shown="API",
        words="Programmierschnittstelle",
        guess=True,
        by_model=True,
    ),
    Line(label="Your role", shown="Sales rep", guess=True),
    Line(label="Start", shown="Mon 1 Feb 2027", words="start 1 Feb"),
)
READY = TalkFacts(
    draft="d" * 32, shown="2026-11-18T10:00:00+00:00", workflow=SOW, lines=LINES, asked=None
)
CONTROL = {"type": "datepicker"}


def everything_of_a_conversation() -> Iterator[tuple[str, Said]]:
    """Yield every message of a conversation, by the name of its golden file."""
    yield "talk ready", talk.card(READY)
    written = Asked(field="contact_name", label="Client contact")
    yield "talk asks words", talk.card(replace(READY, asked=written))
    day = Asked(field="needed_by", label="Needed by", control=CONTROL)
    yield "talk asks day", talk.card(replace(READY, asked=day, note="That day is in the past."))
    two = replace(day, readings=("Fri 27 Nov 2026", "Fri 20 Nov 2026"))
    yield "talk asks which", talk.card(replace(READY, asked=two))
    wrong = replace(written, problem="This is not an e-mail address.", hint="One is enough.")
    yield "talk asks again", talk.card(replace(READY, asked=wrong, lost=True))
    yield "talk below", talk.below()
    yield "talk gone", talk.gone(SOW)
    yield "talk discarded", talk.discarded(SOW)
    yield "talk sent", talk.sent(SALES_ASSET, "AST-4")
    yield from _verdicts()


def _verdicts() -> Iterator[tuple[str, Said]]:
    """Yield what is offered to whoever wrote a verdict below a card."""
    for verdict, written in (
        (Verdict.APPROVE, "LGTM <!channel>"),
        (Verdict.REJECT, "no, too expensive for *them*"),
        (Verdict.CHANGES, "please change the price to net"),
    ):
        [transition, *_] = [each for each in SOW.transitions if each.verdict is verdict]
        meant = Record(transition.name, "SOW-7", 3, "C0SBSALES0:1795364727.911833:", written)
        yield f"verdict {verdict}", verdicts.offer(transition, verdict, written, meant)
    yield "verdict withdrawn", verdicts.withdrawn("SOW-7")
    yield "talk unclear", talk.unclear([SALES_ASSET, SOW])
    yield "talk unread", talk.unclear([SALES_ASSET, SOW], unread=True)
    yield "talk no such", talk.no_such()
    large = sow(LARGE)
    yield "talk by button", talk.by_button(SOW, large.request, offered(large, RYAN))
    yield "talk by button nothing", talk.by_button(SOW, large.request, ())
    threshold, small, big = (Money.of(each, "USD") for each in ("100000", "90000", "250000"))
    for name, amount, limit, is_large in (
        ("small", small, threshold, False),
        ("large", big, threshold, True),
        ("no threshold", big, None, True),
        ("any", None, threshold, False),
        ("any without", None, None, False),
    ):
        yield (
            f"talk who decides {name}",
            talk.who_decides(amount, limit, large=is_large, executives=[RYAN], assistants=[DIAN]),
        )
