"""Getting an access token. There is no refresh token in either way: it is asked for anew."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import httpx
import jwt

from bot.ports import CrmUnavailable
from integrations.crm.salesforce.login import Login
from integrations.ending import watch
from integrations.trust import FIX, distrust, trusting

_LIVES = timedelta(minutes=3)
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST = 200
_KEYS = (
    "Check FRONTDESK_SALESFORCE_CLIENT_ID and, with it, FRONTDESK_SALESFORCE_CLIENT_SECRET, or "
    "FRONTDESK_SALESFORCE_USER and FRONTDESK_SALESFORCE_KEY, against the external client app."
)
_WHERE = "Check FRONTDESK_SALESFORCE_URL, the network, and status.salesforce.com."
_RUN_AS = (
    "Enable the client credentials flow in the policies of the external client app, and name the "
    "user that it runs as."
)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and the organisation's own address, to which alone it is sent."""

    value: str = field(repr=False)
    url: str


def sign_in(login: Login, now: datetime, seconds: float) -> Token:
    """Return a new token. Raises CrmUnavailable, with the fix where Salesforce refuses us."""
    try:
        asked, proof = _asked(login, now)
    except (ValueError, TypeError, jwt.PyJWTError) as error:
        raise CrmUnavailable("The key for Salesforce is no RSA key in PEM.", _KEYS) from error
    try:
        url = f"{login.url}/services/oauth2/token"
        with httpx.Client(timeout=seconds, verify=trusting(login.trusted)) as web:
            answer = web.request("POST", url, data=asked, auth=proof, extensions={"trace": watch})
    except httpx.HTTPError as error:
        why = distrust(error)
        said = f"Salesforce cannot be reached: {why or type(error).__name__}"
        raise CrmUnavailable(said, FIX if why else _WHERE) from error
    found = _json(answer)
    if found is None:
        raise CrmUnavailable(f"Salesforce answers HTTP {answer.status_code} to a login.", _WHERE)
    if answer.status_code != httpx.codes.OK:
        raise _refused(login, found, answer.status_code)
    return Token(str(found["access_token"]), _address(login, str(found["instance_url"])))


def _json(answer: httpx.Response) -> dict[str, object] | None:
    try:
        said = answer.json()
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _asked(login: Login, now: datetime) -> tuple[dict[str, str], httpx.BasicAuth | None]:
    if login.key:
        claims = {
            "iss": login.client_id,
            "sub": login.user,
            "aud": login.audience,
            "exp": int((now + _LIVES).timestamp()),
        }
        signed = jwt.encode(claims, login.key, algorithm="RS256")
        return {"grant_type": _JWT, "assertion": signed}, None
    basic = httpx.BasicAuth(login.client_id, login.secret)
    return {"grant_type": "client_credentials"}, basic


def _refused(login: Login, said: dict[str, object], status: int) -> CrmUnavailable:
    code, why = str(said.get("error", status)), str(said.get("error_description", ""))[:_LONGEST]
    fix = _KEYS
    if "approved" in why:
        asked = {"response_type": "code", "client_id": login.client_id}
        fix = (
            f"Pre-authorize {login.user} in the policies of the external client app, or let this "
            f"user approve it once: {login.url}/services/oauth2/authorize?{urlencode(asked)}"
            "&redirect_uri=CALLBACK-URL-OF-THE-APP"
        )
    elif "client credentials" in why and "user" in why:
        fix = _RUN_AS
    elif status >= httpx.codes.INTERNAL_SERVER_ERROR:
        fix = ""
    return CrmUnavailable(f"Salesforce does not let us in: {code} ({why})", fix)


def _address(login: Login, url: str) -> str:
    """Return where the organisation is. The token goes nowhere else, and not in the clear."""
    found, ours = urlsplit(url), urlsplit(login.url)
    if found.scheme != "https" and found.netloc != ours.netloc:
        raise CrmUnavailable("Salesforce names an address of its own that is not https.")
    return f"{found.scheme}://{found.netloc}"
