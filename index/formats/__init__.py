"""Readers of files: each runs in a child process and gives the text a document is made of."""
