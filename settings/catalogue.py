"""Every setting there is: the one source of what is read, of ``.env.example`` and of the docs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A name in the environment. ``default`` is taken when it is unset or empty; "" is none.

    ``help`` says what it is for and, where the default depends on something else, on what.
    The value of a ``secret`` is in no message, no log and no ``repr``.
    """

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "SLACK_BOT_TOKEN",
        "",
        "The bot token (xoxb-...). Without any Slack token the sandbox starts, see "
        "FRONTDESK_SANDBOX.",
        secret=True,
    ),
    Setting(
        "SLACK_APP_TOKEN",
        "",
        "The app-level token (xapp-...) with connections:write. With the bot token: Socket Mode, "
        "also when SLACK_SIGNING_SECRET is set.",
        secret=True,
    ),
    Setting(
        "SLACK_SIGNING_SECRET",
        "",
        "The signing secret. With the bot token and no app-level token: HTTP, Slack's requests at "
        "POST /slack/events. While it is being rotated: the new and the old one, with a comma.",
        secret=True,
    ),
    Setting(
        "SLACK_API_URL",
        "https://slack.com/api/",
        "Where Slack's Web API is. The sandbox uses its own.",
    ),
    Setting(
        "FRONTDESK_SANDBOX",
        "",
        "yes: the sandbox may start where it looks like production. Without Slack tokens it starts "
        "by itself only on a SQLite file, for this machine alone, with neither "
        "FRONTDESK_PUBLIC_URL nor FRONTDESK_SMTP_URL: whoever reaches it acts as anybody.",
    ),
    Setting(
        "DATABASE_URL",
        "",
        "sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/NAME. "
        "Unset: the SQLite file frontdesk.db in FRONTDESK_DATA.",
        secret=True,
    ),
    Setting(
        "MIGRATION_DATABASE_URL",
        "",
        "The same PostgreSQL database as its owner, for `app.py migrate` alone.",
        secret=True,
    ),
    Setting("FRONTDESK_HOST", "127.0.0.1", "The address to listen on."),
    Setting("PORT", "8700", "The port to listen on; 0 takes a free one."),
    Setting(
        "FRONTDESK_PUBLIC_URL",
        "",
        "The address under which clients and webhooks reach Frontdesk; https outside the sandbox.",
    ),
    Setting(
        "FRONTDESK_TRUSTED_PROXIES",
        "",
        "IP addresses or networks, with commas, whose X-Forwarded-For is believed. Unset: none.",
    ),
    Setting(
        "FRONTDESK_AUDIT_KEY",
        "",
        "The key of the audit chain: at least 32 random bytes, in hex or base64. Unset, in the "
        "sandbox only: the file audit.key in FRONTDESK_DATA, made on first use.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_METRICS_TOKEN",
        "",
        "The bearer token for GET /metrics. Unset: metrics are given on loopback only.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_CLOCK",
        "",
        "system, or sandbox: the sandbox's movable clock. Unset: sandbox in the sandbox and with "
        "sandbox tokens (xoxb-sandbox-...), else system. With real tokens only system is possible.",
    ),
    Setting(
        "FRONTDESK_CONFIG",
        "frontdesk.toml",
        "The file that describes the company. In the sandbox frontdesk.example.toml stands in for "
        "a frontdesk.toml that does not exist.",
    ),
    Setting(
        "FRONTDESK_DATA",
        "data",
        "The folder for everything that Frontdesk writes; it is made when missing.",
    ),
    Setting(
        "FRONTDESK_LIBRARY",
        "",
        "Where the files of assets are: a folder, or a URL such as s3://bucket/assets, with "
        "?endpoint=https://HOST&region=NAME for an S3 that is not Amazon's. `make s3` installs "
        "what s3:// needs. Unset: library/ in FRONTDESK_DATA.",
    ),
    Setting(
        "AWS_ACCESS_KEY_ID",
        "",
        "The key of an S3 in FRONTDESK_LIBRARY. Unset: what AWS's own programs find, such as the "
        "machine's role, or the profile that the URL names by &profile=NAME.",
        secret=True,
    ),
    Setting("AWS_SECRET_ACCESS_KEY", "", "The secret of that key.", secret=True),
    Setting("AWS_SESSION_TOKEN", "", "The token of a key that lasts for hours.", secret=True),
    Setting(
        "FRONTDESK_TEMPLATES",
        "",
        "A folder with document templates of your own (sow.typ, invoice.typ), each "
        "in the place of the one that is shipped; whoever can write there approves them.",
    ),
    Setting(
        "FRONTDESK_FONTS",
        "",
        "A folder with further fonts for documents, for scripts beyond Latin, Greek and Cyrillic.",
    ),
    Setting(
        "FRONTDESK_SMTP_URL",
        "",
        "The mail server: smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://HOST:465, or, within "
        "one's own network, smtp+plain://HOST:25. Unset: mails are written as .eml files to mail/ "
        "in FRONTDESK_DATA, and the sales assistant is given the links to pass on.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_MAIL_FROM",
        "",
        "Who mails are from, such as sales@harborlight.example. With FRONTDESK_SMTP_URL it is "
        "needed.",
    ),
    Setting(
        "FRONTDESK_WEBHOOKS",
        "",
        "Endpoints that are told every fact of the record, with spaces: NAME=https://HOST/PATH#"
        "whsec_SECRET, such as crm+amounts=https://crm.example/hook#whsec_... With +amounts it is "
        "told amounts, with +private of private requests; with +inside it may be in a private "
        "network. While a secret is rotated: the new and the old one, with a comma. Unset: no fact "
        "leaves.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_MODEL",
        "",
        "A language model that helps to read what people write to Frontdesk, as PROVIDER:MODEL, "
        "such as openai:gpt-5-mini, anthropic:claude-haiku-4-5 or ollama:qwen3. Those texts go "
        "there. The provider's key is in the environment under its own name, such as "
        "OPENAI_API_KEY, and not in .env. Unset: none, and no text leaves.",
    ),
    Setting(
        "FRONTDESK_MODEL_SECONDS",
        "5",
        "How long the language model has for an answer, 1 to 10; after that the rules alone count.",
    ),
    Setting(
        "FRONTDESK_SALESFORCE_URL",
        "",
        "The Salesforce that keeps the company's deals, by its My Domain: "
        "https://harborlight.my.salesforce.com. Unset: deals are kept in Frontdesk (/sow deals).",
    ),
    Setting(
        "FRONTDESK_SALESFORCE_CLIENT_ID",
        "",
        "The consumer key of the external client app that Frontdesk is in Salesforce.",
    ),
    Setting(
        "FRONTDESK_SALESFORCE_CLIENT_SECRET",
        "",
        "Its consumer secret, for the client credentials flow; or else the two that follow.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_SALESFORCE_USER",
        "",
        "For the JWT bearer flow: the user name of the user in Salesforce whom Frontdesk acts as.",
    ),
    Setting(
        "FRONTDESK_SALESFORCE_KEY",
        "",
        "For the JWT bearer flow: the private key of the app's certificate, in PEM with \\n for "
        "its lines, or the base64 of that.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_HUBSPOT_TOKEN",
        "",
        "The service key, or the access token of an app, with which the company's deals are read "
        "in HubSpot; not beside FRONTDESK_SALESFORCE_URL. Unset: deals are kept in Frontdesk.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_HUBSPOT_URL",
        "https://api.hubapi.com",
        "Where HubSpot's API is; another address only where a proxy of your own stands before it.",
    ),
    Setting(
        "FRONTDESK_DOCUSIGN",
        "",
        "The account with which clients sign through DocuSign, as "
        "docusign://INTEGRATION_KEY:USER_ID@account.docusign.com/ACCOUNT_ID; for trying out, the "
        "host is account-d.docusign.com. Unset: they approve on Frontdesk's own page.",
    ),
    Setting(
        "FRONTDESK_DOCUSIGN_PRIVATE_KEY",
        "",
        "The RSA private key of that integration, as PEM with its line breaks written \\n, or in "
        "base64. With FRONTDESK_DOCUSIGN it is needed.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_DOCUSIGN_HMAC",
        "",
        "The HMAC key of DocuSign Connect, which signs its calls to POST /webhooks/docusign; with "
        "a comma, the new one and the old one while it is changed. With FRONTDESK_DOCUSIGN it is "
        "needed.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_STRIPE_KEY",
        "",
        "The key of the account at Stripe by which invoices are made and money comes in: a "
        "restricted key (rk_live_...), or rk_test_... for trying out. Unset: Billing records the "
        "invoices that it makes elsewhere.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_STRIPE_HOOK_SECRETS",
        "",
        "The signing secret (whsec_...) of the webhook endpoint in Stripe that calls POST "
        "/webhooks/stripe; with a comma, the new one and the old one while it is rolled. With "
        "FRONTDESK_STRIPE_KEY it is needed.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_STRIPE_MAILS",
        "",
        "yes: Stripe mails its invoices to the client. Unset: Frontdesk mails them, with the PDF.",
    ),
    Setting(
        "FRONTDESK_STRIPE_URL",
        "https://api.stripe.com",
        "Where Stripe's API is; another address where a proxy of your own passes it on.",
    ),
    Setting(
        "FRONTDESK_CA_FILE",
        "",
        "A PEM file with authorities of your own, where a proxy of yours ends TLS or a server is "
        "inside: they are believed beside the usual ones, when DocuSign, Stripe, Salesforce, "
        "HubSpot or an endpoint of FRONTDESK_WEBHOOKS is called, and when mail is sent. Slack, "
        "time stamps and a language model go by SSL_CERT_FILE, a bucket by AWS_CA_BUNDLE. Unset: "
        "the usual ones.",
    ),
    Setting(
        "FRONTDESK_SEAL",
        "",
        "The organisation's seal on what the client approved and on the certificate of completion: "
        "own, by a certificate authority of its own in seal/ in FRONTDESK_DATA, the path of a .p12 "
        "file with key and certificate, or a key that stays in a token, as "
        "pkcs11:token=LABEL;object=LABEL?module-path=FILE. Unset: none.",
    ),
    Setting(
        "FRONTDESK_SEAL_PASSWORD",
        "",
        "What opens the .p12 file or the token (its PIN) that FRONTDESK_SEAL names.",
        secret=True,
    ),
    Setting(
        "FRONTDESK_SEAL_TIMESTAMPS",
        "",
        "The https URL of an RFC 3161 authority that says when something was sealed. It is sent "
        "hashes alone. While it is away sealing waits. Unset: the seal has this machine's time.",
    ),
    Setting("FRONTDESK_LOG_LEVEL", "info", "debug, info, warning or error."),
    Setting(
        "FRONTDESK_LOG_FORMAT",
        "text",
        "text, for people, or json: one object a line, for machines.",
    ),
)
