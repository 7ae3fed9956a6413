"""Which use case keeps which kind of promise: the table that the worker reads."""

from collections.abc import Mapping

from bot import cards, drafts, notices, nudges, overview, roles
from bot.sending import Deliver

DELIVER: Mapping[str, Deliver] = {
    "card": cards.deliver,
    "notice": notices.tell,
    "log": notices.log,
    "greeting": notices.greet,
    "remind": nudges.remind,
    "escalate": nudges.escalate,
    "escalated": nudges.escalated,
    "nobody": nudges.nobody,
    "dead_letter": nudges.dead_letter,
    "view": drafts.update_view,
    "page": overview.update_page,
    "draft_kept": drafts.offer,
    "home": overview.publish_home,
    "person": roles.learn_person,
    "roles": roles.refresh_roles,
}
"""By :attr:`bot.ports.Parcel.kind`."""
