"""Whether clients sign through DocuSign, and as whom it knows us."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings.environment import Environment
from settings.wording import Wrong, shown

_RIGHT = "right is docusign://INTEGRATION_KEY:USER_ID@account.docusign.com/ACCOUNT_ID"
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PEM = re.compile(
    r"-----BEGIN (?:RSA )?PRIVATE KEY-----\n.+\n-----END (?:RSA )?PRIVATE KEY-----", re.DOTALL
)
_SHORTEST_KEY = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class DocuSignChoice:
    """An account at DocuSign, and the user and app by which it is used."""

    host: str
    key: str
    user: str
    account: str
    private_key: str = field(repr=False)
    hook_keys: tuple[str, ...] = field(repr=False)


def chosen(env: Environment) -> DocuSignChoice | None:
    """Return the account at DocuSign; both keys are needed where there is one."""
    found = env.read("FRONTDESK_DOCUSIGN", identity, None)
    pem = env.read("FRONTDESK_DOCUSIGN_PRIVATE_KEY", private_key, "")
    keys = env.read("FRONTDESK_DOCUSIGN_HMAC", hook_keys, ())
    if found is None:
        return None
    env.problems += [
        f"{name}: it is missing; FRONTDESK_DOCUSIGN needs it."
        for name in ("FRONTDESK_DOCUSIGN_PRIVATE_KEY", "FRONTDESK_DOCUSIGN_HMAC")
        if not env.is_set(name)
    ]
    host, key, user, account = found
    return DocuSignChoice(
        host=host, key=key, user=user, account=account, private_key=pem, hook_keys=keys
    )


def identity(text: str) -> tuple[str, str, str, str]:
    """Return host, integration key, user and account."""
    try:
        found = urlsplit(text)
        port = f":{found.port}" if found.port else ""
    except ValueError:
        raise Wrong(f"it cannot be read; {_RIGHT}") from None
    account = found.path.strip("/")
    ids = (found.username or "", found.password or "", account)
    if found.scheme != "docusign" or not found.hostname or found.query:
        raise Wrong(f"{shown(text)} names no account; {_RIGHT}")
    if not all(_ID.fullmatch(each) for each in ids):
        raise Wrong(f"key, user and account are ids such as {_EXAMPLE}; {_RIGHT}")
    return f"{found.hostname}{port}", *ids


_EXAMPLE = "1b2c3d4e-0000-4000-8000-1b2c3d4e5f60"


def private_key(text: str) -> str:
    r"""Return the key as PEM; line breaks may be written \n, or all of it in base64."""
    pem = text.replace("\\n", "\n").strip()
    if not pem.startswith("-----"):
        try:
            pem = base64.b64decode(pem, validate=True).decode("ascii").strip()
        except (binascii.Error, ValueError):
            pem = ""
    if not _PEM.fullmatch(pem):
        raise Wrong("it is no private key; right is the RSA key that DocuSign showed, as PEM.")
    return pem


def hook_keys(text: str) -> tuple[str, ...]:
    """Return the keys that sign DocuSign's calls; several while they are changed."""
    keys = tuple(filter(None, (each.strip() for each in text.split(","))))
    if not keys or any(len(each) < _SHORTEST_KEY for each in keys):
        raise Wrong("one of the keys is too short; right are the HMAC keys of DocuSign Connect.")
    return keys
