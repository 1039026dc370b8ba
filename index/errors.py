"""Errors a user can mend: each says what was wrong, the value seen and what to do, in one line."""


class SanadError(Exception):
    """Base of all known errors; the command line prints it as one line and exits with ``exit_code``."""

    exit_code = 1


class SettingError(SanadError):
    """A setting is unknown or out of bounds."""

    exit_code = 2


class ModelError(SanadError):
    """The embedding model is missing, broken or not the one an index was built with."""

    exit_code = 3


class DocumentError(SanadError):
    """A document cannot be read as text, or there is none."""

    exit_code = 4


class IndexFileError(SanadError):
    """The index is missing, damaged or of another version."""

    exit_code = 5


class QuestionError(SanadError):
    """A question that cannot be asked: empty, or too long."""

    exit_code = 6


class LlmError(SanadError):
    """The language model cannot be reached, or does not answer as it should."""
