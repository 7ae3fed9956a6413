"""The stories in which the bot is killed: each is a row of deeds."""

from tests.faults.asks import SOW, asks_asset, asks_sow
from tests.faults.deeds import (
    all_of,
    answers_as_client,
    by_button,
    by_command,
    gives_up,
    hands_in,
    job,
    nothing,
    opens_home,
    presses,
    says,
    user,
    with_file,
)
from tests.faults.plain_words import PLAIN_WORDS
from tests.faults.stage import Deed
from tests.faults.story import Step, Story, on
from tests.faults.through_partners import THROUGH_PARTNERS
from tests.journeys.deals import COMPLETE as _COMPLETE

COMPLETE = _COMPLETE | {"start": "2038-02-01", "end": "2038-05-01"}


def reviews(handle: str) -> Deed:
    points = all_of("Your checklist")
    return hands_in(handle, by_button("Approve", "AST-1"), **{"Your checklist": points})


DEAL = Story(
    "from the ask to the money",
    (
        Step("ask above the threshold", asks_sow("180,000", **COMPLETE)),
        Step("approve", presses("ryan", "Approve", "SOW-1")),
        Step("accept", presses("dian", "Accept", "SOW-1")),
        Step("draft", hands_in("dian", by_button("Draft"))),
        Step("send to client", hands_in("dian", by_button("Send to client"))),
        Step("client wants changes", answers_as_client("changes", reason="A month more, please.")),
        Step("draft again", hands_in("dian", by_button("Draft"), payment_terms="60 days net")),
        Step("approve the document", presses("ryan", "Approve", "SOW-1")),
        Step("send again", hands_in("dian", by_button("Send to client"))),
        Step("client asks", answers_as_client("ask", text="Who owns the model?")),
        Step("answer", hands_in("dian", by_button("Answer the client"), reason="You do.")),
        Step(
            "client approves",
            answers_as_client("approve", name="Hank Scorpio", title="CEO", consent="yes"),
        ),
        Step(
            "record invoice",
            hands_in("bea", by_button("Record invoice"), number="INV-1", net_days="7"),
        ),
        Step("send invoice", presses("bea", "Send SOW and invoice to the client")),
        Step("payment nudge", nothing, on("2037-11-24 20:00")),
        Step(
            "remind the client",
            hands_in(
                "dian",
                by_button("Send a reminder to the client"),
                body="Dear Hank, may we remind you?",
            ),
        ),
        Step(
            "record part of the payment",
            hands_in(
                "bea",
                by_button("Record payment"),
                invoice="INV-1",
                amount="100,000",
                method="bank transfer",
            ),
        ),
        Step("weekly list", job("outstanding"), on("2037-11-30 20:00")),
        Step("monthly report", job("report"), on("2037-12-01 20:00")),
        Step(
            "record the rest",
            hands_in(
                "bea",
                by_button("Record payment"),
                invoice="INV-1",
                amount="80,000",
                method="bank transfer",
            ),
        ),
        Step("confirm payment", presses("bea", "Confirm payment")),
    ),
)

ASKED = Story(
    "asked, sent back, rejected",
    (
        Step("Home tab", opens_home("ana")),
        Step("write to the bot", says("ana", "hello")),
        Step(
            "give a form up",
            gives_up(
                "ana", by_command("/sow"), client="Initech", need=SOW["need"], client_type="10x"
            ),
        ),
        Step("resume", hands_in("ana", by_button("Resume"), **SOW | {"amount": "8,000"})),
        Step("request changes", hands_in("dian", by_button("Request changes"), reason="Say more.")),
        Step("resubmit", hands_in("ana", by_button("Edit and resubmit"), scope="One site.")),
        Step("reminder", nothing, on("2037-11-24 17:30")),
        Step("escalation", nothing, on("2037-11-27 17:00")),
        Step("reject", hands_in("dian", by_button("Reject"), reason="Too small for us.")),
    ),
)

DECLINED = Story(
    "declined by the client",
    (
        Step("ask below the threshold", asks_sow("8,000", **COMPLETE)),
        Step("accept", presses("dian", "Accept", "SOW-1")),
        Step("draft", hands_in("dian", by_button("Draft"))),
        Step("send to client", hands_in("dian", by_button("Send to client"))),
        Step("client is reminded", nothing, on("2037-11-27 13:00")),
        Step("client declines", answers_as_client("decline", reason="Our board says no.")),
    ),
)

DRAFT = with_file("Initech.pdf", "Initech")

ASSET_LIFE = Story(
    "from the ask to the announcement",
    (
        Step("ask for an asset", asks_asset()),
        Step("triage list", job("deals", "ranks", "triage"), on("2037-11-30 14:00")),
        Step(
            "accept and assign",
            hands_in(
                "sol",
                by_button("Accept and assign"),
                owner=user("mia"),
                due_on="2038-01-20",
            ),
        ),
        Step("minutes", nothing, on("2037-11-30 23:00")),
        Step(
            "post a draft",
            hands_in(
                "mia",
                by_button("Post a draft"),
                **{"The draft as a file": DRAFT, "note": "First draft."},
            ),
        ),
        Step("first review", reviews("priya")),
        Step(
            "review wants changes",
            hands_in("hana", by_button("Request changes", "AST-1"), reason="Newer numbers."),
        ),
        Step("third review", reviews("greta")),
        Step(
            "post a second draft",
            hands_in(
                "mia",
                by_button("Post a draft"),
                link="https://drive.example/initech",
                note="Newer numbers.",
            ),
        ),
        Step("review once more", reviews("hana")),
        Step(
            "deliver",
            hands_in(
                "mia",
                by_button("Deliver"),
                title="Initech case study",
                use_when="At a first call",
                whom_for="CFOs",
            ),
        ),
        Step("feedback", presses("ben", "Not used yet")),
        Step("a word", hands_in("ben", by_button("Add a word"), word="It is next week.")),
        Step("asked again", nothing, on("2037-12-28 09:01")),
        Step("feedback at last", presses("ben", "It helped")),
    ),
)

TRIAGE = Story(
    "declined and merged",
    (
        Step("ask for a deck", asks_asset(asset_type="deck", purpose="Forecasting for Globex.")),
        Step("ask for another", asks_asset(asset_type="brochure", purpose="A trade fair.")),
        Step("triage list", job("deals", "ranks", "triage"), on("2037-11-30 14:00")),
        Step("decline", hands_in("sol", by_button("Decline", "AST-1"), reason="We have it.")),
        Step("ask for a third", asks_asset(asset_type="video", purpose="Rollout at Initech.")),
        Step("merge", hands_in("sol", by_button("Merge", "AST-3"), twin="AST-2", reason="One.")),
    ),
)

STORIES = (DEAL, ASKED, DECLINED, ASSET_LIFE, TRIAGE, PLAIN_WORDS, THROUGH_PARTNERS)
