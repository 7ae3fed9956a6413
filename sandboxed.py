"""A workspace for a bot without tokens: the sandbox, with its company and the bot in it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import CannotGoOn
from handlers.manifest import manifest
from sandbox import Server, Workspace, page
from sandbox.errors import SandboxError
from settings import Settings
from web.server import CannotListen
from workflows.registry import find_workflows

_LAST_PORT = 65535


def open_sandbox(settings: Settings, doors_shown: Mapping[str, str]) -> tuple[Server, Settings]:
    """Start the local workspace with the bot installed; return it and the settings to join it.

    Its page names ``doors_shown`` at the top: where else the bot can be reached. Raises
    CannotListen, and CannotGoOn when another process has this workspace open.
    """
    try:
        workspace = Workspace.open(journal=settings.data / "sandbox.jsonl")
    except SandboxError as error:
        raise CannotGoOn(str(error)) from error
    mail = settings.mail_folder if settings.mail is None else None
    pages = page.routes(workspace.slack, doors_shown, mail=mail)
    server = Server(workspace, host=settings.host, port=settings.port, pages=pages)
    try:
        server.start()
    except OSError as error:
        workspace.close()
        raise CannotListen(settings.host, settings.port, error) from error
    public_url = settings.public_url or f"http://{settings.host}"
    shape = manifest(find_workflows(), socket=True, public_url=public_url)
    installed = workspace.install(shape, transport="socket")
    joined = replace(
        settings,
        bot_token=installed.bot_token,
        app_token=installed.app_token,
        api_url=server.api_url,
        port=settings.port + 1 if 0 < settings.port < _LAST_PORT else 0,
    )
    return server, joined


def invitation(sandbox: Server, health: str) -> str:
    """Return what to say to a person who tries Frontdesk; ``health`` is the address of readyz."""
    return f"""
Frontdesk is running in a sandbox: a Slack workspace on this machine, nothing leaves it.

    Open {sandbox.url}

Three things to try:
  1. As Ana, type /sow in #sales and ask for a Statement of Work over 8,000 USD;
     then be Dian and press Accept.
  2. As Ana, ask for one over 250,000 USD: Ryan gets it first, and can request changes.
     Accepted, Dian drafts it and sends it to the client, whose mail is at {sandbox.url}/mail.
  3. As Ben, type /asset; then be Sol and accept it with an owner and a date.

Health: {health}    Stop with Ctrl-C."""
