"""A question becomes a cited answer, or an honest abstention; start reading at ``rag/engine.py``."""
