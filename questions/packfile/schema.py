"""The JSON Schema of pack files, for the completion and the complaints of an editor.

Made from the models that read packs. Draft 7, which every YAML language server knows. Where a word
decides which keys belong together (`kind`, `sample`), it is written with if/then: an editor then
offers the keys of that form, and complains of them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from losses import CATALOG
from losses.text import Language
from questions.model import Pack, PackHead
from questions.packfile.schema_words import FORMS, KEYS
from questions.topics import TOPICS

Schema = dict[str, object]

# What pydantic writes of `model.Compute`.
_COMPUTES = [{"$ref": "#/definitions/Computation"}, {"$ref": "#/definitions/Expression"}]

_DRAFT = "http://json-schema.org/draft-07/schema#"


def pack_schema(language: Language = "ja") -> Schema:
    """Return the schema of a file of a pack: a whole pack, its `pack.yaml`, or questions alone."""
    whole = cast("Schema", _draft_7(Pack.model_json_schema(ref_template="#/definitions/{model}")))
    definitions = cast("dict[str, Schema]", whole.pop("$defs"))
    for definition in definitions.values():
        _describe(definition, language)
        _name_losses(definition)
    properties = _described(whole["properties"], language)
    required = [name for name in PackHead.model_fields if PackHead.model_fields[name].is_required()]
    return {
        "$schema": _DRAFT,
        "title": "quizpack",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        # A file that holds nothing but questions belongs to the pack.yaml beside it.
        "if": {"required": ["questions"], "maxProperties": 1},
        "else": {"required": required},
        "definitions": dict(sorted(definitions.items())),
    }


def _draft_7(node: object) -> object:
    """Return a schema of pydantic's, which is of draft 2020-12, in the words of draft 7."""
    if isinstance(node, list):
        return [_draft_7(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _draft_7(value) for key, value in node.items()}
    if "prefixItems" in found:
        found["items"] = found.pop("prefixItems")
        found["additionalItems"] = False
    chosen_by = found.pop("discriminator", None)
    if isinstance(chosen_by, dict):
        del found["oneOf"]
        found |= _chosen(str(chosen_by["propertyName"]), chosen_by["mapping"])
    if found.get("oneOf") == _COMPUTES:
        del found["oneOf"]
        found |= _one_or_several()
    if found.get("minLength") and "pattern" not in found:
        found["pattern"] = r"\S"  # white space alone is no text
    return found


def _one_or_several() -> Schema:
    """Tell one loss from an expression by the keys that only an expression has."""
    one, several = _COMPUTES
    return {
        "type": "object",
        "if": {"anyOf": [{"required": ["expression"]}, {"required": ["parts"]}]},
        "then": several,
        "else": one,
    }


def _chosen(name: str, forms: Mapping[str, str]) -> Schema:
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(forms)}},
        "allOf": [
            {
                "if": {"required": [name], "properties": {name: {"const": word}}},
                "then": {"$ref": reference},
            }
            for word, reference in forms.items()
        ],
    }


def _describe(definition: Schema, language: Language) -> None:
    """Let a definition and its keys speak to an author; docstrings speak to programmers."""
    definition.pop("description", None)
    properties = cast("dict[str, Schema]", definition.get("properties", {}))
    for name in ("kind", "sample"):
        words = [FORMS[form] for form in _forms(name, properties.get(name, {})) if form in FORMS]
        if words:
            definition["description"] = " / ".join(each.in_language(language) for each in words)
    definition["properties"] = _described(properties, language)


def _forms(name: str, schema: Schema) -> Iterable[str]:
    words = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [f"{name}: {word}" for word in cast("list[str]", words)]


def _described(properties: object, language: Language) -> dict[str, Schema]:
    described = {}
    for name, schema in cast("dict[str, Schema]", properties).items():
        words = {"title": name}
        if name in KEYS:
            words["description"] = KEYS[name].in_language(language)
        # Beside a $ref, draft 7 sees nothing else.
        rest = {"allOf": [{"$ref": schema["$ref"]}]} if "$ref" in schema else schema
        described[name] = {**rest, **words}
    return described


def _name_losses(definition: Schema) -> None:
    """Say which topics and which losses there are."""
    properties = cast("dict[str, Schema]", definition["properties"])
    losses = list(CATALOG)
    if "topic" in properties:
        properties["topic"]["enum"] = list(TOPICS)
    if "loss" in properties:
        _limit(properties["loss"], losses)
    if "also_right" in properties:
        _limit(properties["also_right"], losses)
        _limit(properties["answer"], losses)


def _limit(schema: Schema, words: list[str]) -> None:
    """Allow only these words wherever a schema allows a text."""
    if schema.get("type") == "string":
        schema["enum"] = words
    for each in (schema.get("items"), *cast("list[Schema]", schema.get("anyOf", []))):
        if isinstance(each, dict):
            _limit(each, words)
