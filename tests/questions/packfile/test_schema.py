"""The JSON Schema accepts what the program reads and complains where the program does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import pytest

from losses.text import Language
from questions.kinds import KINDS
from questions.packfile.schema import pack_schema
from questions.packfile.schema_words import FORMS, KEYS
from questions.packfile.tree import parse, plain
from questions.template import new_pack
from tests.questions.packfile.sound import SOUND
from tests.questions.packfile.split import FILES
from tests.questions.packs.builtin import FOLDER

Validator = Callable[[object], object]


@pytest.fixture(scope="module")
def validate() -> Validator:
    fastjsonschema = pytest.importorskip("fastjsonschema")
    validator: Validator = fastjsonschema.compile(pack_schema(), use_default=False)
    return validator


def json_of(text: str) -> object:
    """What an editor's server sees of a YAML text."""
    return json.loads(json.dumps(plain(parse(text))))


GOOD = {
    **{file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml"))},
    **{f"new: {name}": text for name, text in new_pack("mine").items()},
    **{f"split: {name}": text for name, text in FILES.items()},
    "sound": SOUND,
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good_packs_pass(text: str, validate: Validator) -> None:
    validate(json_of(text))


BAD = {
    "nothing": ("{}", "data"),
    "no title": (SOUND.replace("title: 損失関数\n", ""), "data"),
    "an unknown key": (SOUND + "titel: 題\n", "data"),
    "a version that is a number": (SOUND.replace("1.0.0", "1.0"), "data.version"),
    "an id with capitals": (SOUND.replace("id: losses", "id: Losses"), "data.id"),
    "an empty title": (SOUND.replace("損失関数", '"  "'), "data.title"),
    "no questions": ("questions: []", "data.questions"),
    "no kind": (SOUND.replace("kind: choice", "sort: choice"), "data.questions[0]"),
    "an unknown kind": (SOUND.replace("kind: choice", "kind: chioce"), "data.questions[0].kind"),
    "a misspelt key": (SOUND.replace("explanation: MAE", "explnation: MAE"), "data.questions[0]"),
    "a key of another kind": (
        SOUND.replace("topic: 13b", "topic: 13b\n    answer: true", 1),
        "data.questions[0]",
    ),
    "an unknown topic": (SOUND.replace("topic: 13b", 'topic: "99"', 1), "data.questions[0].topic"),
    "a topic that is a number": (
        SOUND.replace("topic: 13b", "topic: 7", 1),
        "data.questions[0].topic",
    ),
    "no as a level": (
        SOUND.replace("difficulty: basic", "difficulty: no"),
        "data.questions[0].difficulty",
    ),
    "right that is a text": (
        SOUND.replace("right: true", 'right: "true"'),
        "data.questions[0].options[1].right",
    ),
    "an option without a reason": (
        SOUND.replace("text: MSE, reason: 平均値", "text: MSE"),
        "data.questions[0].options[0]",
    ),
    "an unknown loss": (
        SOUND.replace("loss: huber", "loss: hubert"),
        "data.questions[1].compute.loss",
    ),
    "an unknown sampler": (
        SOUND.replace("sample: fixed", "sample: fix"),
        "data.questions[1].given.delta.sample",
    ),
    "a key of another sampler": (
        SOUND.replace("value: 0.3", "value: 0.3, low: 1"),
        "data.questions[1].given.delta",
    ),
    "a misspelt key of a gradient": (
        SOUND.replace("loss: huber", "loss: huber\n      gradient: {of: pred, ad: [1]}"),
        "data.questions[1].compute.gradient",
    ),
    "an expression without parts": (
        SOUND.replace("loss: huber", "expression: a / b"),
        "data.questions[1].compute",
    ),
    "too many decimals": (
        SOUND.replace("tolerance: {decimals: 3}", "tolerance: {decimals: 30}"),
        "data.questions[1].tolerance.decimals",
    ),
}


@pytest.mark.parametrize(("text", "place"), BAD.values(), ids=BAD)
def test_bad_packs_are_complained_of_where_they_are_bad(
    text: str, place: str, validate: Validator
) -> None:
    fastjsonschema = pytest.importorskip("fastjsonschema")
    with pytest.raises(fastjsonschema.JsonSchemaException) as caught:
        validate(json_of(text))
    assert caught.value.name == place


def objects(schema: object) -> Iterator[Mapping[str, object]]:
    if isinstance(schema, Mapping):
        if isinstance(schema.get("properties"), Mapping):
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_editor_can_say_what_every_key_is_for(language: Language) -> None:
    schema = pack_schema(language)
    definitions = schema["definitions"]
    assert isinstance(definitions, Mapping)
    for definition in (schema, *definitions.values()):
        for name, entry in definition["properties"].items():
            assert entry.get("description"), f"questions.packfile.schema_words lacks the key {name}"
    for kind in KINDS:
        assert f"kind: {kind}" in FORMS
    said = {text.in_language(language) for text in (*KEYS.values(), *FORMS.values())}
    assert "" not in said


def test_no_words_are_left_over() -> None:
    names = {name for each in objects(pack_schema()) for name in each["properties"]}  # type: ignore[attr-defined]
    assert set(KEYS) <= names


def test_the_schema_is_of_the_draft_that_editors_know() -> None:
    text = json.dumps(pack_schema())
    assert '"http://json-schema.org/draft-07/schema#"' in text
    for newer in ('"$defs"', '"prefixItems"', '"discriminator"'):
        assert newer not in text


def test_the_schema_speaks_both_languages() -> None:
    assert "平均" not in json.dumps(pack_schema("en"), ensure_ascii=False)
    assert pack_schema("ja")["properties"] != pack_schema("en")["properties"]
