"""What every kind of message is about, and how what somebody chose is kept."""

import ast
from collections.abc import Iterator
from datetime import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.attention.kinds import BY_TIME, KINDS, URGENT, WHOLE
from bot.attention.manners import TOPIC, chosen, written
from bot.deliveries import DELIVER
from workflows.attention import Manner, Quiet, Topic, Wish

FOLDER = Path(bot.__file__).parent

TO_NOBODY = frozenset(
    {
        # In the conversation in which somebody said something.
        *("told", "talk", "talk_end"),
        # In a channel, or its thread.
        *("log", "announcement", "outstanding", "triage", "minutes"),
        # By mail.
        *("mail", "announcement_mail", "stand_in"),
        # To an endpoint of somebody else's.
        *("webhook",),
        # In what somebody has open.
        *("view", "page", "home", "items", "window", "prefill", "bank_page"),
        # Below what somebody has posted.
        *("unfurl", "verdict", "offer_over"),
        # Work of the bot's own, which promises what is to be said.
        *("escalate", "person", "roles", "render", "show_document", "send_document"),
        *("await_client", "client_due", "mail_document_reminder", "link_ends", "client_waits"),
        *("withdraw_signing", "envelope_changed", "tell_partner", "invoice_changed"),
        *("question_due", "mail_answer", "certify", "keep_evidence", "prepare_invoice"),
        *("mail_invoices_again", "mail_by_partner"),
        *("mail_invoices", "thank_client", "await_payment", "payment_due", "payment_overdue"),
        *("nudge_owner", "mail_payment_reminder", "try_template", "write_back", "ask_opinions"),
        *("rank", "reckon_all", "join_twin", "await_return", "deferral_over", "keep_draft"),
        *("conclude_review", "brief_owner", "await_due", "asset_at_risk", "asset_due"),
        *("await_feedback", "feedback_due", "feedback_over", "shelve", "keep_asset", "index"),
        *("home_chart", "home_chart_ready"),
        *("announce", "announce_shelved", "picture", "picture_ready", "hand_out", "link_deal"),
        *("tell_takers", "learn_deal", "keep_report", "keep_learning", "await_review"),
        *("review_due", "review_over", "start_refresh", "refresh_all", "refresh"),
        *("asked_outside", "asset_posted"),
        *("away_begins", "away_ends", "away_ended", "offer_stand_in", "remove_file"),
        *("check_channel",),
    }
)
"""Kinds of parcels that are no message to a person. A new kind belongs here or into KINDS."""

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
manners = st.builds(
    Manner,
    wishes=st.dictionaries(st.sampled_from(Topic), st.sampled_from(Wish)),
    quiet=st.builds(Quiet, times, times, st.booleans()),
    digest_at=times,
    most_pings=st.integers(1, 1000),
    urgent_passes=st.booleans(),
)


def test_every_kind_of_parcel_is_a_message_about_something_or_none() -> None:
    assert set(KINDS) | TO_NOBODY == set(DELIVER)
    assert set(KINDS) & TO_NOBODY == set()
    assert set(KINDS) >= URGENT | WHOLE | BY_TIME


def test_what_is_promised_to_a_person_is_known_to_reach_one() -> None:
    found = {*_of_words(), *_of_parcels()}
    assert {"card", "notice", "remind", "delivered", "opinion"} <= found | {"card"}
    assert found <= set(KINDS)


def _of_words() -> Iterator[str]:
    """Yield the kinds of ``parcels.word``, whose address is a person's."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="parcels"), attr="word"),
                    args=[ast.Constant(value=str(kind)), *_],
                ):
                    yield kind
                case _:
                    pass


def _of_parcels() -> Iterator[str]:
    """Yield the kinds that :mod:`bot.parcels` addresses to a person by itself."""
    for node in ast.walk(ast.parse((FOLDER / "parcels.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Parcel":
            given_as = {each.arg: ast.unparse(each.value) for each in node.keywords}
            if "user:" in given_as["address"] and given_as["kind"][0] in "'\"":
                yield given_as["kind"].strip("'\"")


@given(manners, manners)
def test_what_somebody_chose_is_kept(mine: Manner, usual: Manner) -> None:
    said = {name: value for name, value in written(mine, usual).items() if value}
    kept = chosen(said, usual)
    assert (kept.quiet, kept.digest_at, kept.most_pings) == (
        mine.quiet,
        mine.digest_at,
        mine.most_pings,
    )
    assert kept.urgent_passes == mine.urgent_passes
    assert all(kept.wish(topic) is mine.wish(topic) for topic in Topic)


@given(manners)
def test_who_chose_nothing_follows_the_company(usual: Manner) -> None:
    assert not any(written(usual, usual).values())
    assert chosen({}, usual).quiet == usual.quiet


def test_what_cannot_be_meant_counts_as_not_chosen() -> None:
    wrong = {"quiet_from": "soon", "most_pings": "many", f"{TOPIC}mine": "never", "digest_at": ""}
    assert chosen(wrong, Manner()).quiet.begins == time(20)
    assert chosen(wrong, Manner()).most_pings == Manner().most_pings
    off = {f"{TOPIC}decisions": "off", f"{TOPIC}duties": "digest", f"{TOPIC}mine": "off"}
    kept = chosen(off, Manner())
    assert {kept.wish(topic) for topic in (Topic.DECISIONS, Topic.DUTIES, Topic.MINE)} == {Wish.NOW}
