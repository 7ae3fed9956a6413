"""Every setting, taken and refused. Both tables hold exactly the settings there are."""

from base64 import b64encode
from collections.abc import Callable
from ipaddress import ip_network

import pytest
import trustme

from bot.ports.webhooks import Endpoint
from settings import SETTINGS, Settings
from settings.docusign import DocuSignChoice
from settings.hubspot import HubSpotChoice
from settings.mail import MailServer
from settings.salesforce import SalesforceChoice
from settings.stripe import StripeChoice
from tests.settings.installation import HTTP, KEY, SOCKET, Installation

_NO_AUTHORITIES = (
    "holds no certificate, or one that is damaged; right is a PEM file of authorities."
)
_WHSEC = "whsec_ERERERERERERERERERERERERERERERER"
_NAMES = {each.name for each in SETTINGS}
_PG = "postgresql+psycopg://desk:not-real@db.harborlight.example:5432/desk"
_ID = "1b2c3d4e-0000-4000-8000-00000000000"
_DOCUSIGN = f"docusign://{_ID}1:{_ID}2@account-d.docusign.com/{_ID}3"
_PEM = "-----BEGIN RSA PRIVATE KEY-----\nnot real\n-----END RSA PRIVATE KEY-----"
_ACCOUNT = {
    "FRONTDESK_DOCUSIGN": _DOCUSIGN,
    "FRONTDESK_DOCUSIGN_PRIVATE_KEY": _PEM,
    "FRONTDESK_DOCUSIGN_HMAC": "a visibly fake key",
}
"""All that signing through DocuSign needs."""
_STRIPE = {
    "FRONTDESK_STRIPE_KEY": "rk_live_visiblyfake",
    "FRONTDESK_STRIPE_HOOK_SECRETS": "whsec_visiblyfake",
}
"""All that invoices through Stripe need."""

REACHABLE = {
    "FRONTDESK_PUBLIC_URL": "https://desk.harborlight.example",
    "FRONTDESK_TRUSTED_PROXIES": "10.0.0.5",
    "FRONTDESK_SMTP_URL": "smtp://mail.harborlight.example",
    "FRONTDESK_MAIL_FROM": "desk@harborlight.example",
}
HUBSPOT_KEY = "pat-na1-visibly-fake-1"
FAKE_KEY = "-----BEGIN PRIVATE KEY-----\nvisibly+fake\n-----END PRIVATE KEY-----\n"
_SALESFORCE = "FRONTDESK_SALESFORCE_"
_APP = {
    f"{_SALESFORCE}URL": "https://harborlight.my.salesforce.com",
    f"{_SALESFORCE}CLIENT_ID": "3MVG9other",
}
BY_SECRET = {**_APP, f"{_SALESFORCE}CLIENT_SECRET": "other-secret"}
BY_KEY = {**_APP, f"{_SALESFORCE}USER": "u@h.example", f"{_SALESFORCE}KEY": FAKE_KEY}
TOGETHER = {
    "FRONTDESK_HUBSPOT_URL": {"FRONTDESK_HUBSPOT_TOKEN": HUBSPOT_KEY},
    f"{_SALESFORCE}URL": BY_SECRET,
    f"{_SALESFORCE}CLIENT_ID": BY_SECRET,
    f"{_SALESFORCE}CLIENT_SECRET": BY_SECRET,
    f"{_SALESFORCE}USER": BY_KEY,
    f"{_SALESFORCE}KEY": BY_KEY,
}
"""What some settings need beside them."""


def salesforce(settings: Settings) -> SalesforceChoice:
    """The Salesforce that is set; one that is no choice where there is none."""
    chosen = settings.crm
    return (
        chosen if isinstance(chosen, SalesforceChoice) else SalesforceChoice(url="", client_id="")
    )


def hubspot(settings: Settings) -> HubSpotChoice:
    chosen = settings.crm
    return chosen if isinstance(chosen, HubSpotChoice) else HubSpotChoice(url="", token="")


TAKEN: dict[str, tuple[str, Callable[[Settings], object], object]] = {
    "SLACK_BOT_TOKEN": ("xoxb-not-real-2", lambda s: s.bot_token, "xoxb-not-real-2"),
    "SLACK_APP_TOKEN": ("xapp-not-real-2", lambda s: s.app_token, "xapp-not-real-2"),
    "SLACK_SIGNING_SECRET": ("not-real", lambda s: s.signing_secrets, ("not-real",)),
    "SLACK_API_URL": (
        "http://127.0.0.1:9000/api",
        lambda s: s.api_url,
        "http://127.0.0.1:9000/api/",
    ),
    "FRONTDESK_SANDBOX": ("yes", lambda s: "FRONTDESK_SANDBOX" in s.why, True),
    "DATABASE_URL": (_PG, lambda s: s.database_url, _PG),
    "MIGRATION_DATABASE_URL": (_PG, lambda s: s.migration_database_url, _PG),
    "FRONTDESK_HOST": ("0.0.0.0", lambda s: s.host, "0.0.0.0"),  # noqa: S104 - nothing listens
    "PORT": ("0", lambda s: s.port, 0),
    "FRONTDESK_PUBLIC_URL": (
        "https://desk.harborlight.example/",
        lambda s: s.public_url,
        "https://desk.harborlight.example",
    ),
    "FRONTDESK_TRUSTED_PROXIES": (
        "10.0.0.5, 2001:db8::/32",
        lambda s: s.trusted_proxies,
        (ip_network("10.0.0.5/32"), ip_network("2001:db8::/32")),
    ),
    "FRONTDESK_AUDIT_KEY": ("11" * 33, lambda s: s.audit_key, b"\x11" * 33),
    "FRONTDESK_METRICS_TOKEN": ("not-real-token==", lambda s: s.metrics_token, "not-real-token=="),
    "FRONTDESK_LIBRARY": (
        "shelves/assets",
        lambda s: s.library.folder and s.library.folder.parts[-2:],
        ("shelves", "assets"),
    ),
    "AWS_ACCESS_KEY_ID": ("AKIANOTREAL", lambda s: s.library_keys.get("key"), "AKIANOTREAL"),
    "AWS_SECRET_ACCESS_KEY": ("not/real", lambda s: s.library_keys.get("secret"), "not/real"),
    "AWS_SESSION_TOKEN": ("not/real=", lambda s: s.library_keys.get("token"), "not/real="),
    "FRONTDESK_TEMPLATES": (".", lambda s: s.templates and s.templates.is_dir(), True),
    "FRONTDESK_FONTS": (".", lambda s: s.fonts and s.fonts.is_dir(), True),
    "FRONTDESK_SMTP_URL": (
        "smtp://desk:not%20real@mail.harborlight.example",
        lambda s: s.mail,
        MailServer(
            host="mail.harborlight.example",
            port=587,
            security="starttls",
            user="desk",
            password="not real",
        ),
    ),
    "FRONTDESK_MAIL_FROM": (
        "sales@harborlight.example",
        lambda s: s.mail_from,
        "sales@harborlight.example",
    ),
    "FRONTDESK_MODEL": ("ollama:qwen3:8b", lambda s: s.model and s.model.name, "ollama:qwen3:8b"),
    "FRONTDESK_MODEL_SECONDS": ("2.5", lambda s: s.model and s.model.seconds, 2.5),
    "FRONTDESK_SALESFORCE_URL": (
        "https://acme.my.salesforce.com/",
        lambda s: salesforce(s).url,
        "https://acme.my.salesforce.com",
    ),
    "FRONTDESK_SALESFORCE_CLIENT_ID": (
        "3MVG9fake",
        lambda s: salesforce(s).client_id,
        "3MVG9fake",
    ),
    "FRONTDESK_SALESFORCE_CLIENT_SECRET": (
        "fake-secret",
        lambda s: salesforce(s).secret,
        "fake-secret",
    ),
    "FRONTDESK_SALESFORCE_USER": (
        "desk@acme.example",
        lambda s: salesforce(s).user,
        "desk@acme.example",
    ),
    "FRONTDESK_SALESFORCE_KEY": (
        FAKE_KEY.replace("\n", "\\n"),
        lambda s: salesforce(s).key,
        FAKE_KEY,
    ),
    "FRONTDESK_HUBSPOT_TOKEN": (
        "pat-eu1-visibly-fake-2",
        lambda s: hubspot(s).token,
        "pat-eu1-visibly-fake-2",
    ),
    "FRONTDESK_HUBSPOT_URL": (
        "https://crm.acme.example/",
        lambda s: hubspot(s).url,
        "https://crm.acme.example",
    ),
    "FRONTDESK_DOCUSIGN": (
        _DOCUSIGN.replace("account-d", "account"),
        lambda s: s.docusign,
        DocuSignChoice(
            host="account.docusign.com",
            key=f"{_ID}1",
            user=f"{_ID}2",
            account=f"{_ID}3",
            private_key=_PEM,
            hook_keys=("a visibly fake key",),
        ),
    ),
    "FRONTDESK_DOCUSIGN_PRIVATE_KEY": (
        _PEM.replace("not real", "another").replace("\n", "\\n"),
        lambda s: s.docusign and s.docusign.private_key,
        _PEM.replace("not real", "another"),
    ),
    "FRONTDESK_DOCUSIGN_HMAC": (
        "a visibly fake key of now, and the one before",
        lambda s: s.docusign and s.docusign.hook_keys,
        ("a visibly fake key of now", "and the one before"),
    ),
    "FRONTDESK_STRIPE_KEY": (
        "rk_live_visiblyfake2",
        lambda s: s.stripe,
        StripeChoice(
            key="rk_live_visiblyfake2",
            hook_secrets=("whsec_visiblyfake",),
            mails=False,
            url="https://api.stripe.com",
        ),
    ),
    "FRONTDESK_STRIPE_HOOK_SECRETS": (
        "whsec_visiblyfakeofnow, whsec_visiblyfakeofbefore",
        lambda s: s.stripe and s.stripe.hook_secrets,
        ("whsec_visiblyfakeofnow", "whsec_visiblyfakeofbefore"),
    ),
    "FRONTDESK_STRIPE_MAILS": ("yes", lambda s: s.stripe and s.stripe.mails, True),
    "FRONTDESK_STRIPE_URL": (
        "https://stripe.harborlight.example/",
        lambda s: s.stripe and s.stripe.url,
        "https://stripe.harborlight.example",
    ),
    "FRONTDESK_CA_FILE": ("own.pem", lambda s: s.ca_file and s.ca_file.name, "own.pem"),
    "FRONTDESK_SEAL": (
        "keys/seal.p12",
        lambda s: s.seal and str(s.seal.key_file).endswith("/keys/seal.p12"),
        True,
    ),
    "FRONTDESK_SEAL_PASSWORD": ("not real", lambda s: s.seal and s.seal.password, "not real"),
    "FRONTDESK_SEAL_TIMESTAMPS": (
        "https://tsa.harborlight.example/tsr",
        lambda s: s.seal and s.seal.timestamps,
        "https://tsa.harborlight.example/tsr",
    ),
    "FRONTDESK_WEBHOOKS": (
        f"crm+amounts=https://crm.example/hook?a=1#{_WHSEC},{_WHSEC}",
        lambda s: s.webhooks,
        (
            Endpoint(
                name="crm",
                url="https://crm.example/hook?a=1",
                secrets=(b"\x11" * 24, b"\x11" * 24),
                amounts=True,
            ),
        ),
    ),
    "FRONTDESK_CLOCK": ("system", lambda s: s.clock, "system"),
    "FRONTDESK_CONFIG": ("acme.toml", lambda s: s.company.name, "Acme"),
    "FRONTDESK_DATA": ("kept/here", lambda s: s.data.parts[-2:], ("kept", "here")),
    "FRONTDESK_LOG_LEVEL": ("Warning", lambda s: s.log_level, "WARNING"),
    "FRONTDESK_LOG_FORMAT": ("JSON", lambda s: s.log_format, "json"),
}

_NO_ORGANISATION = (
    "is no address of an organisation; right is your My Domain, such as "
    "https://harborlight.my.salesforce.com"
)
_IN_THE_CLEAR = '"http://acme.example" is not https; the secret would be sent in the clear.'
_A_URL = "right is one such as https://slack.com/api/"
_NO_KEY = "this holds characters that no key has."
_RIGHT = "right is the path of a folder, or a URL such as s3://bucket/assets"
_S3_OPTIONS = "after the ? of s3:// stand endpoint=https://HOST, region=NAME and profile=NAME alone"
_NO_AUTHORITY = (
    "this is no such address; right is the https address of an RFC 3161 authority, "
    "without a password."
)
_SEALS = "right are own, the path of a .p12 file, and pkcs11: with what names a key"
_NO_TOKEN = (
    "this names no key in a token; right is pkcs11:token=LABEL;object=LABEL?module-path=FILE, "
    "and a PIN in FRONTDESK_SEAL_PASSWORD."
)
_ON_THE_WAY = (
    "over http anybody on the way can answer in its place; "
    "right is the https address of an RFC 3161 authority, without a password."
)
_A_PATH = "this is a URL; right is the path of a file or folder on this machine."
_MAKE_ONE = 'make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'
_DATABASES = "right are sqlite:///PATH and postgresql+psycopg://USER:PASSWORD@HOST/NAME."
_AN_ACCOUNT = "right is docusign://INTEGRATION_KEY:USER_ID@account.docusign.com/ACCOUNT_ID"

_A_KEY = "right is a restricted key (rk_live_..., or rk_test_... for trying out) or a secret key."
_A_HOOK_SECRET = "right is whsec_..., as Stripe shows it for the webhook endpoint."
_HOOK = "right is NAME=https://HOST/PATH#whsec_SECRET"
_MAKE_A_SECRET = (
    "make one with: python3 -c \"import base64, secrets; print('whsec_' + "
    'base64.b64encode(secrets.token_bytes(32)).decode())"'
)

REFUSED: dict[str, list[tuple[str, str]]] = {
    "SLACK_BOT_TOKEN": [
        (
            "xapp-not-real",
            (
                "this is an app-level token (xapp-...); right is the bot token (xoxb-...) from the "
                "app's page OAuth & Permissions."
            ),
        )
    ],
    "SLACK_APP_TOKEN": [
        (
            "not-real",
            (
                "this is not a Slack token; right is the app-level token (xapp-...) from the app's "
                "page Basic Information."
            ),
        )
    ],
    "SLACK_SIGNING_SECRET": [
        (
            "xapp-not-real",
            (
                "this is an app-level token (xapp-...); right is the signing secret from the app's "
                "page Basic Information."
            ),
        )
    ],
    "SLACK_API_URL": [
        ("slack.com/api", f'"slack.com/api" is not a URL; {_A_URL}'),
        ("ftp://slack.com/", f'"ftp://slack.com/" is not a URL; {_A_URL}'),
        ("http://a.example:x/", f'"http://a.example:x/" is not a URL; {_A_URL}'),
        ("https:///api/", f'"https:///api/" is not a URL; {_A_URL}'),
        *(
            (f"https://{each}/", f'"https://{each}/" is not a URL; {_A_URL}')
            for each in ("[::1", "10.0.0.256", "slack..com", "xn--a.com", "s" * 64)
        ),
        ("https://a.example/ api", f'"https://a.example/ api" is not a URL; {_A_URL}'),
        ("https://me:not-real@a.example/", f"a URL here has no user name, ? or #; {_A_URL}"),
        ("https://me:not-real@a..example/", f"this is not a URL; {_A_URL}"),
        ("https://a.example/?a=1", f"a URL here has no user name, ? or #; {_A_URL}"),
    ],
    "FRONTDESK_SANDBOX": [
        ("on", '"on" is not known; right is yes, or nothing.'),
        ("yes", "Slack tokens are set, so no sandbox starts; remove it."),
    ],
    "DATABASE_URL": [
        *(
            (url, f"this is not the URL of a database that Frontdesk can use; {_DATABASES}")
            for url in ("mysql://me:not-real@db.example/desk", "desk.db", "postgresql:desk", "://")
        ),
        *(
            (url, f"this names no file for SQLite; {_DATABASES}")
            for url in ("sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///a.db")
        ),
        (
            "postgresql+psycopg://me:not/real@db.example:5432/desk",
            "the part behind :// cannot be read; write special characters as %XX.",
        ),
    ],
    "MIGRATION_DATABASE_URL": [
        (
            "mysql://db.example/desk",
            f"this is not the URL of a database that Frontdesk can use; {_DATABASES}",
        )
    ],
    "FRONTDESK_HOST": [
        (bad, f'"{bad}" is not an address such as 127.0.0.1.')
        for bad in ("http://a.example", "a b", "127.0.0.1:80")
    ],
    "PORT": [
        (bad, f'"{bad}" is not a port; right is a number from 0 to 65535.')
        for bad in ("http", "-1", "65536", "8700.0", "٣", "008700")
    ],
    "FRONTDESK_PUBLIC_URL": [
        (
            "http://desk.harborlight.example",
            (
                '"http://desk.harborlight.example" is not https; '
                "outside the sandbox clients reach it by https."
            ),
        ),
        (
            "desk.harborlight.example",
            (
                '"desk.harborlight.example" is not a URL; '
                "right is one such as https://frontdesk.harborlight.example"
            ),
        ),
    ],
    "FRONTDESK_TRUSTED_PROXIES": [
        (
            "10.0.0.5, nginx",
            (
                '"nginx" is not an IP address or network; '
                "right are addresses and networks, such as 10.0.0.5, 10.1.0.0/16."
            ),
        ),
        (
            "10.0.0.5/8",
            (
                '"10.0.0.5/8" is not an IP address or network; '
                "right are addresses and networks, such as 10.0.0.5, 10.1.0.0/16."
            ),
        ),
    ],
    "FRONTDESK_AUDIT_KEY": [
        ("not a key", f"this is neither hex nor base64; {_MAKE_ONE}"),
        ("=", f"this is neither hex nor base64; {_MAKE_ONE}"),
        ("a" * 41, f"this is neither hex nor base64; {_MAKE_ONE}"),
        ("5a" * 31, f"this has 31 bytes, and 32 are needed; {_MAKE_ONE}"),
        ("5a", f"this has 1 byte, and 32 are needed; {_MAKE_ONE}"),
        ("Wlpa", f"this has 3 bytes, and 32 are needed; {_MAKE_ONE}"),
    ],
    "FRONTDESK_METRICS_TOKEN": [
        ("not real", f"this holds characters that no bearer token has; {_MAKE_ONE}")
    ],
    "FRONTDESK_LIBRARY": [
        ("file:///library", _A_PATH),
        ("frontdesk.toml", '"frontdesk.toml" is a file; right is a folder.'),
        ("frontdesk.toml/assets", '"frontdesk.toml/assets" cannot be used: Not a directory.'),
        ("a\0b", 'no folder can be called "a\\u0000b".'),
        ("s3://", f'"s3://" names no bucket; {_RIGHT}'),
        ("S3://shelf", f'"S3://shelf" names no bucket; {_RIGHT}'),
        ("https://a.example/b", f'"https://a.example/b" names no bucket; {_RIGHT}'),
        ("s3://shelf/a#b", f'"s3://shelf/a" is followed by a #; {_RIGHT}'),
        ("s3://[shelf", f"this URL cannot be read; {_RIGHT}"),
        (
            "s3://shelf/../other",
            '"s3://shelf/../other" names folders by other signs than letters, digits and ._-@:',
        ),
        (
            "s3://key:not-real@shelf",
            "a URL here has no password; it is in the environment, see docs/operations.md.",
        ),
        (
            "gs://shelf/assets?region=eu",
            '"gs://shelf/assets" is followed by a ?; only s3:// can be.',
        ),
        ("s3://shelf?region=", f"{_S3_OPTIONS}."),
        ("s3://shelf?region=eu&region=us", f"{_S3_OPTIONS}."),
        ("s3://shelf?secret=not-real", f"{_S3_OPTIONS}."),
        ("s3://shelf?endpoint=minio.harborlight.example", f"{_S3_OPTIONS}."),
        ("s3://shelf?endpoint=https://key@minio.harborlight.example", f"{_S3_OPTIONS}."),
    ],
    "AWS_ACCESS_KEY_ID": [("not real", _NO_KEY)],
    "AWS_SECRET_ACCESS_KEY": [("not real", _NO_KEY)],
    "AWS_SESSION_TOKEN": [("n\xf6t-real", _NO_KEY)],
    "FRONTDESK_TEMPLATES": [("nowhere", '"nowhere" is not a folder on this machine.')],
    "FRONTDESK_FONTS": [("nowhere", '"nowhere" is not a folder on this machine.')],
    "FRONTDESK_SMTP_URL": [
        (
            "mail.harborlight.example",
            "right are smtp://USER:PASSWORD@HOST:587, smtps://HOST:465, smtp+plain://HOST",
        ),
        ("smtp://", "it names no host; right is smtp://USER:PASSWORD@HOST:587"),
        (
            "smtp+plain://desk:not-real@mail.harborlight.example",
            "smtp+plain would send the password in the clear; right is smtp:// (STARTTLS).",
        ),
    ],
    "FRONTDESK_MAIL_FROM": [
        ("Harborlight", '"Harborlight" is not an e-mail address that mail can be from.')
    ],
    "FRONTDESK_MODEL": [
        (each, f'"{each}" names no model; right is PROVIDER:MODEL, as openai:gpt-5-mini.')
        for each in ("gpt-5-mini", "openai:", ":gpt", "openai gpt-5")
    ],
    "FRONTDESK_MODEL_SECONDS": [
        (each, f'"{each}" is no time to wait; right are 1 to 10 seconds.')
        for each in ("0", "11", "soon", "-1")
    ],
    "FRONTDESK_SALESFORCE_URL": [
        *(
            (each, f'"{each}" {_NO_ORGANISATION}')
            for each in (
                *("acme", "https://acme.my.salesforce.com/services", "ftp://acme.example"),
                *("https://[acme", "https://acme.example:99999", "https://10.0.0.256"),
            )
        ),
        ("https://me:not-real@acme.my.salesforce.com", f"this {_NO_ORGANISATION}"),
        ("http://acme.example", _IN_THE_CLEAR),
    ],
    **{
        f"{_SALESFORCE}{name}": [
            ("anything", f"it does nothing without {_SALESFORCE}URL; set that, or remove it.")
        ]
        for name in ("CLIENT_ID", "CLIENT_SECRET", "USER")
    },
    "FRONTDESK_SALESFORCE_KEY": [
        (each, "this is no private key in PEM, and not the base64 of one.")
        for each in ("fake", "ZmFrZQ==", "-----BEGIN CERTIFICATE-----")
    ],
    "FRONTDESK_HUBSPOT_TOKEN": [
        (each, "this is no key; right is what HubSpot shows for a service key, as it stands.")
        for each in ("pat-na1", "pat-na1-visibly fake-1", "“pat-na1-visibly-fake-1”")
    ],
    "FRONTDESK_HUBSPOT_URL": [
        (
            "https://crm.acme.example",
            "it does nothing without FRONTDESK_HUBSPOT_TOKEN; set that, or remove it.",
        )
    ],
    "FRONTDESK_DOCUSIGN": [
        ("docusign://a:b@[c", f"it cannot be read; {_AN_ACCOUNT}"),
        *(
            (each, f'"{each}" names no account; {_AN_ACCOUNT}')
            for each in ("account.docusign.com", "https://account.docusign.com/1", "docusign:///1")
        ),
        (
            f"docusign://{_ID}1@account.docusign.com/{_ID}3",
            f"key, user and account are ids such as {_ID[:-11]}1b2c3d4e5f60; {_AN_ACCOUNT}",
        ),
    ],
    "FRONTDESK_DOCUSIGN_PRIVATE_KEY": [
        (each, "it is no private key; right is the RSA key that DocuSign showed, as PEM.")
        for each in ("key.pem", "bm90IGEga2V5", _PEM.replace("PRIVATE", "PUBLIC"))
    ],
    "FRONTDESK_DOCUSIGN_HMAC": [
        (each, "one of the keys is too short; right are the HMAC keys of DocuSign Connect.")
        for each in ("secret", "a visibly fake key, short", ",")
    ],
    "FRONTDESK_STRIPE_KEY": [
        *((each, f"it is no key of Stripe's; {_A_KEY}") for each in ("rk_live", "acct_1", "yes")),
        (
            "pk_live_visiblyfake",
            f"it is a publishable key, with which no invoice can be made; {_A_KEY}",
        ),
    ],
    "FRONTDESK_STRIPE_HOOK_SECRETS": [
        (each, f"one of them is no signing secret; {_A_HOOK_SECRET}")
        for each in ("secret", "whsec_visiblyfake, short", ",", "whsec_")
    ],
    "FRONTDESK_STRIPE_MAILS": [("no", '"no" is not known; right is yes, or nothing.')],
    "FRONTDESK_STRIPE_URL": [
        (
            "stripe",
            '"stripe" is not a URL; right is one such as https://api.stripe.com',
        ),
        (
            "http://stripe.harborlight.example",
            '"http://stripe.harborlight.example" is not https; the key would be sent in the clear.',
        ),
    ],
    "FRONTDESK_CA_FILE": [
        ("nowhere.pem", '"nowhere.pem" cannot be read: No such file or directory.'),
        ("a\0b", '"a\\u0000b" is no path; right is that of a PEM file.'),
        (
            "frontdesk.toml",
            f'"frontdesk.toml" {_NO_AUTHORITIES}',
        ),
    ],
    "FRONTDESK_SEAL": [
        *(
            (each, f'"{each}" is no seal; {_SEALS}.')
            for each in ("yes", "seal.pem", "https://keys.harborlight.example/seal.p12")
        ),
        *(
            (each, _NO_TOKEN)
            for each in (
                "pkcs11:",
                "pkcs11:token=Frontdesk;object=seal",
                "pkcs11:token=Frontdesk?module-path=/lib/p11.so",
                "pkcs11:token=Frontdesk;object=?module-path=/lib/p11.so",
                "pkcs11:token=a;object=b?module-path=/lib/p11.so&pin-value=not-real",
            )
        ),
    ],
    "FRONTDESK_SEAL_PASSWORD": [
        ("not real", "FRONTDESK_SEAL names no .p12 file or token that it opens; remove it.")
    ],
    "FRONTDESK_SEAL_TIMESTAMPS": [
        (
            "http://127.0.0.1:8318/tsr",
            "nothing is sealed without FRONTDESK_SEAL; add that, or remove this.",
        ),
        (
            "http://tsa.harborlight.example/tsr",
            _ON_THE_WAY,
        ),
        *(
            (
                each,
                _NO_AUTHORITY,
            )
            for each in ("tsa.example", "ftp://tsa.example", "https://me:not-real@tsa.example")
        ),
    ],
    "FRONTDESK_CLOCK": [
        ("sandbox", "the sandbox's clock never runs beside real Slack tokens; remove it."),
        ("sand", '"sand" is no clock; did you mean "sandbox"?'),
        ("utc", '"utc" is no clock; right are system and sandbox.'),
    ],
    "FRONTDESK_CONFIG": [("file:///desk.toml", _A_PATH)],
    "FRONTDESK_DATA": [("file:///data", _A_PATH)],
    "FRONTDESK_LOG_LEVEL": [
        ("warn", '"warn" is no level; did you mean "warning"?'),
        ("7", '"7" is no level; right are debug, info, warning and error.'),
    ],
    "FRONTDESK_WEBHOOKS": [
        (
            "https://a.example/",
            f"an endpoint has no name of small letters, digits and hyphens; {_HOOK}.",
        ),
        (
            f"a+all=https://a.example/#{_WHSEC}",
            'a: "all" cannot be granted; right are private, amounts and inside.',
        ),
        (
            f"a=https://a.example/#{_WHSEC} a=https://b.example/#{_WHSEC}",
            '"a" is there twice; give each endpoint a name of its own.',
        ),
        (
            f"a=https://me:not-real@a.example/#{_WHSEC}",
            f"a: an address here has no user name; {_HOOK}.",
        ),
        (
            f"a=http://a.example/#{_WHSEC}",
            f"a: it is not https; http is for this machine alone. {_HOOK}.",
        ),
        (f"a=https://[a/#{_WHSEC}", f"a: its address cannot be read; {_HOOK}."),
        *(
            (f"a=https://{each}/x#{_WHSEC}", f"a: its address cannot be read; {_HOOK}.")
            for each in ("", "10.0.0.256", "a.example:0", "a..example")
        ),
        (
            "a=https://a.example/",
            f"a: behind # stands no secret of 24 to 64 bytes; {_MAKE_A_SECRET}.",
        ),
        *(
            (
                f"a=https://a.example/#whsec_{each}",
                f"a: behind # stands no secret of 24 to 64 bytes; {_MAKE_A_SECRET}.",
            )
            for each in ("ERER", "ERERERERERERERERERERERERERERERÉR")
        ),
    ],
    "FRONTDESK_LOG_FORMAT": [("xml", '"xml" is no format; right are text and json.')],
}


def test_the_tables_hold_exactly_the_settings_there_are() -> None:
    assert set(TAKEN) == set(REFUSED) == _NAMES
    assert len(SETTINGS) == len(_NAMES)


@pytest.mark.parametrize("name", TAKEN)
def test_a_setting_is_taken(installation: Installation, name: str) -> None:
    installation.write(
        "acme.toml", '[company]\nname = "Acme"\ntimezone = "UTC"\ncurrency = "EUR"\n'
    )
    installation.write("own.pem", trustme.CA().cert_pem.bytes().decode())
    value, read, expected = TAKEN[name]
    in_sandbox = name in ("FRONTDESK_CLOCK", "FRONTDESK_SANDBOX")
    others = {} if in_sandbox else {**SOCKET, "DATABASE_URL": _PG + "2"}
    if name == "FRONTDESK_SMTP_URL":
        others |= {"FRONTDESK_MAIL_FROM": "desk@harborlight.example"}
    if name == "FRONTDESK_MODEL_SECONDS":
        others |= {"FRONTDESK_MODEL": "openai:gpt-5-mini"}
    if name in _ACCOUNT:
        others |= _ACCOUNT
    if name.startswith("FRONTDESK_STRIPE"):
        others |= _STRIPE
    if name == "FRONTDESK_SEAL_PASSWORD":
        others |= {"FRONTDESK_SEAL": "other.p12"}
    if name == "FRONTDESK_SEAL_TIMESTAMPS":
        others |= {"FRONTDESK_SEAL": "own"}
    assert read(installation.load(others)) != expected
    others |= TOGETHER.get(name, {})
    assert read(installation.load({**others, name: value})) == expected


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [(name, value, sentence) for name in REFUSED for value, sentence in REFUSED[name]],
)
def test_a_setting_is_refused(
    installation: Installation, name: str, value: str, sentence: str
) -> None:
    assert installation.problems({**SOCKET, name: value}) == (f"{name}: {sentence}",)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({**BY_SECRET, f"{_SALESFORCE}CLIENT_ID": ""}, f"{_SALESFORCE}CLIENT_ID: it is missing"),
        (_APP, f"{_SALESFORCE}CLIENT_SECRET: set either this one"),
        ({**BY_SECRET, **BY_KEY}, f"{_SALESFORCE}CLIENT_SECRET: set either this one"),
        ({**BY_KEY, f"{_SALESFORCE}USER": ""}, f"{_SALESFORCE}USER: it is missing"),
    ],
)
def test_salesforce_needs_one_way_in(
    installation: Installation, given: dict[str, str], problem: str
) -> None:
    (said,) = installation.problems({**SOCKET, **given})
    assert said.startswith(problem)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://api.hubapi.com/crm", "is no address of HubSpot's API; right is https://api."),
        ("http://api.hubapi.com", "is not https; the secret would be sent in the clear."),
        ("https://[api.hubapi.com", "is no address of HubSpot's API; right is https://api."),
    ],
)
def test_hubspots_key_is_sent_to_no_such_address(
    installation: Installation, address: str, said: str
) -> None:
    given = {"FRONTDESK_HUBSPOT_TOKEN": HUBSPOT_KEY, "FRONTDESK_HUBSPOT_URL": address}
    (problem,) = installation.problems({**SOCKET, **given})
    assert problem.startswith(f'FRONTDESK_HUBSPOT_URL: "{address}" {said}')


def test_deals_are_kept_in_one_crm(installation: Installation) -> None:
    given = {**BY_SECRET, "FRONTDESK_HUBSPOT_TOKEN": HUBSPOT_KEY}
    (problem,) = installation.problems({**SOCKET, **given})
    assert problem == (
        "FRONTDESK_HUBSPOT_TOKEN: deals are kept in one place, and FRONTDESK_SALESFORCE_URL names "
        "another; remove one of them."
    )


@pytest.mark.parametrize(
    ("host", "audience"),
    [
        ("harborlight.my", "login"),
        ("harborlight.develop.my", "login"),
        ("login", "login"),
        ("harborlight--uat.sandbox.my", "test"),
        ("harborlight.scratch.my", "test"),
        ("test", "test"),
    ],
)
def test_organisations_for_tests_have_an_audience_of_their_own(
    installation: Installation, host: str, audience: str
) -> None:
    url = f"https://{host}.salesforce.com"
    chosen = salesforce(installation.load({**SOCKET, **BY_SECRET, f"{_SALESFORCE}URL": url}))
    assert chosen.audience == f"https://{audience}.salesforce.com"


def test_a_key_can_be_base64(installation: Installation) -> None:
    given = {**BY_KEY, f"{_SALESFORCE}KEY": b64encode(FAKE_KEY.encode()).decode()}
    chosen = salesforce(installation.load({**SOCKET, **given}))
    assert chosen.key == FAKE_KEY.strip() + "\n"


def test_what_is_not_set_has_its_default(installation: Installation) -> None:
    settings = installation.load(SOCKET)
    assert settings.database_url == f"sqlite:///{installation.root / 'data' / 'frontdesk.db'}"
    assert settings.data == installation.root / "data"
    assert settings.library.folder == installation.root / "data" / "library"
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8700, "INFO")
    assert settings.public_url is settings.metrics_token is settings.migration_database_url is None
    assert settings.trusted_proxies == ()
    assert [each.partition(":")[0] for each in settings.warnings] == [
        "FRONTDESK_PUBLIC_URL",
        "FRONTDESK_SMTP_URL",
    ]


def test_who_has_told_clients_the_way_is_not_warned(installation: Installation) -> None:
    assert installation.load(SOCKET | REACHABLE).warnings == ()
    behind = {**SOCKET, **REACHABLE, "FRONTDESK_TRUSTED_PROXIES": ""}
    (warning,) = installation.load(behind).warnings
    assert warning.startswith("FRONTDESK_TRUSTED_PROXIES: it is not set")
    assert installation.load({}).warnings == ()


@pytest.mark.parametrize("driver", ["", "+psycopg", "+psycopg2", "+asyncpg"])
@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_every_way_to_name_postgresql_means_psycopg(
    installation: Installation, scheme: str, driver: str
) -> None:
    rest = "desk:p%40ss@db.harborlight.example/desk?sslmode=require"
    settings = installation.load({**SOCKET, "DATABASE_URL": f"{scheme}{driver}://{rest}"})
    assert settings.database_url == f"postgresql+psycopg://{rest}"


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///desk.db", "{root}/desk.db"), ("sqlite:////var/desk.db?timeout=1", "/var/desk.db")],
)
def test_a_sqlite_file_is_found_from_the_root(
    installation: Installation, url: str, path: str
) -> None:
    query = "?" + url.partition("?")[2] if "?" in url else ""
    expected = f"sqlite:///{path.format(root=installation.root)}{query}"
    assert installation.load({"DATABASE_URL": url}).database_url == expected


def test_the_owners_url_needs_a_postgresql_database(installation: Installation) -> None:
    assert installation.problems({"MIGRATION_DATABASE_URL": _PG}) == (
        "MIGRATION_DATABASE_URL: it is set without DATABASE_URL; add that.",
    )
    sqlite = {"DATABASE_URL": "sqlite:///a.db", "MIGRATION_DATABASE_URL": _PG}
    assert installation.problems(sqlite) == (
        "MIGRATION_DATABASE_URL: remove it; SQLite needs no owner to migrate.",
    )


def test_the_sandbox_may_have_a_public_url_without_https(installation: Installation) -> None:
    url = "http://desk.localhost:8700"
    settings = installation.load({"FRONTDESK_PUBLIC_URL": url, "FRONTDESK_SANDBOX": "yes"})
    assert settings.public_url == "http://desk.localhost:8700"


def test_what_works_and_is_hardly_meant_is_a_warning(installation: Installation) -> None:
    url = "http://slack.harborlight.example/api/"
    assert installation.load({**HTTP, **REACHABLE, "SLACK_API_URL": url}).warnings == (
        "SLACK_API_URL: it is plain http; the token can be read on its way.",
    )
    for near in ("http://localhost:1/", "http://[::1]:1/", "https://slack.harborlight.example/"):
        assert installation.load({**HTTP, **REACHABLE, "SLACK_API_URL": near}).warnings == ()
    assert installation.load({"SLACK_API_URL": url}).warnings == (
        "SLACK_API_URL: it is not used; the sandbox has its own.",
    )
    assert installation.load({"FRONTDESK_HOST": "::", "FRONTDESK_SANDBOX": "yes"}).warnings == (
        "FRONTDESK_HOST: whoever reaches :: can act as anybody in the sandbox.",
    )
    assert installation.load({**HTTP, **REACHABLE, "FRONTDESK_HOST": "::"}).warnings == ()


@pytest.mark.parametrize(
    "text", [KEY.upper(), "Wlpa" * 10 + "Wlo=", "Wlpa" * 10 + "Wlo", "-_-_" * 11]
)
def test_an_audit_key_is_hex_or_base64(installation: Installation, text: str) -> None:
    key = installation.load({**SOCKET, "FRONTDESK_AUDIT_KEY": text}).audit_key
    assert len(key) >= 32
    assert key in {b"\x5a" * 32, b"\xfb\xff\xbf" * 11}


def test_outside_the_sandbox_an_audit_key_is_needed(installation: Installation) -> None:
    for mode in (SOCKET, HTTP):
        assert installation.problems({**mode, "FRONTDESK_AUDIT_KEY": ""}) == (
            f"FRONTDESK_AUDIT_KEY: it is missing, and needed outside the sandbox; {_MAKE_ONE}",
        )


def test_a_live_key_of_stripes_is_not_for_the_sandbox(installation: Installation) -> None:
    said = (
        "FRONTDESK_STRIPE_KEY: it is a live key, and in the sandbox anybody acts as anybody; "
        "use a test key (rk_test_...)."
    )
    tokens = {**SOCKET, "SLACK_BOT_TOKEN": "xoxb-sandbox-1", "SLACK_APP_TOKEN": "xapp-sandbox-1"}
    play = {**tokens, "SLACK_API_URL": "http://127.0.0.1:9000/api/"}
    assert installation.problems(_STRIPE) == (said,)
    assert installation.problems({**play, **_STRIPE}) == (said,)
    for trial in ({}, play):
        chosen = installation.load(
            {**trial, **_STRIPE, "FRONTDESK_STRIPE_KEY": "rk_test_visiblyfake"}
        ).stripe
        assert chosen is not None
    assert installation.load({**SOCKET, **_STRIPE}).stripe is not None


def test_stripes_calls_need_a_secret(installation: Installation) -> None:
    given = {**_STRIPE, "FRONTDESK_STRIPE_HOOK_SECRETS": ""}
    assert installation.problems({**SOCKET, **given}) == (
        "FRONTDESK_STRIPE_HOOK_SECRETS: it is missing; FRONTDESK_STRIPE_KEY needs it.",
    )
