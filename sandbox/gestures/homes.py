"""Opening an app's Home or Messages tab."""

from sandbox import events
from sandbox.gestures import acting
from sandbox.slack import Slack
from sandbox.state.records import App, View


def open_tab(slack: Slack, person_id: str, app: App, tab: str = "home") -> View | None:
    """Open a tab ("home" or "messages").

    The app hears of it. The answer is the Home tab as it stands so far.
    """
    person = acting.active(slack, person_id)
    with slack.store.change():
        events.home_opened(slack, app, person, tab)
    return slack.store.views.get(events.home_id(app, person.id))
