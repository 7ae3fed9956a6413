"""Which pictures a person has before their eyes."""

from itertools import chain

from sandbox import filing, pictures
from sandbox.gestures.surfaces import Surface, all_blocks
from sandbox.slack import Slack
from sandbox.state.records import File, Person


def sees_picture(slack: Slack, person: Person, picture: File) -> bool:
    """Whether the person may see this file, or is shown it somewhere as a picture."""
    if filing.is_seen_by(slack, picture, person.id):
        return True
    channels = slack.store.channels
    surfaces: chain[Surface] = chain(
        (m for m in slack.store.messages.all() if person.id in channels[m.channel].members),
        (e for e in slack.store.ephemerals.all() if e.viewer == person.id),
        (v for v in slack.store.views.all() if v.viewer == person.id),
    )
    return any(picture in pictures.shown(slack, all_blocks(surface)) for surface in surfaces)
