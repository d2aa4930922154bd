"""What was answered: learners, cards, the append-only review log."""
