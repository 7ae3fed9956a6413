"""How long and how many.

Slack's numeric limits for blocks and elements, as one table over limits.json.
"""

from collections.abc import Iterator

from sandbox.blocks.structure import Problem
from sandbox.facts import limit
from sandbox.state.records import JSON, Value

MAXIMA: dict[str, dict[str, str]] = {
    "*": {"block_id": "block.block_id.max", "action_id": "element.action_id.max"},
    "actions": {"elements": "block.actions.elements.max"},
    "context": {"elements": "block.context.elements.max"},
    "context_actions": {"elements": "block.context_actions.elements.max"},
    "header": {"text.text": "block.header.text.max"},
    "section": {
        "text.text": "block.section.text.max",
        "fields": "block.section.fields.max",
        "fields.*.text": "block.section.field.text.max",
    },
    "image": {
        "image_url": "block.image.url.max",
        "alt_text": "block.image.alt_text.max",
        "title.text": "block.image.title.max",
    },
    "input": {"label.text": "block.input.label.max", "hint.text": "block.input.hint.max"},
    "markdown": {"text": "block.markdown.text.max"},
    "video": {"title.text": "block.video.title.max", "author_name": "block.video.author_name.max"},
    "card": {
        "title.text": "block.card.title.max",
        "subtitle.text": "block.card.subtitle.max",
        "body.text": "block.card.body.max",
    },
    "carousel": {"elements": "block.carousel.elements.max"},
    "container": {
        "child_blocks": "block.container.child_blocks.max",
        "title.text": "block.container.title.max",
    },
    "table": {"rows": "block.table.rows.max", "rows.*": "block.table.cells_per_row.max"},
    "button": {
        "text.text": "element.button.text.max",
        "value": "element.button.value.max",
        "url": "element.button.url.max",
        "accessibility_label": "element.button.accessibility_label.max",
        "agent_prompt": "element.button.agent_prompt.max",
    },
    "overflow": {"options": "element.overflow.options.max"},
    "static_select": {
        "options": "element.static_select.options.max",
        "option_groups": "element.static_select.option_groups.max",
    },
    "multi_static_select": {
        "options": "element.static_select.options.max",
        "option_groups": "element.static_select.option_groups.max",
    },
    "checkboxes": {"options": "element.checkboxes.options.max"},
    "radio_buttons": {"options": "element.radio_buttons.options.max"},
}
MINIMA: dict[str, dict[str, str | int]] = {
    "actions": {"elements": 1},
    "context": {"elements": 1},
    "header": {"text.text": 1},
    "section": {"text.text": 1, "fields": 1, "fields.*.text": 1},
    "input": {"label.text": 1},
    "carousel": {"elements": "block.carousel.elements.min"},
    "button": {"text.text": 1},
    "overflow": {"options": "element.overflow.options.min"},
    "static_select": {"options": 1, "option_groups": 1},
    "multi_static_select": {"options": 1, "option_groups": 1},
    "checkboxes": {"options": 1},
    "radio_buttons": {"options": 1},
}
OPTION = {
    "text.text": "element.option.text.max",
    "value": "element.option.value.max",
    "description.text": "element.option.description.max",
}
CONFIRM = {
    "title.text": "confirm.title.max",
    "text.text": "confirm.text.max",
    "confirm.text": "confirm.confirm.max",
    "deny.text": "confirm.deny.max",
}
NUMBERS = {
    "plain_text_input": {"max_length": "element.plain_text_input.max_length.max"},
    "file_input": {"max_files": "element.file_input.max_files.max"},
}


def too_long(thing: JSON, pointer: str) -> Iterator[Problem]:
    """What is too long, too short, too many or too few in one block or element."""
    kind = str(thing["type"])
    for path, key in (MAXIMA["*"] | MAXIMA.get(kind, {})).items():
        yield from _at_most(thing, path, limit(key), pointer)
    for path, least in MINIMA.get(kind, {}).items():
        yield from _at_least(
            thing, path, least if isinstance(least, int) else limit(least), pointer
        )
    for path, key in NUMBERS.get(kind, {}).items():
        if (value := thing.get(path, 0)) > limit(key):
            yield _problem(
                f"{pointer}/{path}",
                f"must be at most {limit(key)}, but is {value}",
                "max",
                limit(key),
            )
    yield from _at_most(thing, "placeholder.text", limit("element.placeholder.max"), pointer)
    if "confirm" in thing and kind != "confirm":
        for path, key in CONFIRM.items():
            yield from _at_most(thing["confirm"], path, limit(key), f"{pointer}/confirm")
    yield from _options(thing, pointer)


def at_most(value: Value, most: int, pointer: str) -> Iterator[Problem]:
    """A problem when a text or a list is longer than `most`."""
    if len(value) > most:
        unit = "characters" if isinstance(value, str) else "items"
        yield _problem(pointer, f"must be less than {most + 1} {unit}", "max_length", most)


def _options(thing: JSON, pointer: str) -> Iterator[Problem]:
    groups = [(f"{pointer}/options", thing.get("options", []))]
    for number, group in enumerate(thing.get("option_groups", [])):
        here = f"{pointer}/option_groups/{number}"
        yield from at_most(
            group["label"]["text"], limit("element.option_group.label.max"), f"{here}/label/text"
        )
        yield from at_most(
            group["options"], limit("element.option_group.options.max"), f"{here}/options"
        )
        groups.append((f"{here}/options", group["options"]))
    for here, options in groups:
        for number, option in enumerate(options):
            for path, key in OPTION.items():
                yield from _at_most(option, path, limit(key), f"{here}/{number}")
                yield from _at_least(option, path, 1, f"{here}/{number}")


def _at_most(thing: JSON, path: str, most: int, pointer: str) -> Iterator[Problem]:
    for where, value in _found(thing, path.split("."), pointer):
        yield from at_most(value, most, where)


def _at_least(thing: JSON, path: str, least: int, pointer: str) -> Iterator[Problem]:
    for where, value in _found(thing, path.split("."), pointer):
        if len(value) < least:
            yield _problem(where, f"must be more than {least - 1} long", "min_length", least)


def _found(thing: Value, steps: list[str], pointer: str) -> Iterator[tuple[str, Value]]:
    if not steps:
        yield pointer, thing
    elif steps[0] == "*":
        for number, item in enumerate(thing):
            yield from _found(item, steps[1:], f"{pointer}/{number}")
    elif isinstance(thing, dict) and steps[0] in thing:
        yield from _found(thing[steps[0]], steps[1:], f"{pointer}/{steps[0]}")


def _problem(pointer: str, message: str, rule: str, bound: int) -> Problem:
    return Problem(pointer, message, {"type": rule, "expected": bound})
