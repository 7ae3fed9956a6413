"""Tickets that are made of the API's description, and of nothing else."""

import jsonschema_rs

from bot.ports import Json

SCHEMAS = "#/components/schemas/"
EVERY, FEWEST = "every", "fewest"
"""How many fields a ticket has."""
TEXTS = {
    "email": "jane@client.example",
    "date": "2026-01-05",
    "^https://": "https://client.example/deck",
    "^[A-Z]{3}$": "EUR",
    "^[UW][A-Z0-9]+$": "U024BE7LH",
}
"""Texts of a form that is described, where no example stands there."""


class Described:
    """The description as it is served, and tickets that are made of nothing else."""

    def __init__(self, said: Json) -> None:
        self.schemas: Json = said["components"]["schemas"]
        for each in self.schemas.values():
            jsonschema_rs.meta.validate(each)

    @property
    def kinds(self) -> dict[str, str]:
        """The schemas of tickets, by workflow."""
        told = self.schemas["Ticket"]["discriminator"]
        assert told["propertyName"] == "workflow"
        assert {each["$ref"] for each in self.schemas["Ticket"]["oneOf"]} == {
            *told["mapping"].values()
        }
        return dict(told["mapping"])

    def fits(self, ref: str, value: object) -> bool:
        """Whether a value is of the schema."""
        schema = {"$ref": ref, "components": {"schemas": self.schemas}}
        return jsonschema_rs.validator_for(schema, validate_formats=True).is_valid(value)

    def ticket(self, workflow: str, how: str, *, last: bool = False) -> Json:
        """Return a ticket with every field that it can have, or the fewest; but for whose it is.

        Of options the first is chosen, or the ``last``.
        """
        kind = self._of(self.kinds[workflow])["properties"]
        assert kind["workflow"] == {"const": workflow}
        form = self._of(kind["fields"]["anyOf"][0]["$ref"])
        fields, more = form, Json()
        if "allOf" in form:
            fields, more = self._of(form["allOf"][0]["$ref"]), form["allOf"][1]
        asked = fields["properties"]
        needed = asked if how == EVERY else more.get("required", ())
        conditional = [
            name for each in more.get("allOf", ()) for name in each["else"]["properties"]
        ]
        said = {name: answer(asked[name], last=last) for name in needed if name not in conditional}
        for rule in more.get("allOf", ()):  # what is asked only with other answers
            [name] = rule["else"]["properties"]
            is_shown = jsonschema_rs.is_valid(rule["if"], said)
            if is_shown and (how == EVERY or name in rule["then"].get("required", ())):
                said[name] = answer(asked[name], last=last)
        return {"workflow": workflow, "fields": said}

    def _of(self, ref: str) -> Json:
        return dict(self.schemas[ref.removeprefix(SCHEMAS)])


def answer(schema: Json, *, last: bool) -> object:
    """Return a value that is said to be right; of what can be chosen the first, or the last."""
    if "anyOf" in schema:
        return answer(schema["anyOf"][0], last=last)
    if "enum" in schema or "examples" in schema:
        return schema["enum"][-1 if last else 0] if "enum" in schema else schema["examples"][0]
    if schema["type"] == "boolean":
        return last
    if schema["type"] == "array":
        return [answer(schema["items"], last=last)]
    if schema["type"] == "object":
        return {name: answer(each, last=last) for name, each in schema["properties"].items()}
    assert schema["type"] == "string", f"nothing is said of what is right: {schema}"
    text = TEXTS.get(str(schema.get("format", schema.get("pattern"))), "A text.")
    return text[: schema.get("maxLength")]
