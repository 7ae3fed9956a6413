"""From the name of a model to what reads with it, or to what is missing for that."""

from bot.ports import Interpreter
from integrations.connection import NotConnected

INSTALL = (
    "Install it: `make model`, or pip install --require-hashes --requirement "
    "requirements-model.lock; or unset FRONTDESK_MODEL."
)
_KEYS = (
    "Correct FRONTDESK_MODEL, or set what its provider asks for in the environment of the process "
    "(.env is read for Frontdesk's own settings alone); or unset FRONTDESK_MODEL."
)


def connect(name: str, seconds: float) -> Interpreter:
    """Return what reads with the model ``name`` ("openai:gpt-5"), ``seconds`` a message at most.

    Nothing is sent by that. Raises NotConnected.
    """
    try:
        from pydantic_ai.exceptions import UserError  # noqa: PLC0415 - two seconds, where it is on
        from pydantic_ai.models import infer_model  # noqa: PLC0415 - likewise

        from integrations.language_model.reading import LanguageModel  # noqa: PLC0415 - likewise
    except ImportError as missing:
        raise NotConnected(f"{missing.name or missing} is not installed", INSTALL) from missing
    try:
        return LanguageModel(infer_model(name), seconds)
    except (ImportError, UserError) as problem:
        raise NotConnected(str(problem), _KEYS) from problem
