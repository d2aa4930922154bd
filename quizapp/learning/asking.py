"""What a card asks this time: its seed, its numbers, and finding them in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from questions.bank.settled_seeds import SeedKey, remember_seed, settled_attempt
from questions.compute.client import ComputeRefused
from questions.kinds import COMPUTED_KINDS, COMPUTED_TO_BE_SHOWN
from questions.variant import Variant
from quizapp.history import cards
from quizapp.history.cards import StoredCard
from quizapp.history.places import hashed
from quizapp.learning.candidates import Candidates
from quizapp.learning.course import Course

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTLED_AHEAD: Final = 2  # numeric questions of each queue whose numbers are found in advance


class Asking:
    """Turns cards into variants."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._refused: set[int] = set()  # cards whose numbers no draw makes computable

    def refuses(self, card: StoredCard) -> bool:
        """Whether it was found that nobody can answer the question."""
        return card.id in self._refused

    def variant(
        self, connection: Connection, card: StoredCard, *, computing_ready: bool
    ) -> Variant | None:
        """Return what a card asks this time; None if that has to be computed and cannot be now.

        Raises ComputeUnavailable.
        """
        if card.id in self._refused:
            return None
        examiner = self._course.examiner
        stored = self._course.bank.question(card.question_id)
        seed = self.seed(card)
        attempt = None
        if card.kind in COMPUTED_KINDS:
            key = SeedKey(stored.id, stored.content_hash, seed)
            attempt = settled_attempt(connection, key)
            shown_at_once = attempt is not None and card.kind not in COMPUTED_TO_BE_SHOWN
            if not (computing_ready or shown_at_once):
                return None
        try:
            return examiner.present(
                stored.question,
                question_id=stored.id,
                content_hash=stored.content_hash,
                seed=seed,
                attempt=attempt,
                language=stored.pack.language,
            )
        except ComputeRefused:
            pass
        # No draw shows every mistake, which an author should have been told. If the first one
        # can be computed, its answer can be judged; if not, nobody can answer the question.
        try:
            variant = examiner.present(
                stored.question,
                question_id=stored.id,
                content_hash=stored.content_hash,
                seed=seed,
                attempt=0,
                language=stored.pack.language,
            )
            examiner.prepare(variant)
        except ComputeRefused:
            self._refused.add(card.id)
            return None
        return variant

    def settle_ahead(self, candidates: Candidates) -> int:
        """Find the numbers of the numeric questions that come next; return how many were found.

        They can then be shown at once, even before PyTorch is ready. Raises ComputeUnavailable.
        """
        engine = self._course.engine
        with engine.connect() as connection:
            upcoming = list(
                candidates.computed(connection, self._course.moment(), limit=SETTLED_AHEAD)
            )
        found = 0
        for card in upcoming:
            stored = self._course.bank.question(card.question_id)
            key = SeedKey(stored.id, stored.content_hash, self.seed(card))
            with engine.connect() as connection:
                if settled_attempt(connection, key) is not None:
                    continue
            try:
                variant = self._course.examiner.present(
                    stored.question,
                    question_id=key.question_id,
                    content_hash=key.content_hash,
                    seed=key.seed,
                    language=stored.pack.language,
                )
            except ComputeRefused:
                continue
            with self._course.writing.begin() as connection:
                # Answered meanwhile, its next review has another seed.
                if cards.card(connection, card.id).version == card.version:
                    remember_seed(connection, key, attempt=variant.attempt)
                    found += 1
        return found

    def seed(self, card: StoredCard) -> int:
        """Return the seed of a card's next review: another one each time, the same everywhere."""
        key = self._course.learner.card_key(card.question_id)
        return hashed("seed", key, card.memory.reviews, bits=63)
