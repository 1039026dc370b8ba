"""Documents become a searchable index that can be rebuilt at any time; this package knows nothing of questions."""
