"""A turn of a conversation: what a message wants is found out, kept, and promised an answer.

Whatever is said, nothing is decided and nothing handed in: that takes a button.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import replying, showing
from bot.conversation.arriving import What
from bot.conversation.background import today
from bot.conversation.filling import added, begun, noted, read_again
from bot.conversation.talk import place, talk_of, where, with_talk
from bot.desk import Desk, Gesture
from bot.drafts import is_known
from bot.errors import UnknownPerson
from bot.forgetting import forget
from bot.members import NotKnownYet, member, names
from bot.overview import askable
from bot.ports import Claimed, Draft, Json, Person, Unit
from bot.sending import NotYet, channel_of, post_once
from bot.understanding.days import problem
from bot.understanding.names import names_in
from bot.understanding.phrases import QUESTION
from bot.understanding.wanting import is_no_answer, wish
from bot.understanding.wishes import Ask, Cancel, Courtesy, New, Send, Unclear
from messages.message import Message
from messages.notice import greeting
from messages.quoting import mentioned, quoted
from messages.talk import discarded
from modals.fields import Day

_MOST_ASKS = 3
"""So many requests are begun by one message; of further ones it is said that they were not."""


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Answer one message. Raises NotYet while Slack has not told us who wrote it.

    Forms are filled in where they are talked about. What is asked is answered in the DM, wherever
    it was asked: others in the channel may not see what whoever asks may.
    """
    what = claimed.parcel.payload
    gesture = Gesture(user=str(what["user"]), team=str(what["team"]), surface="message")
    try:
        answer = _turn(desk, gesture, claimed, _plain(desk, what))
    except NotKnownYet as stranger:
        raise NotYet(str(stranger)) from stranger
    except UnknownPerson:
        answer = greeting(()) if what["what"] == What.WRITTEN and _is_to_us(what) else None
    if answer is not None and what["direct"]:
        post_once(desk, claimed, answer, str(what["channel"]), _thread(what))
    elif answer is not None:
        post_once(desk, claimed, answer, channel_of(desk, f"user:{gesture.user}"))
    desk.wake()


def _is_to_us(what: Json) -> bool:
    return bool(what["direct"] or what["us"])


def _plain(desk: Desk, what: Json) -> str:
    """Return what was said as it reads in Slack, without the mention of us."""
    said = str(what["text"])
    if what["us"]:
        said = re.sub(rf"<@{re.escape(str(what['us']))}(?:\|[^>]*)?>[\s,:]*", "", said)
    return quoted(said, names(desk, mentioned(said))).strip()


def _thread(what: Json) -> str:
    return str(what["thread"] or what["ts"])


def _turn(desk: Desk, gesture: Gesture, claimed: Claimed, text: str) -> Message | None:
    """Do what the message asks for to the forms it is about, once; return what is said besides."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        if not unit.deliveries.first(f"turn:{claimed.parcel.key}", desk.clock.now()):
            return None
        turn = Turn(desk, unit, person, what, text)
        if turn.taken():
            unit.commit()
            return turn.said
        wanted = turn.wanted
    if what["what"] != What.WRITTEN or not _is_to_us(what):
        return None
    return replying.reply(desk, gesture, wanted, text)


class Turn:
    """One message, in the transaction in which it is read into the forms that it is about."""

    def __init__(self, desk: Desk, unit: Unit, person: Person, what: Json, text: str) -> None:
        """Find out what it wants, and which unfinished forms it can be about, oldest first."""
        self._desk, self._unit, self._person = desk, unit, person
        self._what, self._text, self._ts = what, text, str(what["ts"])
        self._to_us = _is_to_us(what)
        self.said: Message | None = None
        self.wanted = wish(text, {each.key: each for each in askable(desk, unit, person.user)})
        self._drafts = self._about()

    def taken(self) -> bool:
        """Put what was said into forms; return whether it was about any."""
        match self._what["what"]:
            case What.EDITED:
                return self._edited([each for each in self._drafts if self._is_of(each)])
            case What.DELETED:
                return self._deleted([each for each in self._drafts if self._is_of(each)])
            case _:
                return self._written()

    def _about(self) -> list[Draft]:
        """Return the unfinished forms of its thread; of a whole DM, where it is in no thread.

        Of a thread in a DM also those that have moved on from there, see :meth:`_here`.
        """
        here, thread = place(str(self._what["channel"]), _thread(self._what)), self._what["thread"]
        of = [each for each in self._unit.drafts.of(self._person.user) if each.place]
        known = [each for each in reversed(of) if is_known(self._desk, each)]
        if self._what["direct"]:
            known = [each for each in known if where(each)[0] == self._what["channel"]]
            moved = [each for each in known if not thread or thread in talk_of(each).sources]
            return [each for each in known if each.place == here] or moved
        return [each for each in known if each.place == here]

    def _here(self, draft: Draft) -> Draft:
        """Return the draft; in a DM the conversation follows whoever begins a new thread."""
        if not self._what["direct"] or self._what["thread"]:
            return draft
        return replace(draft, place=place(str(self._what["channel"]), self._ts))

    def _is_of(self, draft: Draft) -> bool:
        """Whether the message was read into the draft."""
        return self._ts in talk_of(draft).sources

    def _written(self) -> bool:
        new = self._new()
        if new:
            here = place(str(self._what["channel"]), _thread(self._what))
            left = len(new) - _MOST_ASKS
            for nth, ask in enumerate(new[:_MOST_ASKS], 1):
                said = self._text if len(new) == 1 else ask.text
                draft = begun(self._desk, self._unit, self._person, ask, said, here, self._ts)
                note = _TOO_MANY if left > 0 and nth == _MOST_ASKS else ""
                self._keep(draft, anew=True, note=note)
        return bool(new) or (bool(self._drafts) and self._goes_on())

    def _new(self) -> Sequence[Ask]:
        """Return what is asked for anew; the same again of what is unfinished is more about it."""
        wanted = self.wanted
        if not isinstance(wanted, New) or not self._to_us:
            return ()
        if wanted.another or len(wanted.asks) > 1:
            return wanted.asks
        return [
            ask for ask in wanted.asks if not any(self._is_more(ask, each) for each in self._drafts)
        ]

    def _is_more(self, ask: Ask, draft: Draft) -> bool:
        """Whether it is more about the draft: of its kind, and about nobody it does not name."""
        texts = " ".join(str(each) for each in draft.state.values() if isinstance(each, str))
        named = names_in(ask.text, ())
        others = bool(named) and not any(each.name in texts for each in named)
        return draft.workflow == ask.workflow and not others

    def _goes_on(self) -> bool:
        """Do to what is unfinished what was said; the one whose card was shown last is meant."""
        asking = [draft for draft in self._drafts if talk_of(draft).asked]
        draft = self._here(max(asking or self._drafts, key=lambda each: each.at))
        if not self._to_us:
            return self._more(draft, quietly=True)
        match self.wanted:
            case Cancel():
                draft = max(self._drafts, key=lambda each: each.at)
                forget(self._unit, draft)
                if self._here(draft) != draft:  # its card, which says so, is in another thread
                    self.said = discarded(self._desk.workflows[draft.workflow])
            case Send():
                note = _MISSING if talk_of(draft).asked else "Press Submit below to send it."
                self._keep(draft, anew=True, note=note)
            case Courtesy():
                pass
            case New() | Unclear():
                return bool(self._text) and self._more(draft, quietly=False)
            case _:
                return False
        return True

    def _more(self, draft: Draft, *, quietly: bool) -> bool:
        """Put it into the draft; ``quietly``: only if it plainly answers what was asked."""
        desk, unit, text = self._desk, self._unit, self._text
        changed = added(desk, unit, draft, text, self._ts, to_us=not quietly)
        if changed is not None:
            self._keep(changed, anew=True)
            return True
        if quietly:
            return True
        if QUESTION.search(text):
            return False
        asked = showing.asked_now(desk, unit, draft)
        long = _long_text(desk, draft)
        if asked is not None and isinstance(asked.field, Day):
            self._keep(draft, anew=True, note=_no_day(desk, unit, draft, text))
        elif is_no_answer(text) or not long or len(text) > _LONGEST_NOTE:
            self._keep(draft, anew=True, note=_LATER)
        else:
            note = f'I have added that to "{long}"'
            self._keep(noted(desk, draft, text, self._ts), anew=True, note=f"{note}.")
        return True

    def _edited(self, drafts: Sequence[Draft]) -> bool:
        """Read it again into what it is of: into several where it still asks for one of each."""
        for draft, said in self._parts(drafts):
            self._keep(read_again(self._desk, self._unit, draft, said, self._ts))
        return bool(drafts)

    def _parts(self, drafts: Sequence[Draft]) -> Sequence[tuple[Draft, str]]:
        if len(drafts) == 1:
            return [(drafts[0], self._text)]
        asks = self.wanted.asks if isinstance(self.wanted, New) else ()
        said = {ask.workflow: ask.text for ask in asks}
        kinds = {draft.workflow for draft in drafts}
        alike = len(said) == len(asks) and len(kinds) == len(drafts) and said.keys() == kinds
        return [(draft, said[draft.workflow]) for draft in drafts] if alike else []

    def _deleted(self, drafts: Sequence[Draft]) -> bool:
        for draft in drafts:
            self._keep(with_talk(draft, replace(talk_of(draft), lost=True)))
        return bool(drafts)

    def _keep(self, draft: Draft, *, anew: bool = False, note: str = "") -> None:
        """Raises NotYet when a click was faster: the message is then read again."""
        if not showing.keep(self._desk, self._unit, draft, anew=anew, note=note):
            raise NotYet("The draft is being changed.")


_MISSING = "Something is still missing before it can be sent."
_LATER = "That is fine; whenever you know it. I keep what is there."
_TOO_MANY = f"I began {_MOST_ASKS} requests at once; please tell me the others again, one by one."
_LONGEST_NOTE = 3000
"""Characters; who has more to say opens the form."""


def _no_day(desk: Desk, unit: Unit, draft: Draft, text: str) -> str:
    why = problem(text, today(desk, unit, draft.user))
    return {
        "past": "That day is in the past.",
        "impossible": "There is no such day.",
        "no_date": "A day is needed, even if there is no hurry.",
    }.get(why, "I found no day in that.")


def _long_text(desk: Desk, draft: Draft) -> str:
    """Return how the field is called that takes what is not understood, "" where there is none."""
    form = desk.forms[draft.form]
    return next((each.label for each in form.fields if each.name == form.message_field), "")
