"""The ways in which people say what they want of Frontdesk, in English; every gap is bounded."""

import re

PLEASE = r"(?:(?:hi|hello|hey|ok|okay|please|pls|well|no|yes|so|and|frontdesk|@\w+)[\s,!.]+){0,4}"
CANCEL = re.compile(
    rf"^\s*{PLEASE}(?:cancel|nevermind|never mind|forget (?:it|that|about it)|discard|scrap (?:it|"
    rf"that)|"
    r"drop (?:it|that)|stop|abort|delete (?:it|that|this)|don'?t (?:send|submit)(?: it)?|"
    r"(?:i|we) (?:don'?t|do not) need (?:it|this|that)(?: any ?more)?|no longer needed|"
    r"withdraw(?: it)?)"
    r"(?:\s+(?:it|that|this|the|my|request|draft|please|everything|all|thanks|thank you|"
    r"any ?more)|\s*,)*[\s.!]*$",
    re.IGNORECASE,
)
TAKEN_BACK = re.compile(
    r"^\W*(?:please\s+)?(?:forget|drop|remove|delete|clear|leave out|skip)\s+"
    r"(?:the|that|any|their|its)\s+(\w[\w' -]{1,40}?)\W*$",
    re.IGNORECASE,
)
"""What is said no more, by the name of the question: "forget the amount"."""
NOT_NEW = re.compile(
    r"\b(?:don'?t|do not|does not|doesn'?t|no longer|not) (?:\w+ ){0,2}(?:need|want|send|make|"
    r"create|prepare|use|require|look(?:ing)? for)\b"
    r"|^\s*(?:please |pls )?(?:cancel|withdraw|approve|reject|decline|delete|stop)\b",
    re.IGNORECASE,
)
_ONE = r"(?:the|our|your|their|my|that|this|these|those)"
TOLD = re.compile(
    rf"\s*(?:[^:,;.!?]+\s(?:loved|liked|enjoyed|appreciated|hated|praised|signed|received)\s+{_ONE}\s"
    rf"|(?:{_ONE}\s)?[^:,;.!?]+\s(?:was|were|looks|looked)\s+(?:\w+\s+)?(?:good|great|nice|fine|bad|"
    r"wrong|excellent|awesome|perfect|helpful|useless|useful)\b"
    rf"|(?:thanks|thank you|thx|cheers)[\s,]+(?:\w+\s+){{0,2}}?for\s+{_ONE}\s"
    r"|(?:great|nice|good|excellent|awesome|lovely|perfect)\s(?!morning|afternoon|evening|day)"
    r"(?=(?:\w+\s+){0,2}\w+[.!\s]*$))[^:,;.!?]*[.!\s]*",
    re.IGNORECASE,
)
"""A whole message that tells how something was, and asks for nothing."""
NO_ANSWER = re.compile(
    r"^\s*(?:(?:sorry|hm+|well|oh|ok|no|not sure|no idea)[\s,.!]*){0,3}"
    r"(?:(?:i|we)(?: really)? (?:don'?t|do not) know(?: yet)?|no idea|not sure|no clue|unknown|tbd|"
    r"tba|later|skip(?: it| this)?|none|nothing|n/?a|dunno|let me (?:check|ask|see)|ask \w+|"
    r"wait|one moment|hold on|i(?:'ll| will) (?:check|ask|see|let you know)|not yet|\?+|\.+|-+)"
    r"(?!\w)"
    r"|\?\s*$|^\s*(?:who|what|where|when|why|how|which)(?:'s|'re)?\s+\S+\s+\S",
    re.IGNORECASE,
)
SEND = re.compile(
    rf"^\s*{PLEASE}(?:(?:looks (?:good|right)|perfect|great|good|fine|correct|all (?:good|set)|"
    rf"done)"
    r"[\s,.!]+(?:so\s+)?)?(?:submit|send|go(?: ahead)?|file|confirm|hand in|do it|ship it)"
    r"(?:\s+(?:it|this|that|the|my|request|off|in|now|please|both|all))*[\s.!]*$",
    re.IGNORECASE,
)
COURTESY = re.compile(
    r"^\s*(?:(?:thanks|thank you|thx|ty|cheers|great|perfect|cool|nice|awesome|super|ok|okay|"
    r"got it|"
    r"bye|see you|much appreciated|you too|lovely|wonderful)(?:\s+(?:a lot|so much|very much|all|"
    r"you|"
    r"again|for (?:the|your) help|frontdesk|everyone))*[\s,.!:)\U0001f44d\U0001f64f]*)+$",
    re.IGNORECASE,
)
HELP = re.compile(
    rf"^\s*{PLEASE}(?:help(?: me)?|what can (?:you|i) (?:do|ask)(?: here)?|how does (?:this|"
    rf"it) work|"
    r"what do you do|commands?|menu)"
    r"(?:[\s,]+(?:please|there|frontdesk))*[\s?!.]*$",
    re.IGNORECASE,
)
HELLO = re.compile(
    rf"^\s*{PLEASE}(?:hi|hello|hey|start|who are you|good (?:morning|afternoon|evening))"
    r"(?:[\s,]+(?:there|frontdesk|all))*[\s?!.]*$",
    re.IGNORECASE,
)
WAITING = re.compile(
    r"\b(?:wait(?:s|ing)?|pending|open|due|left|outstanding)\b[^.?!\n]{0,20}\b(?:on|for|with|"
    r"from) me\b"
    r"|\bwhat(?:'s| is| do i have| have i got|s)?\b[^.?!\n]{0,20}\b(?:on my (?:plate|desk|list)|"
    r"my (?:to-?dos?|turn|"
    r"tasks?)|to (?:do|approve|review|decide))\b|\bmy (?:to-?dos?|approvals|queue|inbox)\b"
    r"|\b(?:anything|something) (?:for me|to (?:approve|decide|review|do))\b"
    r"|\bwhat (?:should|must|can|do) i (?:need to )?(?:approve|decide|review|do)\b",
    re.IGNORECASE,
)
MINE = re.compile(
    r"\b(?:what|which)\b[^.?!\n]{0,20}\b(?:did|have) i (?:ask|asked|request|requested|order)"
    r"|\b(?:show|list|see|view|what are|where are)\b[^.?!\n]{0,12}\b(?:my|mine)\b[^.?!\n]{0,12}"
    r"(?:requests?|sows|assets|asks|tickets|$)|^\s*my (?:requests|sows|assets)\b",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"\b(?:where(?:'s| is| are|s)|what(?:'s| is) up with|"
    r"(?:what(?:'s| is)? the )?(?:status|state|progress)\b|how far|"
    r"how'?s\b|"
    r"how (?:is|are)\b|any (?:news|updates?|progress|word)|what (?:happened|became|'s happening|"
    r"is happening|"
    r"'s going on|is going on)|who has|who'?s got|when (?:will|do|can) (?:i|we) (?:get|have|see)|"
    r"when is|is (?:my|the|our)\b[^.?!\n]{0,40}\b(?:ready|done|approved|signed|paid|sent|through)|"
    r"did\b[^.?!\n]{0,40}\b(?:sign|pay|approve|get approved|go out))",
    re.IGNORECASE,
)
WHO = re.compile(
    r"\bwho(?:m| must| has to| needs to| can| will| should| do i need to)?\b[^.?!\n]{0,25}"
    r"\b(?:approves?|signs? off|decides?|approval|sign-off)\b"
    r"|\b(?:whose|which) approval\b|\bdoes\b[^.?!\n]{0,40}\bneeds? (?:an? )?(?:executive|approval|"
    r"sign)"
    r"|\b(?:need|require)s?\b[^.?!\n]{0,25}\b(?:approval|sign-?off)\b",
    re.IGNORECASE,
)
DECIDE = re.compile(
    r"\b(?:approve|reject|decline|accept|sign off|request changes)\b(?! by)", re.IGNORECASE
)
WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat puts\b|\brank(?:ed|s|ing)?\b|\bpriority of\b", re.IGNORECASE
)
SHELF = re.compile(
    r"\b(?:do|have|has|is|are|did) (?:we|you|there|anyone|someone|somebody)(?: \w+)? ?(?:already )?"
    r"(?:have|got|any|an?|own)?\b|\bwhere (?:can|do|could|would) (?:i|we) (?:find|get|download)\b"
    r"|\b(?:find|search|show me|look for|look up|which)\b|"
    r"\bany(?:thing)?\b[^.?!\n]{0,20}\b(?:about|on|for)\b",
    re.IGNORECASE,
)
ASKED_FOR = re.compile(
    r"\b(?:need|needs|want|wants|require|request(?:ing)?|order|create|make|prepare|draft|write|"
    r"build|"
    r"looking for|get me|could (?:i|we|you)|can (?:i|we|you)|i'?d like|we'?d like|would like|"
    r"please)\b",
    re.IGNORECASE,
)
FINDING = re.compile(
    r"^\s*(?:please |pls )?(?:find|search|show me|look for|look up)\b", re.IGNORECASE
)
MAKING = re.compile(r"\b(?:need|want|make|create|prepare|build|by|until)\b", re.IGNORECASE)
ANOTHER = re.compile(
    r"\b(?:another|also|too|as well|one more|additionally|second one|new (?:one|request)|plus)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"\?\s*$|^\s*(?:who|what|where|when|why|how|which|is|are|do|does|did|any)\b", re.IGNORECASE
)
ONE_MORE = re.compile(r"\s*(?:an?|one|two|another|the other|sow)\b", re.IGNORECASE)
LOOSE = re.compile(r"[\s,]+(?:and|plus|also)$", re.IGNORECASE)
CUT = re.compile(r"(?:[.!?;\n]+\s*|,?\s+(?:and|plus|also)\s+(?:also\s+)?)", re.IGNORECASE)
