"""What a conversation about one unfinished form remembers, beside the form's own answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.ports import Draft, Json
from modals.wire import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From which words the ``answer`` is, in the message ``ts``: while it stands, not after it.

    ``others`` are further readings of them, the likelier first: it is asked which one is meant.
    """

    answer: Mapping[str, Answer]
    words: str
    ts: str
    guess: bool = False
    others: tuple[Mapping[str, Answer], ...] = ()
    asked: bool = False
    """Whether the message answered the question after it, perhaps with nothing but a word."""
    by_model: bool = False
    """Whether it is a guess by a language model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where the card of the form stands (``ts``, "" before it is posted), and what was heard.

    ``asked`` is the field that the card asks for, ``sources`` the messages that were read into it,
    ``lost`` whether the first of them has been deleted.
    """

    ts: str = ""
    asked: str = ""
    heard: Mapping[str, Origin] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    lost: bool = False

    def to_json(self) -> Json:
        """Return what :func:`talk_of` reads."""
        heard = {
            name: {
                "answer": dict(each.answer),
                "words": each.words,
                "ts": each.ts,
                "guess": each.guess,
                "others": [dict(other) for other in each.others],
                "asked": each.asked,
                "by_model": each.by_model,
            }
            for name, each in self.heard.items()
        }
        return {
            "ts": self.ts,
            "asked": self.asked,
            "heard": heard,
            "sources": list(self.sources),
            "lost": self.lost,
        }


def talk_of(draft: Draft) -> Talk:
    """Return what the draft's conversation remembers of the answers that still stand."""
    said = draft.talk
    heard = {
        name: Origin(
            answer=each["answer"],
            words=str(each["words"]),
            ts=str(each["ts"]),
            guess=bool(each["guess"]),
            others=tuple(each["others"]),
            asked=bool(each["asked"]),
            by_model=bool(each.get("by_model")),
        )
        for name, each in said.get("heard", {}).items()
        if all(draft.state.get(part) == answer for part, answer in each["answer"].items())
    }
    return Talk(
        ts=str(said.get("ts", "")),
        asked=str(said.get("asked", "")),
        heard=heard,
        sources=tuple(said.get("sources", ())),
        lost=bool(said.get("lost", False)),
    )


def with_talk(draft: Draft, talk: Talk) -> Draft:
    """Return the draft with what its conversation remembers now."""
    return replace(draft, talk=talk.to_json())


def place(channel: str, thread_ts: str) -> str:
    """Return where a conversation is held, as :attr:`bot.ports.Draft.place` has it."""
    return f"{channel}/{thread_ts}"


def where(draft: Draft) -> tuple[str, str]:
    """Return the channel, and the ``ts`` of the message under which it is talked about."""
    channel, _, thread_ts = draft.place.partition("/")
    return channel, thread_ts
