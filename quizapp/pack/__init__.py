"""`quizapp pack`: what authors do with packs; one module for each command."""
