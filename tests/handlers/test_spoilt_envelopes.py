"""What comes over Socket Mode has the shape that listeners read, or reaches none of them."""

import json

import pytest
from websockets.sync.server import ServerConnection

from tests.handlers.reluctant_slack import HELLO, connected_to, listen, reluctant_slack

SAID = {"type": "message", "channel": "D1", "user": "U1", "ts": "1.0", "text": "hello"}
SOUND = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": SAID}
SPOILT = [
    ("click", "interactive", {"type": "block_actions", "user": {"id": "U1"}, "actions": []}),
    ("form", "interactive", {"type": "view_submission", "user": {"id": "U1"}, "view": {"id": 7}}),
    ("command", "slash_commands", {"command": "/sow", "user_id": "U1"}),
    ("list", "interactive", ["block_actions"]),
    ("unknown", "interactive", {"type": "telepathy"}),
    ("event", "events_api", SOUND | {"event": {"type": "message", "text": "nobody said"}}),
]


def test_what_is_spoilt_reaches_nobody_and_only_events_are_acknowledged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def sends_everything(connection: ServerConnection) -> None:
        connection.send(json.dumps(HELLO))
        for name, kind, payload in [*SPOILT, ("sound", "events_api", SOUND)]:
            said = {"type": kind, "envelope_id": name, "payload": payload}
            connection.send(json.dumps(said))
        connection.send("[" * 100_000)
        listen(slack, connection)

    with reluctant_slack(sends_everything) as slack, connected_to(slack):
        slack.until(lambda: len(slack.heard) > 1, "events are acknowledged")
        refused = "is of no shape that Frontdesk knows"
        slack.until(lambda: caplog.text.count(refused) == len(SPOILT), "the rest is logged")

    assert [body["event_id"] for body in slack.listened] == ["Ev1"]
    assert {said["envelope_id"] for said in slack.heard} == {"event", "sound"}
    assert "('interactive', 'view_submission')" in caplog.text
    assert not [each for each in caplog.records if each.exc_info]
    assert len(slack.asked) == 1, "the connection is kept"
