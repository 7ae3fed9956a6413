"""An asset that nobody names: "something I can show to a bank", "what do we have for retail?"."""

import re

from bot.asking.nouns import MARK

_CLIENT = (
    r"clients?|customers?|prospects?|leads?|buyers?|cfos?|ctos?|cios?|cisos?|ceos?|coos?|vps?|execs?|"
    r"executives?|procurement|decision makers?|hospitals?|banks?|insurers?|retailers?|hotels?|"
    r"universit(?:y|ies)|schools?|manufacturers?|airlines?|utilit(?:y|ies)|municipalit(?:y|ies)|"
    r"ministr(?:y|ies)|startups?|distributors?|carriers?"
)
_INDUSTRY = (
    r"aerospace|agriculture|automotive|aviation|banking|biotech|chemicals?|construction|consulting|"
    r"education|energy|fashion|finance|financial services|fintech|food|gaming|government|"
    r"health ?care|"
    r"hospitality|insurance|insurers|life sciences|logistics|manufacturing|maritime|media|medtech|"
    r"mining|non ?profits?|oil and gas|pharma|pharmaceuticals?|public sector|real estate|retail|"
    r"saas|"
    r"shipping|telco|telecoms?|transport|transportation|travel|utilities|wholesale|ecommerce|"
    r"(?:\w+ ){1,2}(?:industry|sector|vertical|clients|customers|prospects)"
)
_HAND = r"(?:send|show|give|leave|hand|share|present|forward|put in front of|drop into)"
_FIELD = rf"(?:for|on|about|in) (?:the |our |my |a |an )?(?:{_INDUSTRY}|{_CLIENT})\b"

_SOMETHING = re.compile(
    rf"\b(?:something|anything|sth|stuff|materials?|one or two things)(?:"
    rf"(?=(?: (?!, )[^ ]+){{0,4}}? (?:(?:i|we) (?:can|could|may|might)|to) {_HAND}\b"
    rf"(?: [^ ]+){{0,8}}? (?:{_CLIENT}|{_INDUSTRY}|with (?:him|her|them))\b)"
    rf"|(?= (?:the |our |my |a )?(?:{_CLIENT}) (?:can|could|may|might) (?:see|read|keep|have)\b)"
    rf"|(?= (?:on|about|for|in) (?:the |our |a |an )?(?:{_INDUSTRY})\b))"
)
_MATERIAL = re.compile(rf"\b(?:{_INDUSTRY}) (?:materials?|content|proof|references?)(?![^ ])")
_WHAT = re.compile(
    rf"\b(?:what|which \w+) (?:can|could|may) (?:i|we) {_HAND} "
    rf"(?:(?!discount|price|gift|dinner|answer)[^ ]+ ){{0,8}}?(?:{_CLIENT}|{_INDUSTRY})\b"
    rf"|\bwhat (?:else )?(?:do|have) (?:we|you) (?:have|got) "
    rf"(?:for|on|about|in) (?:the |our |a |an )?(?:{_INDUSTRY})\b"
    rf"|\b(?:what|which) (?:\w+ )?(?:materials?|content|assets|{MARK}_) (?:do|have) (?:we|you) "
    rf"(?:have|got) {_FIELD}"
    rf"|\b(?:what|which) (?:[^ ,]+ ){{0,3}}{MARK}_[^ ]*(?: [^ ,]+){{0,4}}? "
    rf"(?:(?:do|have) (?:we|you) (?:have|own|got)|(?:can|could) (?:i|we) {_HAND})\b"
)


def purposeful(words: str) -> str:
    """Return marked ``words`` with what is to be shown to a client marked as an asset, too."""
    return _MATERIAL.sub(f"{MARK}_", _SOMETHING.sub(f"{MARK}_", words))


def is_what_to_show(words: str) -> bool:
    """Tell whether marked ``words`` ask what there is to be shown to a client or in an industry."""
    return _WHAT.search(words) is not None
