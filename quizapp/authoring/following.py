"""Where the author's eyes should be after a save: at the question that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from quizapp.authoring.draft import Entry

# A file, the id of a question (its place where it has none, None for the file itself), and which
# of those with this id.
_Key = tuple[str, str | int | None, int]


@dataclass(frozen=True, slots=True)
class Following:
    """What each question was when it was last seen, and where the cursor is.

    `index`: the entry that is shown. `key` and `place`: the one that the cursor belongs on, which
    for a while may not be there.
    """

    sources: Mapping[_Key, str] = field(default_factory=lambda: MappingProxyType({}))
    key: _Key | None = None
    place: int | None = None
    index: int = 0

    def after(self, entries: Sequence[Entry]) -> Following:
        """Return the cursor on the question that changed, else where it was: by id, then by place.

        A question that cannot be seen for a while, because its file cannot be read, has not
        changed when it is there again.
        """
        keys = tuple(_keys(entries))
        sources = {
            key: entry.source
            for key, entry in zip(keys, entries, strict=True)
            if entry.place is not None
        }
        changed = [key for key, source in sources.items() if self.sources.get(key) != source]
        followed = replace(self, sources=MappingProxyType({**self.sources, **sources}))
        if self.key is None:
            return followed._on(min(1, len(keys) - 1), keys, entries)  # the first question
        if changed:
            return followed._on(keys.index(changed[0]), keys, entries)
        if self.key in keys:
            return followed._on(keys.index(self.key), keys, entries)
        places = [index for index, key in enumerate(keys) if key[0] == self.key[0]]
        if len(places) > 1 and self.place is not None:
            return followed._on(places[min(self.place + 1, len(places) - 1)], keys, entries)
        return replace(followed, index=places[0] if places else 0)  # the file, until it is mended

    def at(self, index: int, entries: Sequence[Entry]) -> Following:
        """Return the cursor where the author moves it."""
        return self._on(max(0, min(index, len(entries) - 1)), tuple(_keys(entries)), entries)

    def _on(self, index: int, keys: Sequence[_Key], entries: Sequence[Entry]) -> Following:
        if not entries:
            return self
        return replace(self, key=keys[index], place=entries[index].place, index=index)


def _keys(entries: Sequence[Entry]) -> Iterator[_Key]:
    """Yield what each entry is known by from one save to the next."""
    met: Counter[tuple[str, str | int | None]] = Counter()
    for entry in entries:
        name = None if entry.place is None else entry.name or entry.place
        yield entry.file, name, met[entry.file, name]
        met[entry.file, name] += 1
