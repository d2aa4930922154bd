"""What a question is: pack file, bank, variant, answer, verdict. Knows no learner, no screen."""
