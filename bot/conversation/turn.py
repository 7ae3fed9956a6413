"""A turn of a conversation: what one message wants, and what it says of which unfinished form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import parcels
from bot.conversation import showing
from bot.conversation.arriving import What
from bot.conversation.background import today
from bot.conversation.filling import added, begun, noted, read_again
from bot.conversation.guessing import Puzzle, Solved, guessed, puzzle
from bot.conversation.talk import place, talk_of, where, with_talk
from bot.desk import Desk
from bot.drafts import is_known
from bot.forgetting import forget
from bot.overview import askable
from bot.ports import Draft, Interpretation, Json, Parcel, Person, Unit
from bot.sending import NotYet
from bot.understanding.days import problem
from bot.understanding.names import names_in
from bot.understanding.phrases import QUESTION
from bot.understanding.reading import READ
from bot.understanding.wanting import is_no_answer, wish
from bot.understanding.wishes import Ask, Cancel, Courtesy, New, Send, Unclear
from modals.fields import Day

_MOST_ASKS = 3
"""So many requests are begun by one message; of further ones it is said that they were not."""


def is_to_us(what: Json) -> bool:
    """Whether the message is certain to be meant for us."""
    return bool(what["direct"] or what["us"])


def thread_of(what: Json) -> str:
    """Return the ``ts`` of the message under which it is talked."""
    return str(what["thread"] or what["ts"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A draft to be stored and shown: ``anew`` below what was said, with a ``note``."""

    draft: Draft
    anew: bool
    note: str


class Turn:
    """One message, in a transaction; nothing is changed there before :meth:`keep`.

    ``puzzles`` are what rules leave open of it, ``solved`` what was answered to the same before.
    """

    def __init__(
        self, desk: Desk, unit: Unit, person: Person, what: Json, text: str, solved: Solved
    ) -> None:
        """Find out what it wants, and which unfinished forms it can be about, oldest first."""
        self._desk, self._unit, self._person = desk, unit, person
        self._what, self._text, self._ts = what, text, str(what["ts"])
        self._to_us = is_to_us(what)
        self._askable = {each.key: each for each in askable(desk, unit, person.user)}
        self.wanted = wish(text, self._askable)
        self._drafts = self._about()
        self.puzzles: list[Puzzle] = []
        self._solved = solved
        self._kept: list[_Kept] = []
        self._forgotten: list[Draft] = []
        self._elsewhere: list[Parcel] = []

    def keep(self) -> None:
        """Store what :meth:`taken` found. Raises NotYet when a click was faster.

        The message is then read again.
        """
        for draft in self._forgotten:
            forget(self._unit, draft)
        if self._kept:
            self._unit.deliveries.first(self._read, self._desk.clock.now())
        for parcel in self._elsewhere:
            self._unit.outbox.add(parcel)
        for each in self._kept:
            anew, note = each.anew, each.note
            if not showing.keep(self._desk, self._unit, each.draft, anew=anew, note=note):
                raise NotYet("The draft is being changed.")

    def taken(self) -> bool:
        """Read it into the forms that it is about; return whether it is about any."""
        match self._what["what"]:
            case What.EDITED:
                mine = [each for each in self._drafts if self._is_of(each)]
                return self._edited(mine) if mine else self._is_late() and self._written()
            case What.DELETED:
                return self._deleted([each for each in self._drafts if self._is_of(each)])
            case _:
                return self._written()

    def _about(self) -> list[Draft]:
        """Return the unfinished forms of its thread; of a whole DM, where it is in no thread.

        Of a thread in a DM also those that have moved on from there, see :meth:`_here`.
        """
        here, thread = (
            place(str(self._what["channel"]), thread_of(self._what)),
            self._what["thread"],
        )
        of = self._unit.drafts.talked(self._person.user, to_change=True)
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

    @property
    def _read(self) -> str:
        """Return what is on record of a message that was read into a form."""
        return f"ev:read:{self._what['channel']}:{self._ts}"

    def _is_late(self) -> bool:
        """Whether a message asks for something only since it was edited."""
        asks = isinstance(self.wanted, New) and self._to_us
        return asks and not self._unit.deliveries.has(self._read)

    def _written(self) -> bool:
        new = self._new()
        if new:
            left = len(new) - _MOST_ASKS
            for nth, ask in enumerate(new[:_MOST_ASKS], 1):
                said = self._text if len(new) == 1 else ask.text
                note = _TOO_MANY if left > 0 and nth == _MOST_ASKS else ""
                draft = self._begun(ask, said)
                moot = _WRONG_DAY.get(self._problem(draft, ask.text), "")
                self._keep(draft, ask.text, anew=True, note=note, moot=moot)
        return bool(new) or (self._goes_on() if self._drafts else self._perhaps())

    def _problem(self, draft: Draft, text: str) -> str:
        """Return why the text names no day that can be meant, as :func:`problem` says."""
        return problem(text[:READ], today(self._desk, self._unit, draft.user))

    def _begun(self, ask: Ask, said: str) -> Draft:
        here = place(str(self._what["channel"]), thread_of(self._what))
        is_open = not self._what["direct"]
        if is_open and (self._what.get("shared") or self._desk.company.amounts):
            here = parcels.in_dm(self._person.user)  # others there may not read all of it
        return begun(self._desk, self._unit, self._person, ask, said, here, self._ts)

    def _perhaps(self) -> bool:
        """Begin the form that a language model takes it for, where no rule knows what it wants."""
        if self._desk.interpreter is None or not isinstance(self.wanted, Unclear):
            return False
        drafts = [self._begun(Ask(each, self._text), self._text) for each in self._askable]
        said = self._guess(drafts, self._text)
        if said is None:
            return False
        for draft in drafts:
            filled = guessed(self._desk, self._unit, draft, self._text, self._ts, said)
            if filled is not None:
                self._kept.append(_Kept(draft=filled, anew=True, note=_PERHAPS))
                return True
        return False

    def _new(self) -> Sequence[Ask]:
        """Return what is asked for anew; the same again of what is unfinished is more about it."""
        wanted = self.wanted
        if not isinstance(wanted, New) or not self._to_us or self._is_below_a_card():
            return ()
        if wanted.another or len(wanted.asks) > 1:
            return wanted.asks
        return [
            ask for ask in wanted.asks if not any(self._is_more(ask, each) for each in self._drafts)
        ]

    def _is_below_a_card(self) -> bool:
        """Whether it stands below a request's card in the DM: it is about that, and not new."""
        what = self._what
        thread = str(what["thread"]) if what["direct"] else ""
        return bool(thread) and self._unit.cards.at(str(what["channel"]), thread) is not None

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
                self._forgotten.append(draft)
                here = self._here(draft).place
                if here != draft.place:  # its card, which says so, is in another thread
                    self._elsewhere.append(parcels.talk_end(draft, said=here))
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
            self._keep(changed, text, anew=True)
            return True
        if quietly:
            return True
        if QUESTION.search(text):
            return False
        asked = showing.asked_now(desk, unit, draft)
        long = _long_text(desk, draft)
        if asked is not None and isinstance(asked.field, Day):
            why = self._problem(draft, text)
            self._keep(draft, text, anew=True, moot=_WRONG_DAY.get(why, _NO_DAY))
        elif is_no_answer(text):
            self._keep(draft, anew=True, note=_LATER)
        elif not long or len(text) > _LONGEST_NOTE:
            self._keep(draft, text, anew=True, moot=_LATER)
        else:
            note = f'I have added that to "{long}".'
            self._keep(noted(desk, draft, text, self._ts), text, anew=True, note=note)
        return True

    def _edited(self, drafts: Sequence[Draft]) -> bool:
        """Read it again into what it is of: into several where it still asks for one of each."""
        for draft, said in self._parts(drafts):
            self._keep(read_again(self._desk, self._unit, draft, said, self._ts), said)
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

    def _keep(
        self, draft: Draft, read: str = "", *, anew: bool = False, note: str = "", moot: str = ""
    ) -> None:
        """Keep the draft, with what may be guessed of what was ``read`` into it.

        ``moot`` is a note, too: that nothing was understood, where nothing is guessed either.
        """
        said = self._guess([draft], read) if read else None
        filled = said and guessed(self._desk, self._unit, draft, read, self._ts, said)
        note = note or ("" if filled else moot)
        self._kept.append(_Kept(draft=filled or draft, anew=anew, note=note))

    def _guess(self, drafts: Sequence[Draft], text: str) -> Interpretation | None:
        """Return what was answered to what rules leave open of ``text``; None where nothing was."""
        if self._desk.interpreter is None or not self._to_us:
            return None
        asked = puzzle(self._desk, self._unit, drafts, text, self._ts)
        if asked is None:
            return None
        self.puzzles.append(asked)
        return self._solved.get(asked.key)


_WRONG_DAY = {
    "past": "That day is in the past.",
    "impossible": "There is no such day.",
    "no_date": "A day is needed, even if there is no hurry.",
}
_NO_DAY = "I found no day in that."
_MISSING = "Something is still missing before it can be sent."
_LATER = "That is fine; whenever you know it. I keep what is there."
_PERHAPS = "No rule of mine knows what you want: that it is this is a guess, too."
_TOO_MANY = f"I began {_MOST_ASKS} requests at once; please tell me the others again, one by one."
_LONGEST_NOTE = 3000
"""Characters; who has more to say opens the form."""


def _long_text(desk: Desk, draft: Draft) -> str:
    """Return how the field is called that takes what is not understood, "" where there is none."""
    form = desk.forms[draft.form]
    return next((each.label for each in form.fields if each.name == form.message_field), "")
