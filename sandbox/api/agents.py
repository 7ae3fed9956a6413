"""The assistant.threads.* and agents.sessions.* methods."""

from sandbox.api.call import Call, method
from sandbox.codes import SlackError, messages
from sandbox.facts import limit, limits
from sandbox.state.pending import Session
from sandbox.state.records import JSON, Channel, Value

MOST_PROMPTS = 4


def _direct(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if channel.form != "im" or call.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def _session(call: Call, channel: Channel, thread_ts: str) -> Session:
    return call.slack.store.sessions.get(f"{channel.id}/{thread_ts}") or Session(
        channel.id, thread_ts
    )


@method("assistant.threads.setSuggestedPrompts")
def set_suggested_prompts(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts."""
    if call.app.feature("agent_view") is None and call.app.feature("assistant_view") is None:
        raise SlackError("not_agent_app")
    prompts = _prompts(call.arguments["prompts"])
    session = _session(call, _direct(call), call.text("thread_ts"))
    session.prompts = prompts
    call.slack.store.sessions.save(session)
    return {}


def _prompts(value: Value) -> list[JSON]:
    complete = isinstance(value, list) and all(
        isinstance(p, dict) and p.get("title") and p.get("message") for p in value
    )
    if not complete or not 1 <= len(value) <= MOST_PROMPTS:
        raise SlackError(
            "invalid_arguments",
            **messages("[ERROR] 1 to 4 prompts with title and message [json-pointer:/prompts]"),
        )
    return list(value)


@method("assistant.threads.setStatus")
def set_thread_status(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/assistant.threads.setStatus; the next reply clears it."""
    channel = _direct(call)
    session = _session(call, channel, _thread(call, channel))
    session.thinking = call.text("status")
    call.slack.store.sessions.save(session)
    return {}


@method("assistant.threads.setTitle")
def set_title(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/assistant.threads.setTitle."""
    channel = _direct(call)
    session = _session(call, channel, _thread(call, channel))
    session.title = call.text("title")
    call.slack.store.sessions.save(session)
    return {}


def _thread(call: Call, channel: Channel) -> str:
    thread_ts = call.text("thread_ts")
    if call.slack.store.messages.find(channel.id, thread_ts) is None:
        raise SlackError("invalid_thread_ts")
    return thread_ts


@method("agents.sessions.setStatus")
def set_session_status(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/agents.sessions.setStatus; a title counts on creation."""
    if call.text("status") not in limits("agent_session.statuses"):
        raise SlackError("invalid_status")
    session = _agent_session(call)
    if not session.status:
        session.title = call.text("title")[: limit("agent_session.title.max")]
    session.status = call.text("status")
    call.slack.store.sessions.save(session)
    return {}


@method("agents.sessions.rename")
def rename_session(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/agents.sessions.rename."""
    session = _agent_session(call)
    if not session.status:
        raise SlackError("session_not_found")
    if len(call.text("title")) > limit("agent_session.title.max"):
        raise SlackError("invalid_name")
    session.title = call.text("title")
    call.slack.store.sessions.save(session)
    return {}


def _agent_session(call: Call) -> Session:
    if call.app.feature("agent_view") is None:
        raise SlackError("not_authorized")
    channel = _direct(call)
    if not call.text("thread_ts"):
        raise SlackError("thread_ts_required")
    return _session(call, channel, call.text("thread_ts"))
