import io
import logging

import pytest

from integrations.slack.redaction import Redacted


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-visibly-fake-1",
        "xoxe.xoxp-visibly-fake-1",
        "xapp-1-visibly-fake-1",
        "https://hooks.slack.com/actions/T1/2/visibly-fake-1",
    ],
)
def test_no_secret_of_slacks_reaches_a_log_nor_a_traceback(secret: str) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(Redacted("%(message)s"))
    log = logging.getLogger("test.redaction")
    log.addHandler(handler)

    try:
        int(f"the token {secret} does not work")
    except ValueError:
        log.exception("Called with %s", secret)
    finally:
        log.removeHandler(handler)

    assert "visibly-fake" not in lines.getvalue()
    assert "does not work" in lines.getvalue()
