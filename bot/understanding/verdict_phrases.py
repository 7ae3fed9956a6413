"""The ways in which people approve, reject and ask for changes; what else they say is none."""

import re

from bot.asking.ways import either

_QUOTED = re.compile(r"```.*?```|`[^`]*`|^[ \t]*(?:>|&gt;)[^\n]*$", re.DOTALL | re.MULTILINE)
_MENTION = re.compile(r"<[@!][^<>]*>")
_LINK = re.compile(r"<[^<>]*>")
_SMILES = re.compile(
    r"(?<!\S):-?\)(?!\S)|[\U0001f680\U0001f389\U0001f64f\U0001f60a\U0001f4aa\U0001f642]\ufe0f?"
)
_YES, _NO = "yesmark", "nomark"
"""What stands for the signs of approval and of rejection."""
_SIGNS = (
    (
        re.compile(
            r":(?:\+1|thumbsup|white_check_mark|heavy_check_mark|ballot_box_with_check|ok_hand)"
            r":(?::skin-tone-\d:)?|[\U0001f44d\U0001f44c][\U0001f3fb-\U0001f3ff]?"
            r"|[\u2705\u2714\u2611]\ufe0f?|(?<!\S)\+1(?![\w%.,]*\d)"
        ),
        f" , {_YES} , ",
    ),
    (
        re.compile(
            r":(?:-1|thumbsdown|x|no_entry|no_entry_sign|negative_squared_cross_mark)"
            r":(?::skin-tone-\d:)?|\U0001f44e[\U0001f3fb-\U0001f3ff]?|\u274c|(?<!\S)-1(?!\S)"
        ),
        f" , {_NO} , ",
    ),
)
_SHORT = (
    (r"\b(?:can'?t|can not)\b", "cannot"),
    (r"\bwon'?t\b", "will not"),
    (r"\b(do|does|did|is|are|was|has|have|would|should|could)n'?t\b", r"\1 not"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|you|we|they)'d\b", r"\1 would"),
    (r"\b(it|that|this|there|everything|what)'s\b", r"\1 is"),
    (r"\b(we|they|you)'re\b", r"\1 are"),
    (r"\b(i|we|you|they)'ve\b", r"\1 have"),
)


def plain(text: str) -> str:
    """Return what the person wrote without what they quote, in lower case and at full length."""
    said = _MENTION.sub("@someone", _QUOTED.sub(" ", text))
    said = _SMILES.sub(" ", _LINK.sub(" (link) ", said)).casefold().replace("\u2019", "'")
    for pattern, sign in _SIGNS:
        said = pattern.sub(sign, said)
    for short, long in _SHORT:
        said = re.sub(short, long, said)
    return re.sub(r"[ \t]+", " ", said).strip()


CUT = re.compile(r"\s*(?:[,.;:!\n]|(?:^| )[-\u2013\u2014]+(?= |$)|\u2014)+[\s,.;:!]*")

NOT_MEANT = re.compile(
    r"\.\.|\u2026|\b(?:lol|rofl|lmao|ha(?:ha)+|hehe|jk|kidding|joking|yeah,? right|why not|as if|"
    r"whatever|in your dreams|nice try)\b|(?:^|\s)/s\b|[,.!] not!*$|"
    r":(?:joy|rofl|laughing|sweat_smile|smirk|wink|clown_face|upside_down_face|"
    r"face_with_rolling_eyes|rolling_eyes|stuck_out_tongue\w*|thinking\w*|shrug|man-shrugging|"
    r"woman-shrugging|facepalm|face_palm|zany_face|grimacing|money_with_wings|fire):"
    r"|[\U0001f602\U0001f923\U0001f643\U0001f644\U0001f60f\U0001f609\U0001f914\U0001f921]"
)
"""Said in fun, or left open."""

_PERSON = r"@[\w.-]+"
_FILLER = either(
    rf"""hi, hello, hey, ok, okay, yes, yep, yeah, yup, sure, great, perfect, excellent, awesome,
    super, cool, nice, good, fine, alright, all right, thanks, thank you, thx, ty, cheers, sorry,
    many thanks, thanks a lot, thank you all, thanks all, great work, nice work, good work,
    great job, nice job, good job, well done, team, all, everyone, guys, folks, so, well, hm,
    let us go, let's go, let's do it, i am afraid, unfortunately, love it,
    looking good, congrats, {_PERSON}, :[a-z_]+:,
    (?:thanks|thank you|thx|cheers) [a-z]+"""
)
COURTESY = re.compile(rf"(?:{_FILLER}(?: {_FILLER}){{0,4}})?")

_IT = (
    r"(?:it|this|that|this one|that one|everything|all of it|all"
    r"|(?:this|the) (?!(?:yet|now|alone|time|today)\b)\w+)"
)
_WELL = either("ok, okay, fine, good, great, perfect, alright, all right, all good, happy")
_MINE = either(
    """for me, with me, by me, to me, from me, from my side, on my side, from my end, on my end,
    from my point of view, for us, from our side, from here"""
)
_LOOKS = either("good, great, fine, perfect, right, ok, okay, correct, solid, all right, excellent")
_CORE = either(
    rf"""lgtm, {_WELL} {_MINE}, {_IT} (?:is|are) {_WELL} {_MINE}, {_IT} is approved,
    (?:(?:{_IT}|that) )?looks? {_LOOKS}(?: {_MINE})?, (?:{_IT} )?reads well,
    (?:{_IT} )?sounds good(?: {_MINE})?,
    i am (?:ok|okay|fine|good|happy|all right) with {_IT}, (?:happy|fine) with {_IT},
    (?:i )?(?:hereby )?approved?(?: {_IT})?, (?:this |it )?has my (?:approval|ok|okay|blessing),
    you have (?:my|our) (?:approval|ok|okay|blessing|go|go ahead), (?:you can |please )?go ahead,
    good to go, ship it, {_YES}, thumbs up(?: {_MINE})?, (?:i )?agreed?, works {_MINE},
    {_IT} works {_MINE}, green light(?: {_MINE})?, signed off, i sign (?:this |it )?off,
    no (?:objections?|concerns?|issues?|complaints?)(?: {_MINE})?, nothing to add,
    no changes needed, go for it, accepted, i accept(?: {_IT})?, einverstanden, genehmigt,
    freigegeben, passt f\xfcr mich, approuv\xe9, d'accord pour moi, aprobado, approvato, aprovado"""
)
_TAIL = either(
    rf"""{_MINE}, thanks, thank you, thanks a lot, thank you all, thx, all, team, too, as well,
    now, then, please, go ahead, great work, nice work, good work, great job, well done,
    with (?:it|this|that), {_PERSON}"""
)
_BEFORE = rf"(?:(?:{_FILLER}|and) ){{0,3}}"
APPROVES = re.compile(rf"{_BEFORE}{_CORE}(?: {_TAIL}){{0,3}}")
"""A clause that says nothing but that its writer approves."""

_COND = either(
    """once, if, after, when, whenever, as soon as, as long as, provided, assuming, unless, until,
    subject to, except, apart from, but, pending"""
)
RESERVED = re.compile(rf"{_BEFORE}(?P<approved>{_CORE})(?: {_MINE})? (?={_COND}\b)")
"""An approval that comes with a condition."""
BUT = re.compile(rf"^(?:(?:{_COND}|and|just|only|however|though) ){{1,3}}")
CONDITION = re.compile(r"\b(?:if|unless|until|once|as soon as|provided|assuming)\b")
MENDED = re.compile(
    r"\b(?:fix|chang|correct|updat|adjust|add(?:ed|s)?\b|remov|replac|reword|rewrit|revis|shorten|"
    r"lower|reduc|rais|increas|includ|delet|clarif|mend|amend|rework|translat|spell|mention)"
)
"""Says that something is to become different."""

_ALTER = either(
    """change, fix, correct, update, adjust, add, remove, replace, reword, rewrite, rephrase,
    revise, shorten, lower, reduce, raise, increase, include, delete, drop, clarify, swap, redo,
    rework, translate, amend, edit, use, make, set, split, put, mention, state, specify, take out,
    leave out, move, mark, spell"""
)
_FIRM = either("change, fix, correct, update, adjust, revise, rework, amend, shorten, reword")
_WEAK = either("use, make, set, move, state, put, drop, mark, split, mention, specify, lower")
_NO_CHANGE = either(
    rf"""me, us, him, her, them, {_PERSON}, nothing, up, sure, the form, the button, the card,
    the thread, this thread, the meeting, the call, a call, a meeting, my"""
)
_ASKING = r"(?:please|pls|plz|kindly)(?: (?:also|just|do|first))?"
_WHAT = r"(?:the|an?|our|their|its?|this|that|these|those|all|every|both|everything|\d)"
_TO_IT = rf"(?:(?!{_WEAK}\b){_ALTER}|{_WEAK}(?= {_WHAT}\b))(?! {_NO_CHANGE}\b)(?= )"
_DIRECT = (
    rf"{_ALTER} (?:the|all|an?|our|their|this|that|these|those|every|both|page|slide"
    r"|it (?:to|into|from))\b"
)
_NEEDED = re.compile(
    rf"{_BEFORE}(?:(?:i|we) (?:hereby )?(?:request|want|need|ask for|would like)|requesting|"
    rf"asking for) (?:\w+ )?changes\b"
    rf"|{_BEFORE}(?:some )?changes (?:requested|needed|required|please)\b"
    rf"|{_BEFORE}(?:{_IT} )?(?:still )?needs? (?:(?:some|a|more|a lot more|another|further) )?"
    r"(?:changes|work|rework|reworking|fixing|detail|details|correction|corrections|revision|"
    r"more detail|more work)\b"
    r"|(?:(?:the|our|their) (?:[\w'-]+ ){1,5}|(?:price|amount|total|date|scope|logo|title|terms) )"
    r"(?:needs? to|must|has to|have to|should) (?:be|say|read|include|"
    r"mention|show|name) (?!approved|signed|sent|discussed|reviewed|done|checked|decided|there|"
    r"here|accepted|rejected|asked|told|fine|ok|okay|good|enough|clear)"
)
_WISHED = re.compile(
    rf"{_BEFORE}{_ASKING} (?:{_TO_IT}(?! (?:anything|any)\b)|{_FIRM}(?: it| this)?$)"
    rf"|{_BEFORE}{_DIRECT}"
    rf"|(?:can|could|would|will) you (?:please )?{_TO_IT}"
)
_NOT_THIS = re.compile(
    rf"{_BEFORE}(?:(?:please )?{_ALTER} (?:the|this|a) (?:thread|meeting|call|channel|link|topic)\b"
    r"|(?:please )?make sure)"
)
POLITE = re.compile(
    rf"{_BEFORE}(?:can|could|would|will) you (?:please )?{_TO_IT}[^?.!\n]*\?"
    r"(?: ?(?:thanks|please))?"
)
"""A wish for changes in the form of a question."""


FLAW = re.compile(
    rf"{_BEFORE}(?:(?:there is )?(?:an? )?(?:typo|mistake|error)|not quite (?:there|right)"
    r"|(?:it )?must be)\b"
)
"""What is wrong, before a wish for changes."""


def wants_change(clause: str) -> bool:
    """Whether the clause says that something in the request is to become different."""
    if _NOT_THIS.match(clause):
        return False
    return _NEEDED.match(clause) is not None or _WISHED.match(clause) is not None


_SAD = either(
    """ok, okay, fine, good, good enough, acceptable, right, happy, convincing, complete,
    ready, there"""
)
UNHAPPY = re.compile(
    rf"{_BEFORE}(?:{_IT} (?:is|are) )?not (?:ok|okay|fine|good|good enough|acceptable|right)"
    rf" {_MINE}(?!\w)"
    rf"|{_BEFORE}{_IT} is not {_SAD}\b(?! yet)"
    rf"|{_BEFORE}i am not (?:ok|okay|fine|happy|satisfied) with\b"
    rf"|{_BEFORE}(?:{_IT} )?(?:does|do) not look {_LOOKS}\b"
)
"""Not approved, and not said what instead: it goes back rather than that it ends."""
BARE = re.compile(
    rf"(?:{_BEFORE}(?:(?:i|we) request changes|requesting changes|changes requested|needs? changes"
    rf"|needs? work|(?:{_IT} is )?not (?:ok|okay|fine|good) {_MINE}))"
)
"""Asks for changes without a word about which."""

_NOT_DO = r"(?:do not|cannot|will not|am not able to|am unable to)"
_END = r"(?=$| because\b| as it\b| as they\b| since\b| due to\b)"
REFUSES = re.compile(
    rf"{_BEFORE}(?:(?:{_IT} is )?rejected|declined|disapproved|reject|not approved|{_NO}|abgelehnt"
    rf"|rechazado|refus\xe9|thumbs down|no[- ]go(?: {_MINE})?|absolutely not|not acceptable|veto"
    rf"|i (?:have to |must |hereby )?(?:reject|decline|refuse)(?: {_IT})?"
    rf"|i am (?:rejecting|against) {_IT}"
    rf"|(?:i {_NOT_DO}|cannot|will not) (?:approve|accept|support)(?: (?:of )?{_IT})?){_END}"
)
"""A clause that says no, perhaps with why."""
NOT_MINE = re.compile(r"^(?:only|just) (?:@?\w+ ){1,3}(?:can|may)\b|^not my\b|\b(?:yet|alone)$")
"""Somebody else, or a later day, decides."""
NO = re.compile(rf"{_BEFORE}(?:i say )?(?:no|nope|nah|no way)(?= |$)")
FAULT = re.compile(
    rf"(?:(?:{_IT}|the \w+) (?:is|are) )?(?:(?:way|far|much|simply|just) )?"
    r"(?:too (?!bad\b|early to\b|soon to\b)\w|not (?:good enough|acceptable|worth|convincing"
    r"|in (?:the|our) budget|in scope)"
    r"|over (?:the |our )?budget|above (?:the |our )?budget|out of (?:scope|budget|the question)"
    r"|wrong (?!thread\b|channel\b|chat\b|window\b|message\b|person\b)\w)"
    r"|(?:i|we) (?:cannot|do not|will not|would never|never) (?:afford|do|accept|approve|support"
    r"|want|work|sell|take|sign|pay|agree|give|offer|deliver|go|"
    r"have (?:the |any )?(?:budget|money))\b"
    rf"|(?:{_IT} )?(?:does not (?:fit|work|make sense|pay)|makes no sense|costs too much)\b"
    r"|(?:there is )?no (?:budget|money|margin)\b"
)
"""What somebody finds wrong with a request after they said no."""
