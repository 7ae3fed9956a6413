"""The tickets that can be handed in, as JSON Schema: one of each workflow, told by its key."""

from collections.abc import Iterable

from bot.api.forms import Asked
from bot.ports import Json
from web.api.handing_in import EMAIL, LONGEST_TICKET
from web.api.schemas import named
from workflows.definition import Workflow


def ticket_schemas(asked: Iterable[Asked]) -> Json:
    """Return the schema of a ticket, and those that it is made of, by name."""
    schemas, tickets = Json(), Json()
    for each in asked:
        name = _name(each.workflow)
        schemas[f"{name}Fields"] = each.fields
        if each.whole is not None:
            schemas[f"{name}Whole"] = {"allOf": [named(f"{name}Fields"), each.whole]}
        schemas[f"{name}Ticket"] = _ticket(each)
        tickets[each.workflow.key] = named(f"{name}Ticket")["$ref"]
    told = {"propertyName": "workflow", "mapping": tickets}
    one_of = [{"$ref": ref} for ref in tickets.values()]
    return schemas | {"Ticket": {"oneOf": one_of, "discriminator": told}}


def _ticket(asked: Asked) -> Json:
    name = _name(asked.workflow)
    kinds = [f"{name}Whole"] if asked.whole is not None else []
    return {
        "type": "object",
        "title": asked.workflow.title,
        "description": _words(asked),
        "properties": {
            "workflow": {"const": asked.workflow.key},
            "by": {
                "type": "string",
                "pattern": f"^{EMAIL}$",
                "description": "The e-mail address of the member who asks by it.",
            },
            "ticket": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_TICKET,
                "pattern": r"\S",
                "description": "Its name where it comes from; the header Idempotency-Key else.",
            },
            "fields": {"anyOf": [named(each) for each in (*kinds, f"{name}Fields")]},
        },
        "required": ["workflow", "by"],
        "additionalProperties": False,
    }


def _words(asked: Asked) -> str:
    roles = ", ".join(each.label for each in asked.workflow.may_ask)
    became = (
        "Whole it is submitted; what is missing in it is asked in Slack."
        if asked.whole is not None
        else "It needs a file, which is added in Slack: so it is a draft."
    )
    return f"{asked.workflow.description}. For members who are: {roles}. {became}"


def _name(workflow: Workflow) -> str:
    return "".join(each.capitalize() for each in workflow.key.split("_"))
