"""Buttons where a person should not find them: old ones, and other people's."""

from bot.ports import Message
from messages.buttons import Button, encode
from sandbox import Card
from tests.journeys.house import House


async def planted(
    house: House, viewer: str, action_id: str, value: str, channel: str = "sow-requests"
) -> Card:
    """Let the bot post a message with one button, "Press", and return it as ``viewer`` sees it."""
    place = house.workspace.channel(channel, viewer=viewer)
    text = {"type": "plain_text", "text": "Press"}
    button = {"type": "button", "text": text, "action_id": action_id, "value": value}
    message = Message("Press this.", ({"type": "actions", "elements": [button]},))
    house.frontdesk.desk.slack.post(place.id, message, f"planted for {viewer}")
    return await place.wait_for("[Press]")


async def others_button(house: House, viewer: str, action: str = "accept") -> Card:
    """A decision about SOW-1 as it stands, under the hand of somebody it was not sent to."""
    step = house.request("SOW-1").step
    return await planted(house, viewer, *encode(Button(action, "SOW-1", step)))
