"""Whom we believe over TLS: the same for every partner."""

import ssl
from pathlib import Path

import httpx

FIX = (
    "Where an authority of your own vouches for it, name that one's file as FRONTDESK_CA_FILE; "
    "else have the certificate put right there."
)


def trusting(own: Path | None = None) -> ssl.SSLContext:
    """Return what believes the usual authorities, and those in the PEM file ``own`` beside them.

    The usual ones are those that come with httpx, and this machine's. Raises OSError.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if own is not None:
        context.load_verify_locations(own)
    return context


def distrust(error: BaseException) -> str:
    """Return why a certificate was not believed, "" where that is not what went wrong."""
    seen, left = set[int](), [error]
    while left:
        each = left.pop()
        if isinstance(each, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {each.verify_message.rstrip('.')}"
        seen.add(id(each))  # libraries wrap errors in each way there is
        inside = (each.__cause__, each.__context__, getattr(each, "reason", None), *each.args)
        left += [one for one in inside if isinstance(one, BaseException) and id(one) not in seen]
    return ""
