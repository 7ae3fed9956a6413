"""Access to DocuSign: a token by JWT grant, the account's own server, and time limits.

What its library does otherwise: it calls the production server unless a client is made for another,
asks for tokens without any limit of time, and keeps the certificates to trust in one place for the
whole process.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import urllib3
from docusign_esign import EnvelopesApi, TemplatesApi
from docusign_esign.client.api_client import ApiClient
from docusign_esign.client.api_exception import ApiException

from bot.ports import SignaturesRefused, SignaturesUnavailable, SignaturesUnsure
from integrations.ending import ended, watch_pools
from integrations.resting import Resting
from integrations.signatures.access import Access
from integrations.trust import FIX, distrust, trusting

_SCOPES = ("signature", "impersonation")
_THEIRS = "https://www.docusign.com"
"""Where who gives consent is led in the end, while there is no address of ours."""
_LIFE = 3600
"""Seconds that a token is asked for; DocuSign gives none that holds longer."""
_MARGIN = 300
"""Seconds before its end from which a token is not used any more."""
_UNAUTHORIZED, _TOO_MANY, _TROUBLE = 401, 429, 500
_NEVER_THERE = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    Resting,
)
_LATER = ("LIMIT_EXCEEDED", "LOCK", "TIMEOUT")
"""What stands in an error's code when the same call can be made later."""


class NoAccess(SignaturesUnavailable):
    """DocuSign gives us no access as it is set; ``fix`` is what helps."""

    def __init__(self, why: str, fix: str) -> None:
        """Remember both."""
        super().__init__(why)
        self.fix = fix


class Refused(SignaturesRefused):
    """A call that DocuSign does not take; ``code`` is its name for the reason."""

    def __init__(self, code: str, message: str) -> None:
        """Remember the code; the text has both."""
        super().__init__(f"{message} ({code})")
        self.code = code


@dataclass(frozen=True, slots=True)
class Session:
    """The account's envelopes and templates, for as long as the token holds."""

    envelopes: Any
    templates: Any
    account: str
    said: str
    until: float


class Sessions:
    """One session for all threads, made anew before its token ends."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._failed: tuple[float, SignaturesUnavailable] | None = None

    def session(self) -> Session:
        """Return the session. Raises NoAccess and SignaturesUnavailable.

        Whoever waits while another one asks for it in vain does not ask again.
        """
        asked = monotonic()
        with self._lock:
            if self._session is None or monotonic() >= self._session.until:
                if self._failed is not None and self._failed[0] >= asked:
                    raise self._failed[1]
                try:
                    with told(self._access):
                        self._session = self._begin()
                except SignaturesUnavailable as away:
                    self._failed = (monotonic(), away)
                    raise
            return self._session

    def end(self, session: Session) -> None:
        """Use ``session`` no more: its token was refused."""
        with self._lock:
            if self._session is session:
                self._session = None

    def _begin(self) -> Session:
        access, begun = self._access, monotonic()
        client = _client(access, f"https://{access.host}")
        try:
            token = client.request_jwt_user_token(
                *(access.key, access.user, access.host, access.private_key.encode(), _LIFE),
                scopes=_SCOPES,
            )
        except (ValueError, jwt.PyJWTError) as problem:
            fix = "Set FRONTDESK_DOCUSIGN_PRIVATE_KEY to the app's RSA private key (PEM)."
            raise NoAccess("the private key cannot be used", fix) from problem
        except ApiException as problem:
            raise _no_access(access, problem) or problem from problem
        try:
            known = client.get_user_info(token.access_token).get_accounts()
        except ApiException as problem:
            raise _no_access(access, problem) or problem from problem
        account = next((each for each in known if each.account_id == access.account), None)
        if account is None:
            fix = "Correct the account in FRONTDESK_DOCUSIGN, or add the user to that account."
            raise NoAccess("the user has no such account", fix)
        theirs = _client(access, f"{account.base_uri.rstrip('/')}/restapi")
        theirs.set_default_header("Authorization", f"Bearer {token.access_token}")
        life = min(_LIFE, int(token.expires_in or _LIFE)) - _MARGIN
        said = f"{account.account_name} at {urlsplit(account.base_uri).netloc}"
        return Session(
            envelopes=EnvelopesApi(theirs),
            templates=TemplatesApi(theirs),
            account=account.account_id,
            said=said,
            until=begun + life,
        )


@contextmanager
def told(access: Access) -> Iterator[None]:
    """Raise what DocuSign and the way to it say as SignaturesUnavailable or Refused; in time."""
    try:
        with ended(access.altogether):
            yield
    except ApiException as problem:
        raise _meant(problem) from problem
    except (urllib3.exceptions.HTTPError, OSError) as problem:
        raise SignaturesUnavailable(f"cannot be reached ({type(problem).__name__})") from problem


def is_silence(problem: BaseException) -> bool:
    """Whether nothing was answered, of what :func:`told` raises."""
    return isinstance(problem.__cause__, TimeoutError | urllib3.exceptions.TimeoutError)


@contextmanager
def perhaps_done() -> Iterator[None]:
    """Raise SignaturesUnsure where DocuSign may have done what it did not answer."""
    try:
        yield
    except SignaturesUnavailable as away:
        if _may_be_done(away):
            raise SignaturesUnsure(str(away)) from away.__cause__
        raise


def _may_be_done(away: SignaturesUnavailable) -> bool:
    cause = away.__cause__
    if isinstance(cause, ApiException):
        return (cause.status or 0) >= _TROUBLE
    return not isinstance(away, NoAccess) and not isinstance(cause, _NEVER_THERE)


def is_unauthorized(problem: BaseException | None) -> bool:
    """Whether DocuSign refused our token."""
    return isinstance(problem, ApiException) and problem.status == _UNAUTHORIZED


class _Client(ApiClient):  # type: ignore[misc]  # the library has no types
    """The library's client, with a limit of time for each answer."""

    seconds = 0.0

    def request(self, *what: object, **options: Any) -> object:
        options["_request_timeout"] = (self.seconds, self.seconds)
        return super().request(*what, **options)


def _client(access: Access, host: str) -> _Client:
    client = _Client(host=host, oauth_host_name=access.host)
    client.seconds = access.seconds
    watch_pools(client.rest_client.pool_manager)
    pool = client.rest_client.pool_manager.connection_pool_kw
    pool["retries"] = False  # what is tried again is decided by the outbox
    pool["ssl_context"] = trusting(access.trusted)
    return client


def _meant(problem: ApiException) -> Exception:
    status, (code, message) = problem.status or 0, _said(problem)
    is_later = any(each in code.upper() for each in _LATER)
    if status == 0:
        return SignaturesUnavailable(f"{distrust(problem) or 'speaks no TLS that we know'}. {FIX}")
    if status in (_UNAUTHORIZED, _TOO_MANY) or status >= _TROUBLE or is_later:
        return SignaturesUnavailable(f"HTTP {status} {code}".strip())
    return Refused(code or f"HTTP {status}", message or "it gave no reason")


def _said(problem: ApiException) -> tuple[str, str]:
    """Return the code and the words of an error; "" where it has none."""
    response = getattr(problem, "response", None)
    try:
        found = response.urllib3_response.json() if response is not None else {}
    except ValueError:
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    words = found.get("message") or found.get("error_description") or ""
    return str(found.get("errorCode") or found.get("error") or ""), str(words)[:300]


def _no_access(access: Access, problem: ApiException) -> NoAccess | None:
    code, _words = _said(problem)
    if code == "consent_required":
        asked = {
            "response_type": "code",
            "scope": " ".join(_SCOPES),
            "client_id": access.key,
            "redirect_uri": "{0.scheme}://{0.netloc}".format(urlsplit(access.hook or _THEIRS)),
        }
        url = f"https://{access.host}/oauth/auth?{urlencode(asked)}"
        fix = f"Open this once as that user and allow it (the app needs that redirect URI): {url}"
        return NoAccess("the user has not allowed it yet (consent_required)", fix)
    if isinstance(_meant(problem), Refused) or problem.status == _UNAUTHORIZED:
        fix = "Correct FRONTDESK_DOCUSIGN and its private key: host, key and user belong together."
        return NoAccess(f"it gives no access ({code or f'HTTP {problem.status}'})", fix)
    return None
