"""Channels, messages and files in Slack's JSON."""

from urllib.parse import quote

from sandbox.shapes.people import bot_profile
from sandbox.state.records import JSON, Channel, File, Message
from sandbox.state.store import Store


def channel(store: Store, record: Channel, viewer: str, *, with_count: bool = False) -> JSON:
    """A conversation object as the Web API shows it to one user."""
    if record.form == "im":
        others = [user for user in record.members if user != viewer]
        return {
            "id": record.id,
            "created": record.created,
            "is_archived": record.archived,
            "is_im": True,
            "is_org_shared": False,
            "user": others[0] if others else viewer,
            "is_user_deleted": any(store.people[user].deleted for user in others),
            "is_open": True,
            "priority": 0,
        }
    private = record.form == "private"
    shape: JSON = {
        "id": record.id,
        "name": record.name,
        "name_normalized": record.name,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "created": record.created,
        "creator": record.creator,
        "is_archived": record.archived,
        "is_general": record.name == "general",
        "is_member": viewer in record.members,
        "is_shared": record.shared,
        "is_ext_shared": record.shared,
        "is_org_shared": False,
        "topic": {"value": record.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }
    if with_count:
        shape["num_members"] = len(record.members)
    return shape


def channel_label(record: Channel) -> str:
    """The channel's name in payloads, which never give the name of a private one."""
    return {"im": "directmessage", "private": "privategroup"}.get(record.form, record.name)


def message(store: Store, team: str, record: Message, *, with_metadata: bool = False) -> JSON:
    """A message as histories, events and interaction payloads show it."""
    shape: JSON = {"type": "message", "user": record.user, "ts": record.ts, "text": record.text}
    for name in ("subtype", "client_msg_id", "username", "blocks", "attachments", "edited"):
        if value := getattr(record, name):
            shape[name] = value
    shape |= _sender(store, team, record)
    if record.files:
        shape |= {"files": [shared_file(store, store.files[f]) for f in record.files]}
        shape["upload"] = True
    if record.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in record.reactions.items()
        ]
    if record.metadata is not None and with_metadata:
        shape["metadata"] = record.metadata
    return shape | _thread_fields(store, record)


def _sender(store: Store, team: str, record: Message) -> JSON:
    sender = store.people.get(record.user)
    shape: JSON = {"team": sender.team if sender else team}
    if sender and sender.stranger:
        shape |= {"user_team": sender.team, "source_team": sender.team}
    if record.bot_id:
        profile = bot_profile(store.apps[record.app_id], team)
        shape |= {"bot_id": record.bot_id, "app_id": record.app_id, "bot_profile": profile}
    return shape


def _thread_fields(store: Store, record: Message) -> JSON:
    if record.thread_ts and record.thread_ts != record.ts:
        root = store.messages.find(record.channel, record.thread_ts)
        return {"thread_ts": record.thread_ts, "parent_user_id": root.user if root else ""}
    replies = store.messages.replies(record.channel, record.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": record.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def shared_file(store: Store, record: File) -> JSON:
    """A file in a message; of a deleted one nothing is left but a tombstone."""
    return {"id": record.id, "mode": "tombstone"} if record.deleted else file(store, record)


def file(store: Store, record: File, *, ready: bool = True) -> JSON:
    """A file object (docs.slack.dev/reference/objects/file-object).

    What Slack learns by reading the file is empty until it is `ready`. The private addresses need
    the token of a bot that holds files:read and may see the file.
    """
    extension = record.name.rpartition(".")[2].lower() if "." in record.name else ""
    page, download = file_addresses(store, record)
    return {
        "id": record.id,
        "created": record.created,
        "timestamp": record.created,
        "name": record.name,
        "title": record.title or record.name,
        "mimetype": record.mimetype if ready else "",
        "filetype": (extension or "binary") if ready else "",
        "pretty_type": (extension.upper() or "Binary") if ready else "",
        "user": record.user,
        "size": record.size,
        "mode": "hosted",
        "file_access": "visible",
        "is_external": False,
        "url_private": page,
        "url_private_download": download,
        "permalink": page,
        **({"alt_txt": record.alt_txt} if record.alt_txt else {}),
    } | _shared_in(store, record if ready else None)


def file_addresses(store: Store, record: File) -> tuple[str, str]:
    """Where a file can be looked at, and where it can be downloaded."""
    base, name = f"{store.url}/files-pri/{record.id}", quote(record.name, safe="")
    return f"{base}/{name}", f"{base}/download/{name}"


def _shared_in(store: Store, record: File | None) -> JSON:
    """The conversations in which a file is shared, by their kind."""
    shared = [store.channels[key] for key in record.channels] if record is not None else []
    kinds = {"channels": "public", "groups": "private", "ims": "im"}
    found: JSON = {name: [c.id for c in shared if c.form == form] for name, form in kinds.items()}
    return found | {"is_public": bool(found["channels"])}
