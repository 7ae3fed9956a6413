"""What S3, and whatever speaks as it does, has that no other file system has."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.ports.library import LibraryUnavailable
from integrations.library.remote import NotUsable, Shortcoming

_NAMES = ("key", "secret", "token", "profile")
_ENDS_VERSIONS = "NoncurrentVersionExpiration"
_RIGHTS = (
    "Correct FRONTDESK_LIBRARY, or the keys and what they may do there: list the bucket, and get, "
    "put and delete what is below the address."
)
_CLOCK = "Set this machine's clock: S3 takes nothing that is signed more than 15 minutes off."
_REGION = "Name the bucket's region in FRONTDESK_LIBRARY, by region=NAME after the ?."
_KEYS = "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: the server does not know such keys."
_OUTDATED = "Renew the keys and AWS_SESSION_TOKEN: their time is over."
_NO_KEYS = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role."
_PLACE = "Make the bucket, or correct its name in FRONTDESK_LIBRARY."
_LOAD = "Wait until the server is well again, or ask whoever keeps it."
_WAY = "Correct the endpoint in FRONTDESK_LIBRARY, or let this machine reach it."
_FIXES = {
    **dict.fromkeys(("RequestTimeTooSkewed", "RequestExpired"), _CLOCK),
    **dict.fromkeys(("AuthorizationHeaderMalformed", "PermanentRedirect"), _REGION),
    **dict.fromkeys(("InvalidAccessKeyId", "SignatureDoesNotMatch"), _KEYS),
    **dict.fromkeys(("ExpiredToken", "InvalidToken"), _OUTDATED),
    **dict.fromkeys(("NoCredentialsError", "PartialCredentialsError"), _NO_KEYS),
    **dict.fromkeys(("NoSuchBucket", "404", "FileNotFoundError"), _PLACE),
    **dict.fromkeys(("SlowDown", "ServiceUnavailable", "InternalError"), _LOAD),
    **dict.fromkeys(("EndpointConnectionError", "ConnectTimeoutError", "FSTimeoutError"), _WAY),
    **dict.fromkeys(("SSLError", "ConnectionClosedError", "HTTPClientError"), _WAY),
}
"""By what the server, or the way to it, calls the trouble."""


def settings(
    options: Mapping[str, str], piece: int, connect: float, answer: float
) -> dict[str, Any]:
    """Return how s3fs is to speak to it: every byte is signed, and nothing is remembered.

    Of a server that is not Amazon's, the bucket stands in the path, and newer checksums than those
    of signature version 4 are left out: not every server knows them.
    """
    config: dict[str, Any] = {
        "signature_version": "s3v4",
        "connect_timeout": connect,
        "read_timeout": answer,
        "retries": {"mode": "standard", "total_max_attempts": 2},
        "s3": {"payload_signing_enabled": True},
    }
    if "endpoint" in options:
        config["s3"]["addressing_style"] = "path"
        config["request_checksum_calculation"] = "when_required"
        config["response_checksum_validation"] = "when_required"
    found: dict[str, Any] = {name: options[name] for name in _NAMES if name in options}
    if "endpoint" in options:
        found["endpoint_url"] = options["endpoint"]
    if "region" in options:
        found["client_kwargs"] = {"region_name": options["region"]}
    return found | {
        "config_kwargs": config,
        "default_block_size": piece,
        "max_concurrency": 1,
        "use_listings_cache": False,
        "skip_instance_cache": True,
    }


def fix_of(trouble: LibraryUnavailable) -> str:
    """Return what an admin can do about it."""
    return _FIXES.get(trouble.code, _RIGHTS) if isinstance(trouble, NotUsable) else _RIGHTS


def shortcomings(files: Any, bucket: str) -> Iterator[Shortcoming]:  # noqa: ANN401 - s3fs has no types
    """Yield what an admin should mend of a bucket that works; what may not be asked is not said."""
    try:
        if not files.is_bucket_versioned(bucket):
            return
        ends = any(_ENDS_VERSIONS in each for each in _rules(files, bucket))
    except OSError:
        return
    if not ends:
        yield Shortcoming(
            "keeps versions for ever, so what Frontdesk removes stays in it",
            "Add a lifecycle rule to the bucket that ends noncurrent versions after some days.",
        )


def _rules(files: Any, bucket: str) -> list[Mapping[str, Any]]:  # noqa: ANN401 - as above
    """Return the lifecycle rules that are on."""
    try:
        found = files.call_s3("get_bucket_lifecycle_configuration", Bucket=bucket)
    except FileNotFoundError:  # there are none
        return []
    return [each for each in found.get("Rules", ()) if each.get("Status") == "Enabled"]
