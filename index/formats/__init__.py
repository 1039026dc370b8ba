"""Readers of files that are not text: each runs in a child process and gives the text a document is made of."""
