"""What goes wrong in the workspace, as sentences for the person who caused it."""


class SandboxError(Exception):
    """The sandbox cannot do that."""

    def __init__(self, **facts: object) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()).format(**facts))


class Refused(SandboxError):
    """Slack's client would not let a person do that."""


class FieldRequired(Refused):
    """Please complete the required field “{field}”."""


class TooShort(Refused):
    """“{field}” needs at least {minimum} characters."""


class TooLong(Refused):
    """“{field}” takes at most {maximum} characters."""


class BadValue(Refused):
    """“{value}” is not something “{field}” takes: {reason}."""


class NotOffered(Refused):
    """“{field}” does not offer “{option}”; it offers: {offered}."""


class NoSuchField(Refused):
    """There is no field “{field}” here; there are: {offered}."""


class ButtonGone(Refused):
    """There is no “{button}” to press here; there are: {offered}."""


class NotOnTop(Refused):
    """The form “{title}” is no longer the one in front."""


class NothingOpen(Refused):
    """There is no form open here any more."""


class CommandInThread(Refused):
    """{command} is not supported in threads."""


class NoSuchCommand(Refused):
    """{command} is not a valid command."""


class NoSuchShortcut(Refused):
    """There is no shortcut called “{name}”; there are: {offered}."""


class Deactivated(Refused):
    """{name} is deactivated and cannot use Slack."""


class NotAMember(Refused):
    """{name} is not in {channel}."""


class NotYours(Refused):
    """Only its author can change that message."""


class NotYourFile(Refused):
    """Only the one who uploaded “{name}” can delete it."""


class FileTooLarge(Refused):
    """“{name}” is larger than 1 GB, the most Slack takes."""


class Unknown(Refused):
    """There is no {kind} called “{name}” in this workspace."""


class NoBotHere(Refused):
    """No app is installed in this workspace."""


class NotRunning(SandboxError):
    """The sandbox's server is not running; start it before people do things."""


class NeverHappened(SandboxError, TimeoutError):
    """Waited {seconds:g} seconds for {what}, in vain. {seen}."""


class JournalInUse(SandboxError):
    """Another process has the journal {path} open; stop it first, or choose another file."""


class JournalUnreadable(SandboxError):
    """Line {line} of the journal {path} is damaged and it is not the last one.

    Restore the file from a backup.
    """


class BadManifest(SandboxError):
    """This manifest cannot be installed: {reason}."""


class ChallengeFailed(SandboxError):
    """{url} did not answer Slack's url_verification challenge: {reason}."""
