"""Facts over HTTPS, signed as Standard Webhooks has it (standardwebhooks.com): by id and time."""

import asyncio
import base64
import hmac
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from ssl import SSLContext, SSLError

import httpx

from bot.ports import Clock
from bot.ports.webhooks import Endpoint, NotTaken
from integrations.ending import ended
from integrations.trust import FIX, distrust, trusting
from integrations.webhooks.addresses import Resolve, address_of, resolved

_SECONDS = 10.0
"""For all of it: connecting, sending, and the head of the answer; its body is never read.

Far below the lease of the outbox, so no endpoint holds a hand of it for longer.
"""

_NOT_WANTED = frozenset({400, 413, 415, 422})
"""What is said of one fact; every other refusal is about the endpoint, and mends itself or not."""

_AGENT = "Frontdesk-Webhooks/1"


class HttpWebhooks:
    """:class:`bot.ports.webhooks.Webhooks` over HTTP. No redirect is followed, no proxy is asked.

    ``clock`` is real time, which receivers compare with theirs.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        clock: Clock,
        *,
        resolve: Resolve = resolved,
        authorities: Path | None = None,
        seconds: float = _SECONDS,
    ) -> None:
        """Connect to nothing yet. ``authorities``: a PEM file of some beside the usual."""
        self._endpoints = {each.name: each for each in endpoints}
        self._clock, self._resolve = clock, resolve
        self._authorities, self._seconds = authorities, seconds
        self._trust: SSLContext | None = None

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """All that are set."""
        return self._endpoints

    def send(self, endpoint: Endpoint, message: str, body: bytes) -> None:
        """Hand the message over. Raises NotTaken unless the answer is 2xx."""
        url = _url(endpoint)
        at = str(int(self._clock.now().timestamp()))
        headers = {
            "host": url.netloc.decode(),
            "content-type": "application/json",
            "user-agent": _AGENT,
            "webhook-id": message,
            "webhook-timestamp": at,
            "webhook-signature": signature(endpoint.secrets, message, at, body),
        }
        there = url.copy_with(host=self._address(endpoint, url))
        try:
            status = asyncio.run(self._answered(there, url.host, headers, body))
        except (TimeoutError, httpx.TimeoutException):
            why = f"It did not answer within {self._seconds:g} seconds."
            raise NotTaken(why) from None
        except (OSError, httpx.HTTPError) as error:
            raise _unreachable(error) from error
        if httpx.codes.is_redirect(status):
            raise NotTaken(f"It leads elsewhere ({status}), and that is not followed.")
        if not httpx.codes.is_success(status):
            raise NotTaken(f"It answers {status}.", refused=status in _NOT_WANTED)

    def trouble(self, endpoint: Endpoint) -> str:
        """Return why nothing can be sent there, "" where it could be; nothing is.

        Its name leads nowhere, or where it must not; nobody listens there, or is not believed.
        """
        try:
            url = _url(endpoint)
            self._connect(self._address(endpoint, url), url)
        except NotTaken as why:
            return str(why)
        except TimeoutError:
            return f"It did not answer within {self._seconds:g} seconds."
        except OSError as error:
            return str(_unreachable(error))
        return ""

    def _address(self, endpoint: Endpoint, url: httpx.URL) -> str:
        return address_of(endpoint, url.host, _port(url), self._resolve)

    def _connect(self, there: str, url: httpx.URL) -> None:
        """Connect, and say nothing. Raises OSError."""
        with ended(self._seconds) as ending:
            wire = socket.create_connection((there, _port(url)), self._seconds)
            ending.hold(wire)
            if _is_safe(url):
                wire = self._trusted().wrap_socket(wire, server_hostname=url.host)
            wire.close()

    def _trusted(self) -> SSLContext:
        if self._trust is None:
            try:
                self._trust = trusting(self._authorities)
            except OSError as error:
                raise NotTaken("FRONTDESK_CA_FILE cannot be read.") from error
        return self._trust

    async def _answered(
        self, url: httpx.URL, name: str, headers: Mapping[str, str], body: bytes
    ) -> int:
        """Return the status; ends in time also where the head of the answer comes bit by bit."""
        trust = self._trusted()
        async with (
            asyncio.timeout(self._seconds),
            httpx.AsyncClient(verify=trust, timeout=self._seconds, trust_env=False) as client,
            client.stream(
                "POST", url, content=body, headers=headers, extensions={"sni_hostname": name}
            ) as answer,
        ):
            return answer.status_code


def _url(endpoint: Endpoint) -> httpx.URL:
    """Return its address, in parts. Raises NotTaken where it has none that can be called."""
    try:
        url = httpx.URL(endpoint.url)
        url.host  # noqa: B018 - decoded when it is asked for
    except (httpx.InvalidURL, UnicodeError) as error:
        raise NotTaken("Its address cannot be read; correct FRONTDESK_WEBHOOKS.") from error
    return url


def _port(url: httpx.URL) -> int:
    return url.port or (443 if _is_safe(url) else 80)


def _is_safe(url: httpx.URL) -> bool:
    return url.scheme == "https"


def _unreachable(error: Exception) -> NotTaken:
    if why := distrust(error):
        return NotTaken(f"It cannot be reached, {why}. {FIX}")
    if isinstance(error, SSLError):
        return NotTaken("It cannot be reached: what answers there speaks no TLS that we know.")
    return NotTaken(f"It cannot be reached ({type(error).__name__}).")


def signature(secrets: Sequence[bytes], message: str, at: str, body: bytes) -> str:
    """Return ``v1,...`` for each secret: over the id, the time (epoch seconds) and the raw body."""
    signed = f"{message}.{at}.".encode() + body
    made = (base64.b64encode(hmac.digest(each, signed, "sha256")).decode() for each in secrets)
    return " ".join(f"v1,{each}" for each in made)
