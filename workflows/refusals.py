"""Named refusals: the sentence a person reads is the text of the error."""


class Refusal(Exception):
    """This cannot be done."""

    def __str__(self) -> str:
        """The sentence for the person: the given one, else the class's docstring."""
        return str(self.args[0]) if self.args else str(self.__doc__)


class NotAllowed(Refusal):
    """You do not hold a role that may do this. Nothing was changed."""


class OwnRequest(Refusal):
    """This is your own request, so somebody else decides it."""


class NotNow(Refusal):
    """The request has moved on, so this is not possible any more."""


class AlreadyVoted(Refusal):
    """You have already answered this; the others' answers are still missing."""


class ReasonMissing(Refusal):
    """Please give a reason; the people concerned will read it."""


class Unconfirmed(Refusal):
    """Please press the button again, and confirm the amount and the client that you are shown."""


class Guarded(Refusal):
    """The request is not ready for this."""


class NoSuchTransition(Refusal):
    """Frontdesk does not know this action any more; please open the request again."""
