"""Runs a Web API call as Slack would.

Token, token kind, scopes, arguments, method, legal errors only.
"""

import time
from dataclasses import dataclass

from sandbox.api import (  # noqa: F401  (importing a family registers its methods)
    agents,
    apps,
    chat,
    conversations,
    files,
    histories,
    marks,
    people,
    scheduled,
    unfurls,
    validate,
    views,
)
from sandbox.api.call import METHODS, Call, missing_scope
from sandbox.codes import SlackError, messages
from sandbox.facts import MethodFacts, methods
from sandbox.log import ApiCall
from sandbox.slack import Slack
from sandbox.state.records import JSON, App

WITHOUT_TOKEN = {"api.test", "blocks.validate"}
WITH_APP_TOKEN = {"apps.connections.open"}
OURS = {"sandbox.clock": MethodFacts(None, [], [], [], [], [], [])}
"""Methods Slack has not; documented in the README as the sandbox's own."""
EVERYWHERE = {"token", "team_id"}
"""Arguments any method takes."""
GENERAL_ERRORS = {
    "account_inactive",
    "fatal_error",
    "internal_error",
    "invalid_arguments",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "ratelimited",
    "token_revoked",
    "unknown_method",
}
"""What any method may answer besides the errors of its own page."""


@dataclass(frozen=True)
class Request:
    """A call as it came in: the parsed arguments and the token, wherever it stood."""

    method: str
    arguments: JSON
    token: str
    warnings: tuple[str, ...] = ()


def run(slack: Slack, request: Request) -> JSON:
    """Slack's answer to a call; the call and its answer are logged."""
    begun = time.perf_counter()
    app: App | None = None
    unknown: list[str] = []
    try:
        facts = _facts(request.method)
        unknown = sorted(set(request.arguments) - set(facts.args) - EVERYWHERE)
        app = _authenticated(slack, request)
        _check(request, facts, app)
        with slack.store.change():
            answer: JSON = {"ok": True}
            answer |= METHODS[request.method](Call(slack, request.method, request.arguments, app))
    except SlackError as error:
        _assert_legal(request.method, error.code)
        answer = {"ok": False, "error": error.code} | error.extra
    _warn(answer, request.warnings)
    milliseconds = (time.perf_counter() - begun) * 1000
    log_call(slack, request, answer, app=app, unknown=unknown, milliseconds=milliseconds)
    return answer


def log_call(
    slack: Slack,
    request: Request,
    answer: JSON,
    *,
    app: App | None = None,
    status: int = 200,
    unknown: list[str] | None = None,
    milliseconds: float = 0.0,
) -> None:
    """Write a call down."""
    slack.calls.add(
        ApiCall(
            method=request.method,
            arguments=request.arguments,
            outcome=answer,
            at=slack.clock.now(),
            app=app.name if app else "",
            status=status,
            unknown=unknown or [],
            milliseconds=milliseconds,
        )
    )


def _facts(name: str) -> MethodFacts:
    facts = OURS.get(name) or methods().get(name)
    if facts is None:
        raise SlackError("unknown_method", req_method=name)
    return facts


def _authenticated(slack: Slack, request: Request) -> App | None:
    if not request.token:
        if request.method in WITHOUT_TOKEN:
            return None
        raise SlackError("not_authed")
    for app in slack.store.apps.all():
        if request.token in (app.bot_token, app.app_token):
            if app.revoked:
                raise SlackError("token_revoked")
            _check_token_kind(request, app)
            return app
    raise SlackError("invalid_auth")


def _check_token_kind(request: Request, app: App) -> None:
    wants_app_token = request.method in WITH_APP_TOKEN
    if request.method not in OURS and wants_app_token != (request.token == app.app_token):
        raise SlackError("not_allowed_token_type")


def _check(request: Request, facts: MethodFacts, app: App | None) -> None:
    if app is not None and facts.scopes and not set(facts.scopes) & set(app.scopes):
        raise missing_scope(facts.scopes, app)
    given = {name for name, value in request.arguments.items() if value not in (None, "")}
    lines = [
        f"[ERROR] missing required field: {name}" for name in facts.required if name not in given
    ]
    for group in facts.not_both:
        if len(given & set(group)) > 1:
            code = "markdown_text_conflict" if "markdown_text" in group else "invalid_arguments"
            raise SlackError(code, **messages(f"[ERROR] use only one of {', '.join(group)}"))
    for group in facts.one_of:
        if not given & set(group):
            if "text" in group:
                raise SlackError("no_text")
            lines.append(f"[ERROR] one of {', '.join(group)} is required")
    if lines:
        raise SlackError("invalid_arguments", **messages(*lines))


def _assert_legal(name: str, code: str) -> None:
    """The sandbox must not teach a bot errors that Slack does not know."""
    facts = methods().get(name)
    if facts is not None and code not in GENERAL_ERRORS and code not in facts.errors:
        raise AssertionError(f"{name} has no error “{code}” in Slack's reference.")


def _warn(answer: JSON, warnings: tuple[str, ...]) -> None:
    if warnings:
        answer["warning"] = ",".join(warnings)
        answer.setdefault("response_metadata", {})["warnings"] = list(warnings)
