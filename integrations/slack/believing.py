"""Whom Slack's calls believe over TLS."""

import ssl
from functools import cache


@cache
def usual() -> ssl.SSLContext:
    """Return what believes the usual authorities, or those of SSL_CERT_FILE; the same each time.

    To read them takes ten times as long as the rest of a call, and the standard library reads them
    for every connection that is given nothing.
    """
    return ssl.create_default_context()
