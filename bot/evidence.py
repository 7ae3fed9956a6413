"""One request with everything that happened to it, for whoever has to prove it later."""

import json
from dataclasses import asdict

from bot.errors import NotFound
from bot.ports import Store


def of(store: Store, ref: str) -> str:
    """Return the request and its timeline as JSON. Raises NotFound."""
    with store.unit() as unit:
        request = unit.requests.get(ref.upper())
        if request is None:
            raise NotFound
        timeline = unit.requests.timeline(request.ref)
    found = {"request": asdict(request), "timeline": [asdict(entry) for entry in timeline]}
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)
