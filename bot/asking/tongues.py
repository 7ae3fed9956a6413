"""The ways of asking that people mix into their English from other tongues, without accents."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.asking.ways import Way, either

_NEED = (
    "brauche, brauchen, braeuchte, braeuchten, suche, suchen, benoetige, benoetigen, bitte um",
    "ik zoek, we zoeken",
    "necesito, necesitamos, necesitaria, busco, buscamos, me hace falta, nos hace falta",
    "serve, servirebbe, serverebbe, cerco, cerchiamo, (?:ho|abbiamo) bisogno di",
    """j ai besoin d[eu]?, (?:on a|avons) besoin d[eu]?, il (?:me|nous) fau(?:t|drait), je cherche,
    on cherche, nous cherchons""",
    "preciso, preciso de, precisamos, precisamos de, procuro, procuramos",
)
_HAVE = (
    """hat (?:schon )?jemand, hat (?:wer|einer|marketing), haette jemand, habt ihr, haben wir,
    wer hat, gibts, gibt es, wo finde ich, wo finden wir""",
    "heeft iemand, hebben we",
    "alguien (?:tiene|tendria|sabe de), tenemos, quien tiene, hay (?=algun|un)",
    "qualcuno ha, chi ha, abbiamo, avete, c e (?=un|qualche)",
    r"""quelqu un (?:a|aurait), qui (?:a|aurait), est ce qu on a, est ce que (?:\w+|quelqu un) a,
    avons nous, avez vous, auriez vous, y a t il""",
    "alguem tem, quem tem, temos",
)
_MAKE = (
    """(?:kann|koennte) (?:mir )?(?:jemand|marketing|mention|wer), koennt ihr, kannst du,
    koenntest du, wer (?:kann|koennte|macht)""",
    "kan iemand",
    r"""(?:puede|podria) alguien \w+, alguien (?:me )?(?:puede|podria) \w+,
    (?:puedes|podrias|podeis|podriais|pueden) (?:hacer|preparar|crear)\w*""",
    r"(?:qualcuno|chi) (?:puo|potrebbe|mi) \w+",
    r"""(?:quelqu un|qui) (?:peut|pourrait) (?:me )?\w+,
    (?:peux tu|pourrais tu|pouvez vous|pourriez vous) (?:me )?\w+""",
    r"alguem (?:pode|consegue) \w+",
)

PHRASES: Mapping[Way, tuple[str, ...]] = MappingProxyType(
    {
        way: tuple(rf"\b{either(phrases)} " for phrases in tongues)
        for way, tongues in ((Way.NEED, _NEED), (Way.HAVE, _HAVE), (Way.MAKE, _MAKE))
    }
)
"""Each ends where the thing asked for is expected to begin; German, Dutch, Spanish, Italian, French
and Portuguese, in this order."""
