"""Question sets, metrics and the runner that proves what the answers are worth; with the sample documents."""
