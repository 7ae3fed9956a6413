"""Slash commands."""

import re
from dataclasses import dataclass

from sandbox import answers
from sandbox.codes import SlackError
from sandbox.delivery.outcome import COMMANDS
from sandbox.errors import CommandInThread, NoSuchCommand
from sandbox.gestures import acting
from sandbox.shapes.conversations import channel_label
from sandbox.slack import Slack
from sandbox.state.pending import ResponseUrl
from sandbox.state.records import JSON, App, Channel, Person, Toast
from sandbox.triggers import Trigger

MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]+)")


@dataclass(frozen=True)
class CommandDone:
    """What a command set in motion."""

    app: App
    trigger: Trigger
    licence: ResponseUrl
    toast: Toast | None


async def command(
    slack: Slack,
    person_id: str,
    command: str,
    text: str,
    channel_name: str,
    *,
    thread: bool = False,
) -> CommandDone:
    """Type a slash command into a channel's composer."""
    person = acting.active(slack, person_id)
    channel = acting.member(slack, person, channel_name)
    app, entry = _owner(slack, command)
    if thread:
        raise CommandInThread(command=command)
    trigger = acting.trigger(slack, app, person, channel=channel.id)
    licence = acting.licence(slack, app, channel, person)
    text = escaped(slack, text) if entry.get("should_escape") else text
    payload = _payload(slack, app, person, channel, command, text) | {
        "response_url": answers.address(slack, licence),
        "trigger_id": trigger.id,
    }
    outcome = await slack.courier.ask(app, COMMANDS, payload)
    shown = None
    if not outcome.acknowledged:
        shown = _failed(
            slack,
            person,
            channel,
            command,
            acting.COMMAND_ERRORS.get(outcome.failure, outcome.failure),
        )
    elif outcome.answer is not None:
        body = {"text": outcome.answer} if isinstance(outcome.answer, str) else outcome.answer
        try:
            answers.say(slack, licence, body)
        except SlackError as error:
            if body:
                shown = _failed(slack, person, channel, command, error.code)
    return CommandDone(app, trigger, licence, shown)


def _failed(slack: Slack, person: Person, channel: Channel, command: str, error: str) -> Toast:
    return acting.toast(
        slack, person, acting.COMMAND_FAILED.format(command=command, error=error), channel.id
    )


def _owner(slack: Slack, command: str) -> tuple[App, JSON]:
    for app in slack.store.apps.all():
        for entry in app.feature("slash_commands") or []:
            if entry["command"] == command and not app.revoked:
                return app, entry
    raise NoSuchCommand(command=command)


def _payload(
    slack: Slack, app: App, person: Person, channel: Channel, command: str, text: str
) -> JSON:
    return {
        "token": app.verification_token,
        "team_id": slack.team_id,
        "team_domain": slack.team["domain"],
        "channel_id": channel.id,
        "channel_name": channel_label(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
    }


def escaped(slack: Slack, text: str) -> str:
    """Names of people and channels as `<@U…|handle>` and `<#C…|name>`; other text as typed."""

    def one(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@":
            found = [p for p in slack.store.people.all() if p.handle == name]
            return f"<@{found[0].id}|{name}>" if found else match[0]
        channels = [c for c in slack.store.channels.all() if c.name == name]
        return f"<#{channels[0].id}|{name}>" if channels else match[0]

    return MENTION.sub(one, text)
