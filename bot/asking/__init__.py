"""Whether a message in a channel asks for a sales asset, and for which.

"Requests made outside official channel: not processed" (Sales Asset Requests, 6). Who asks
elsewhere is told so, privately and kindly, which is only kind while it is hardly ever wrong:
whatever is in doubt is no ask. Closed rules over the words of the author, nothing learned and
nothing kept: what is shown to nobody is also remembered by nobody.

Layers, from the outside in: `spoken` finds the author's own words, `nouns` and `purpose` mark the
assets in them, `frames` and `tongues` know the ways of asking, `leading` tells which of them leads
to an asset, `hearing` decides, `understanding` says what is asked for.
"""

from bot.asking.hearing import is_ask
from bot.asking.understanding import Understood, understood

__all__ = ["Understood", "is_ask", "understood"]
