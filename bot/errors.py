"""Named errors: what a person is told (a :class:`Problem`), and what Slack answered us."""

from workflows.refusals import Refusal


class Problem(Refusal):
    """Something is wrong with what was asked; the text says what and how to put it right."""


class NotFound(Problem):
    """There is no request with this number, or it is not yours to see."""


class TooLate(Problem):
    """Somebody was faster; nothing was changed. Please look at the request again."""


class NotSaved(Problem):
    """Frontdesk could not save this just now. Nothing is lost: please try again in a moment."""


class DraftGone(Problem):
    """This draft has been submitted or discarded already."""


class OthersDraft(Problem):
    """Only whoever began this can go on with it. Tell me what you need, and I begin one for you."""


class UnknownPerson(Problem):
    """Frontdesk works for members of this workspace only."""


class UnfitSettings(Exception):
    """Settings that do not fit together, or are wrong: each key with a sentence about it.

    The key is "" where a sentence is about no single setting.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        """Remember the sentences."""
        super().__init__("; ".join(f"{key}: {said}" if key else said for key, said in problems))
        self.problems = problems


class Unavailable(Exception):
    """The database did not answer in time; nothing was committed."""


class Stale(Exception):
    """The row was changed by somebody else since it was read; nothing was written."""


class SlackError(Exception):
    """Slack did not do what we asked. ``code`` is Slack's own word for it, or our own."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Remember Slack's error ``code`` and what else it said."""
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.sentence = detail or code
        """What a person is told, where it is about what they did."""


class RateLimited(SlackError):
    """Slack asks us to wait ``retry_after`` seconds before calling ``method`` again."""

    def __init__(self, method: str, retry_after: float) -> None:
        """Remember how many seconds to wait, for which method."""
        super().__init__("ratelimited", f"{method}: {retry_after} s")
        self.method = method
        self.retry_after = retry_after


class SlackRefused(SlackError):
    """Slack will never accept this: a channel that is gone, wrong blocks, a missing scope."""


class SlackLockedOut(SlackError):
    """The token does not work any more; nothing can be sent until an admin renews it."""


class SlackUnsure(SlackError):
    """No answer, or a 5xx: Slack may or may not have done it."""

    is_down = False
    """Whether Slack has answered nothing else of late either, so that it is not for this call."""


class SlackStopped(SlackError):
    """Frontdesk is stopping: nothing more is asked of Slack, and this was not."""


class ViewGone(SlackRefused):
    """The modal was closed, or it or the Home tab is newer than we thought; nothing was changed."""


class CannotGoOn(Exception):
    """What was asked of Frontdesk ends here; the text says why and how to put it right."""
