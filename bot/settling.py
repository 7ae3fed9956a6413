"""Settling in after the start: who is who, who holds what, which channels to listen in."""

import logging

from bot import roles, upgrading, watching
from bot.desk import Desk
from bot.errors import SlackError, SlackLockedOut, Unavailable, UnfitSettings
from bot.ports.post_office import EVERYBODY

log = logging.getLogger(__name__)

NOT_YET = "Slack has not answered yet."
LOCKED_OUT = "Slack does not accept our token. Set a new SLACK_BOT_TOKEN, and start again."


def settle_in(desk: Desk) -> str | None:
    """Learn what has to be known; return why that is not possible yet.

    Whatever was held because Slack did not take our token is delivered from now on.
    """
    try:
        roles.learn_members(desk)
        upgrading.file_all(desk)
        upgrading.bring_up(desk)
        unheld = roles.refresh(desk)
        watching.join(desk)
        desk.post_office.release(EVERYBODY)
    except SlackLockedOut as refused:
        log.warning("Slack refuses us: %s", refused)
        return LOCKED_OUT
    except UnfitSettings as unfit:
        return f"What was changed of the settings does not fit the file of this process: {unfit}"
    except (SlackError, Unavailable) as error:
        return f"Slack or the database does not answer: {error}"
    except Exception:
        log.exception("The members and roles could not be learned.")
        return "The members and roles could not be learned."
    if unheld:
        names = ", ".join(role.label for role in unheld)
        log.warning("Nobody holds these roles: %s. See frontdesk.toml.", names)
    for title, role, wanted, found in roles.short_handed(desk):
        log.warning(
            "%s: %d different people have to approve as %s, and %d can; it will stand still.",
            *(title, wanted, role.label, found),
        )
    return None


def problem(desk: Desk) -> str | None:
    """Return why nothing is delivered, whichever replica has found out."""
    try:
        return LOCKED_OUT if desk.post_office.is_held(EVERYBODY) else None
    except Unavailable:  # which is what is said of the database itself
        return None
