"""Time stamps of an authority, by RFC 3161: somebody else's word on when something was sealed."""

import asyncio
from datetime import datetime

import httpx
from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, dummy_digest

from bot.ports import Clock, SealUnavailable
from integrations.seal.checking import SAME_TIME

_SECONDS = 10.0
_LONGEST = 64 * 1024
"""Bytes of an answer; tokens have some ten thousand with all their certificates."""
_ASKS, _ANSWERS = "application/timestamp-query", "application/timestamp-reply"
_DIGEST = "sha256"
_FIX = "Wait for the authority, or correct FRONTDESK_SEAL_TIMESTAMPS."


class TimeStamps(TimeStamper):
    """Asks the authority at ``url``, ``seconds`` at most for a stamp; redirects are not followed.

    It has to tell the time of ``clock``, the real one. Whether it is to be trusted is decided by
    whoever reads the PDF: who signed its answer is not looked at here.
    """

    def __init__(self, url: str, clock: Clock, seconds: float = _SECONDS) -> None:
        """Remember them. Nothing is asked by that."""
        super().__init__()  # type: ignore[no-untyped-call]  # of pyHanko
        self.url = url
        self._clock = clock
        self._seconds = seconds

    def check(self) -> None:
        """Ask for a stamp on nothing. Raises SealUnavailable."""
        asyncio.run(self.async_timestamp(dummy_digest(_DIGEST), _DIGEST))

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token for this very digest. Raises SealUnavailable."""
        try:
            async with asyncio.timeout(self._seconds):
                token = await super().async_timestamp(message_digest, md_algorithm)
            _compare(token, message_digest, self._clock.now())
        except TimeoutError:
            raise self._trouble(f"did not answer within {self._seconds:g} s") from None
        except httpx.HTTPError as error:
            raise self._trouble(f"cannot be reached ({type(error).__name__})") from error
        except Exception as error:  # pyHanko and asn1crypto raise anything at an answer of no use
            why = str(error) if isinstance(error, TimestampRequestError) else type(error).__name__
            raise self._trouble(f"gave no stamp: {why[:200]}") from error
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask over HTTP."""
        headers = {"Content-Type": _ASKS, "Accept": _ANSWERS}
        async with (
            httpx.AsyncClient(timeout=self._seconds) as client,
            client.stream("POST", self.url, content=req.dump(), headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise TimestampRequestError(f"it answered with {answer.status_code}")
            content = b""
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > _LONGEST:
                    raise TimestampRequestError("its answer is too long")
        return tsp.TimeStampResp.load(content, strict=True)

    def _trouble(self, what: str) -> SealUnavailable:
        return SealUnavailable(f"the time stamps of {self.url}: it {what}", _FIX)


def _compare(token: cms.ContentInfo, digest: bytes, now: datetime) -> None:
    """See to it that what was stamped is what was asked for, and that the time is ours."""
    said = token["content"]["encap_content_info"]["content"].parsed
    if said["message_imprint"]["hashed_message"].native != digest:
        raise TimestampRequestError("it stamped something else")
    if abs(said["gen_time"].native - now) > SAME_TIME:
        raise TimestampRequestError(f"it says {said['gen_time'].native:%Y-%m-%d %H:%M}, UTC")
