"""The ways of asking, in English words: each ends where the thing asked for is expected to begin.

Every gap is bounded, so that a sentence is read in time linear in its length.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.asking import tongues
from bot.asking.ways import Way, either

_OTHERS = "someone|anyone|mention|you|marketing"
_WHO = rf"(?:{_OTHERS}|(?!he |she |they |it |this |that |i |we )\w+)"
_HERE = r"(?: (?:in|from|on) \w+| here| please)?"
_ASIDE = r"(?:(?!not |never |who |what |how |why |if |when |where |whether |, )[^ ]+ ){0,4}?"
_ADVERB = either(
    """really, urgently, desperately, also, badly, now, just, still, would, will, do, quickly,
    actually"""
)
_URGENTLY = rf"(?:{_ADVERB} ){{0,3}}"
_GREETING = either(
    """hi, hello, hey, hiya, morning, team, all, folks, everyone, guys, mention, please, urgent,
    asap, quick one, help, ok, so, and, also, still, now"""
)

_MAKE = either(
    """make, create, build, design, do, produce, prepare, write, write up, draft, whip up, knock up,
    knock out, put together, throw together, pull together, craft, develop, come up with, mock up,
    provide, supply, shoot, generate, turn around, spin up, assemble"""
)
_SEND = either(
    """send, share, forward, give, pass, drop, email, e mail, slack, hand, lend, show, dm, get,
    send over, pass on"""
)
_CHANGE = either(
    r"""update, refresh, redo, rework, revise, restyle, redesign, brand, rebrand, correct, fix,
    moderni[sz]e, translate, locali[sz]e, adapt, customi[sz]e, personali[sz]e, tailor, shorten,
    trim, condense, cut down, convert, turn (?:\w+ )(?:\w+ )?(?:\w+ )?(?:\w+ )?into,
    put (?:\w+ )?(?:\w+ )?(?:logo|name|branding|colou?rs) on"""
)

_ASKED = "|".join(
    (
        rf"(?:can|could|would|will) {_WHO} {_ASIDE}",
        rf"(?:is|are) {_WHO} (?:\w+ )?able to ",
        "(?:please|kindly) ",
        rf"(?:anyone|someone){_HERE} (?:able|free|willing) to ",
        (
            rf"(?:need|want|would like|would love|looking for) (?:{_OTHERS}|help){_HERE} "
            r"(?:(?:who|that) (?:can|could) |to )"
        ),
        rf"if (?:{_OTHERS}|\w+ team){_HERE} (?:can|could|would) (?:please )?",
        (
            r"who (?:can|could|would|might|is able to|is up to|has time to|wants to) "
            r"(?:please )?(?:help )?(?:me |us )?(?:to )?"
        ),
        rf"(?:any chance|think|possible that) (?:{_OTHERS}) (?:can|could) ",
        "(?:can|could) we (?:please )?",
    )
)
"""Somebody is asked to: a verb follows."""

_I = either(
    """i, we, delivery, sales, pre ?sales, my team, our team, the team, mention and i,
    (?:my|our) (?:client|customer|prospect|champion|contact)"""
)
_SEEK = either(
    r"""after, in (?:\w+ )?need of, short of, missing, lacking, looking for, looking to get,
    searching for, hunting for"""
)
_WANT = "|".join(
    (
        "(?:needs?|wants?) (?!to )",
        "requires? |lack |request |must have |could (?:really )?use |could do with ",
        (
            r"would (?:really )?(?:like|love|appreciate|welcome) "
            r"(?:to (?:have|get|request|order|ask for|see) )?"
        ),
        rf"(?:am|are) (?:\w+ )?{_SEEK} ",
        "(?:am|are) going to need ",
        "(?:have|want|need) to (?:have|get|order|request|ask for) ",
    )
)
_OPENING = "|".join(
    (
        r"(?:needs?|want) (?!to )|(?:urgently|desperately|badly) need ",
        r"(?:needed|needing|wanted|(?:asset |quick |new )?request(?: for \w+)?) , ",
        r"(?:quick |small |another )?(?:ask|favou?r|wish) , (?=an? )",
        r"request for (?=an? )(?!.* (?:is|was|came|has|got) )",
        rf"(?:would|will) (?:like|love|need) (?!to )|could use |on the hunt for |{_SEEK} ",
    )
)
"""I, left out at the beginning of a message."""

_DREAM = either("possible, useful, helpful, great, good, nice, handy, lovely, ideal, awesome, cool")
_BUILT = rf"{either('built, made, created, written, produced, done, prepared, put together')} "
_HAD = either(
    """has, have, had, got, have got, has got, know of, knows of, know where, aware of, own,
    sitting on"""
)
_PERHAPS = either(
    """guys, happen to, actually, currently, maybe, perhaps, here, still, already, all,
    by any chance"""
)
_TURN_TO = either("ask, ping, talk to, turn to, go to, contact")
_OBTAIN = either("get, have, request, ask for, order, borrow, be sent, commission, grab")
_REQUESTED = either(
    """find, get, download, order, request, ask for, grab, get hold of, obtain,
    submit a request for, put in a request for, raise a request for"""
)

_PHRASES: Mapping[Way, tuple[str, ...]] = MappingProxyType(
    {
        Way.NEED: (
            rf"\b{_I} {_URGENTLY}(?:{_WANT})",
            rf"^(?:{_GREETING} |, ){{0,5}}(?:{_OPENING})",
            r"^(?:i|we) (?:[^ ]+ ){1,20}?(?:and|so|but) (?:\w+ly )?need (?!to )",
            (
                rf"\b(?:would be|is it|would it be) (?:\w+ )?{_DREAM} (?:for \w+ )?(?:to|if we) "
                "(?:have|get|had|order|request) "
            ),
            r"\bany chance (?:of|for|to get|to have|(?:i|we) (?:can|could) (?:get|have)) ",
        ),
        Way.HAVE: (
            (
                rf"\b(?:do|does|would|did) (?:{_OTHERS}|we|the team){_HERE} (?:{_PERHAPS} ){{0,2}}"
                rf"(?:have|own|got|know of|know where) (?:{_BUILT})?"
            ),
            (
                rf"\b(?:has|have) (?:{_OTHERS}|we){_HERE} (?:{_PERHAPS} ){{0,2}}"
                rf"(?:got |(?=an? |any )|{_BUILT})"
            ),
            rf"\b(?:anyone|someone|who)(?: else)?{_HERE} (?:still )?{_HAD} (?:{_BUILT})?",
            r"\b(?:is|are) there (?:already |maybe |anywhere |by any chance )?",
            (
                rf"^(?:{_GREETING} |, ){{0,4}}(?:got (?=an? |any |some |one |ASSET)|"
                "any(?:one)? (?:with )?|anything (?:like )?)"
            ),
            (
                rf"\b(?:if|whether) (?:{_OTHERS}|we|there) (?:{_PERHAPS} )?"
                rf"(?:have|has|is|are|own|had) (?:got )?(?:{_BUILT})?"
            ),
            rf"\bany chance (?:that )?(?:{_OTHERS}|we|there) (?:have|has|is|are) ",
            r"\b(?:requesting|seeking) (?=an? |some |new )",
            rf"\b(?:where|how) (?:can|could|do|would|might) (?:i|we|one) (?:\w+ )?{_REQUESTED} ",
            r"\bwhere (?:is|are) (?=the |our |a |any )",
            (
                r"\b(?:what|which|which one) is (?:the |our )?"
                r"(?=latest |newest |current |official |best ASSET_[^ ]* (?:for|to) )"
            ),
            r"\b(?:point|direct|steer) (?:me|us) (?:to|at|towards) ",
            rf"\bwhom? (?:do|can|should|must|would) (?:i|we) {_TURN_TO} (?:for|about|to get) ",
            r"\bhow (?:do|can) (?:i|we) go about getting ",
            rf"\b(?:{_ASKED})find ",
        ),
        Way.GET: (rf"\b(?:can|could|may|might) (?:i|we|someone) (?:\w+ )?{_OBTAIN} ",),
        Way.MAKE: (
            rf"\b(?:{_ASKED}){_MAKE} ",
            r"\bmind (?:making|creating|building|designing|preparing|writing|drafting) ",
        ),
        Way.SEND: (
            rf"\b(?:{_ASKED}){_SEND} ",
            r"^(?:please )?(?:send|get|make|give|find) (?=me |us )",
            r"\bmind (?:sending|sharing) ",
        ),
        Way.CHANGE: (rf"\b(?:{_ASKED}){_CHANGE} ",),
        Way.HELP: (
            (
                rf"\b(?:(?:can|could|would|will) (?:{_OTHERS}|\w+ team){_HERE}|"
                r"(?:who|marketing|anyone) (?:can|could)) (?:help|support|assist)(?: me| us)?"
                rf"(?: out)?{_HERE}(?: with| on)? "
            ),
            (
                r"\b(?:needs?|like|love|want|requesting) (?:some )?(?:help|support|a hand) "
                r"(?:with|on|making|creating|building|designing|preparing) "
            ),
        ),
    }
)

WAYS = tuple(
    (way, re.compile(phrase))
    for table in (_PHRASES, tongues.PHRASES)
    for way, phrases in table.items()
    for phrase in phrases
)
"""Every way of asking, with each of its phrases."""

_FOLLOWING = (
    rf"\bwhom? (?:do|can|should|must|would) (?:i|we) {_TURN_TO}$",
    r"\bwho (?:takes|could take|can take) (?:it|this|that)$",
    r"\bwho (?:(?:can|could) help|has it)$",
    r"\b(?:does|do) (?:any|one|some|it|that|this|something like that)(?: already)? exist\b",
    rf"\b(?:do|does) (?:{_OTHERS}|we) have (?:any|one|some|something like (?:it|that))$",
    r"\bwhere (?:do|can|could) (?:i|we) (?:get|find|download) (?:it|one|that|this|them)\b",
    rf"\b(?:can|could) (?:{_OTHERS}){_HERE} help(?: me| us)?(?: out)?(?: please)?$",
    r"\bany (?:ideas?|pointers|suggestions|takers|volunteers)$",
    r"(?:^|, )(?:anyone|someone)$",
    r"\b(?:kann|koennte) (?:das |mir )?(?:jemand|wer) (?:das )?(?:machen|helfen|erstellen|bauen)",
)
FOLLOWING = re.compile("|".join(_FOLLOWING))
"""Asks for what was named before."""
