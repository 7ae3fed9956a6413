"""The head of the audit's chain, posted every day to the auditors: an anchor out of our reach.

Whoever has the database and its key could write the chain anew; a head that stands in Slack since
that day shows it.
"""

from datetime import datetime

from bot.company import AUDIT_CHANNEL, Company
from bot.desk import Desk
from bot.ports import Claimed, Parcel, Unit
from bot.sending import post_once
from messages.audit_head import audit_head
from workflows.roles import Role


def post_daily(desk: Desk, now: datetime) -> None:
    """From the time the company opens, on every day of the week: promise the head of that day.

    To the channel ``audit`` of ``frontdesk.toml``, else to each auditor; once, however many
    replicas ask. Nothing while there is nothing on record.
    """
    zone = desk.company.zone
    day = now.astimezone(zone).date()
    if now < desk.company.calendar.morning(day, zone):
        return
    seq, mac = desk.store.head()
    if not seq:
        return
    what = {"seq": seq, "mac": mac, "at": now.isoformat()}
    with desk.store.unit() as unit:
        for address in addresses(desk.company, unit):
            key = f"audit_head:{day}:{address}"
            unit.outbox.add(
                Parcel(key=key, kind="audit_head", address=address, payload=what, due=now)
            )
        unit.commit()
    desk.wake()


def addresses(company: Company, unit: Unit) -> list[str]:
    """Return where the head goes; nowhere when there is neither a channel nor an auditor."""
    if channel := company.channels.get(AUDIT_CHANNEL):
        return [f"channel:{channel}"]
    auditors = unit.people.holders().get(Role.AUDITOR, frozenset())
    return [f"user:{user}" for user in sorted(auditors)]


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post the head; not to somebody who is no auditor any more."""
    what, address = claimed.parcel.payload, claimed.parcel.address
    with desk.store.unit() as unit:
        if address.startswith("user:") and address not in addresses(desk.company, unit):
            return
    at = datetime.fromisoformat(str(what["at"])).astimezone(desk.company.zone)
    post_once(desk, claimed, audit_head(int(what["seq"]), str(what["mac"]), at))
