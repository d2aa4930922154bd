"""Everything an author is told about packs before a learner sees them: form, numbers, quality."""
