"""Which channels are watched for asks outside of the form, and for outdated assets."""

from contextlib import suppress

from bot.desk import Desk
from bot.errors import SlackRefused

WORKFLOW = "sales_asset"
EVERY = "*"


def join(desk: Desk) -> None:
    """See to it that Frontdesk is in the channels that it watches, and in those that it posts in.

    To be found is to be joined. Raises SlackError while Slack does not answer.
    """
    for name in desk.company.policy(WORKFLOW).watched:
        if name != EVERY:
            desk.slack.channel(name)
    for name in sorted(set(desk.company.channels.values())):
        with suppress(SlackRefused):  # the doctor names it
            desk.slack.channel(name)


def is_watched(desk: Desk, channel: str) -> bool:
    """Whether the channel with this id is watched. The channels to leave alone win.

    We hear from it, so we are in it: nothing is joined to find that out.
    """
    policy = desk.company.policy(WORKFLOW)
    named = EVERY in policy.watched or _names(desk, channel, policy.watched)
    return named and not _names(desk, channel, policy.unwatched)


def _names(desk: Desk, channel: str, listed: tuple[str, ...]) -> bool:
    named = (each for each in listed if each != EVERY)
    return any(channel == each or desk.slack.channel(each, join=False) == channel for each in named)
