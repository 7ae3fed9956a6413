"""Which addresses are Slack's: nothing else is ever called, whatever a payload or a file says."""

from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_slacks(url: str, api_url: str, host: str) -> bool:
    """Whether ``url`` is https on exactly ``host``.

    With a workspace on this machine (``api_url``) it is that workspace's own host and port. Nobody
    logs in: what stands before an @ only hides where an address leads.
    """
    home = urlsplit(api_url)
    try:
        theirs = urlsplit(url)
        port = theirs.port
    except ValueError:
        return False
    if theirs.username is not None or theirs.password is not None:
        return False
    if home.hostname in LOOPBACK:
        return (theirs.scheme, theirs.hostname, port) == ("http", home.hostname, home.port)
    return theirs.scheme == "https" and theirs.netloc == host
