"""What Slack accepts as blocks, messages and views: structure first, then lengths, then sense."""

import json
import re
from collections.abc import Iterator

from sandbox.blocks.elements import INITIAL_KEYS, VALUE_KEYS, options, places
from sandbox.blocks.lengths import at_most, too_long
from sandbox.blocks.structure import KNOWN_BLOCKS, Problem, structural_problems
from sandbox.facts import limit
from sandbox.state.records import JSON, Value

ONLY_IN_MESSAGES = {
    "file", "markdown", "table", "data_table", "card", "carousel", "context_actions", "plan",
    "task_card", "container",
}  # fmt: skip
ONLY_IN_MODALS = {"alert"}
FORMATS = {
    "initial_date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "initial_time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
}
SURFACE_LIMITS = {
    "message": "message.blocks.max",
    "modal": "view.blocks.max",
    "home": "view.blocks.max",
}


def block_problems(blocks: Value, surface: str, root: str = "") -> list[Problem]:
    """What is wrong with these blocks on a surface: message, modal or home."""
    if not isinstance(blocks, list):
        return [Problem(root, "must be an array", {"type": "array"})]
    problems = [
        problem
        for number, block in enumerate(blocks)
        for problem in structural_problems(KNOWN_BLOCKS, block, f"{root}/{number}")
    ]
    if problems:
        return problems
    problems += at_most(blocks, limit(SURFACE_LIMITS[surface]), root)
    for number, block in enumerate(blocks):
        problems += _block(block, surface, f"{root}/{number}")
    return problems + list(_across(blocks, root))


def view_problems(view: Value, root: str = "/view") -> list[Problem]:
    """What is wrong with a modal or a Home tab."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [
            Problem(
                f"{root}/type",
                "must be a valid enum value",
                {"type": "enum", "expected": ["modal", "home"]},
            )
        ]
    blocks = view.get("blocks")
    definition = "ModalView" if view["type"] == "modal" else "HomeView"
    present = {
        key: value for key, value in view.items() if value is not None and key != "submit_disabled"
    }
    problems = structural_problems(definition, present | {"blocks": []}, root)
    problems += block_problems(blocks, view["type"], f"{root}/blocks")
    if problems:
        return problems
    for key in ("title", "submit", "close"):
        if text := view.get(key):
            problems += at_most(text["text"], limit(f"view.{key}.max"), f"{root}/{key}/text")
    for key in ("private_metadata", "callback_id", "external_id"):
        problems += at_most(view.get(key) or "", limit(f"view.{key}.max"), f"{root}/{key}")
    if (
        view["type"] == "modal"
        and not view.get("submit")
        and any(b["type"] == "input" for b in view["blocks"])
    ):
        problems.append(
            Problem(
                f"{root}/submit", "is required when there is an input block", {"type": "required"}
            )
        )
    return problems


def is_too_large(view: JSON) -> bool:
    """Whether Slack answers `view_too_large`."""
    return len(json.dumps(view)) > limit("view.max_bytes")


def _block(block: JSON, surface: str, pointer: str) -> Iterator[Problem]:
    kind = block["type"]
    if (surface != "message" and kind in ONLY_IN_MESSAGES) or (
        surface != "modal" and kind in ONLY_IN_MODALS
    ):
        yield Problem(
            f"{pointer}/type", f"a {kind} block is not allowed in a {surface}", {"type": "surface"}
        )
    yield from too_long(block, pointer)
    if kind == "section" and "text" not in block and "fields" not in block:
        yield Problem(pointer, "needs text or fields", {"type": "required"})
    if kind == "image" and "image_url" not in block and "slack_file" not in block:
        yield Problem(pointer, "needs image_url or slack_file", {"type": "required"})
    for number, child in enumerate(block.get("child_blocks", []) if kind == "container" else []):
        yield from _block(child, surface, f"{pointer}/child_blocks/{number}")
    for number, card in enumerate(block["elements"] if kind == "carousel" else []):
        yield from too_long(card, f"{pointer}/elements/{number}")
    for here, element in _elements(block, pointer):
        yield from too_long(element, here)
        yield from _element(element, surface, here)


def _elements(block: JSON, pointer: str) -> Iterator[tuple[str, JSON]]:
    match block["type"]:
        case "input":
            yield f"{pointer}/element", block["element"]
        case "section" if "accessory" in block:
            yield f"{pointer}/accessory", block["accessory"]
        case "actions" | "context_actions" | "context":
            yield from (
                (f"{pointer}/elements/{number}", e) for number, e in enumerate(block["elements"])
            )
        case "card":
            yield from (
                (f"{pointer}/actions/{number}", e)
                for number, e in enumerate(block.get("actions", []))
            )
        case "carousel":
            for number, card in enumerate(block["elements"]):
                yield from _elements(card, f"{pointer}/elements/{number}")
        case _:
            pass


def _element(element: JSON, surface: str, pointer: str) -> Iterator[Problem]:
    kind = element["type"]
    if kind == "file_input" and surface != "modal":
        yield Problem(
            f"{pointer}/type", "a file_input is allowed in modals only", {"type": "surface"}
        )
    if kind in ("static_select", "multi_static_select") and ("options" in element) == (
        "option_groups" in element
    ):
        yield Problem(pointer, "needs either options or option_groups", {"type": "required"})
    if "url" in element and not str(element["url"]).startswith(("https://", "http://")):
        yield Problem(f"{pointer}/url", "must be an absolute URL", {"type": "url"})
    if element.get("min_length", 0) > element.get(
        "max_length", limit("element.plain_text_input.max_length.max")
    ):
        yield Problem(f"{pointer}/min_length", "must not exceed max_length", {"type": "range"})
    for key, form in FORMATS.items():
        if key in element and not form.fullmatch(str(element[key])):
            yield Problem(f"{pointer}/{key}", "has not the right format", {"type": "format"})
    yield from _offered(element, pointer)


def _offered(element: JSON, pointer: str) -> Iterator[Problem]:
    """Options must be distinct, and an initial option one of them, letter by letter."""
    offered = options(element)
    if not offered:
        return
    values = [option.get("value") for option in offered]
    if len(set(values)) < len(values):
        yield Problem(pointer, "option values must be unique", {"type": "unique"})
    key = INITIAL_KEYS.get(VALUE_KEYS.get(element["type"], ""), "")
    initial = element.get(key, [])
    for option in initial if isinstance(initial, list) else [initial]:
        if not any(_same(option, candidate) for candidate in offered):
            yield Problem(f"{pointer}/{key}", "must be one of the options", {"type": "enum"})


def _same(one: JSON, other: JSON) -> bool:
    return one.get("value") == other.get("value") and one["text"]["text"] == other["text"]["text"]


def _across(blocks: list[JSON], root: str) -> Iterator[Problem]:
    """What must be unique among all blocks, or within one of them."""
    ids: set[str] = set()
    for number, block in enumerate(blocks):
        if (block_id := block.get("block_id")) in ids:
            yield Problem(
                f"{root}/{number}/block_id", f"“{block_id}” already exists", {"type": "unique"}
            )
        ids |= {block_id} if block_id else set()
        named = [place.action_id for place in places([block]) if place.action_id]
        if len(set(named)) < len(named):
            yield Problem(
                f"{root}/{number}", "action_ids must be unique within a block", {"type": "unique"}
            )
    if sum(bool(place.element.get("focus_on_load")) for place in places(blocks)) > 1:
        yield Problem(root, "only one element may have focus_on_load", {"type": "unique"})
    if sum(block["type"] == "table" for block in blocks) > limit("message.table_blocks.max"):
        yield Problem(root, "only one table is allowed in a message", {"type": "max_items"})
    markdown = "".join(block["text"] for block in blocks if block["type"] == "markdown")
    yield from at_most(markdown, limit("message.markdown_blocks.cumulative_max"), root)
