"""A shorter start: scikit-learn, which the model's libraries name but never need here, is imported when called."""

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_PUT_OFF = ("sklearn", "sklearn.metrics")


class _Later(ModuleType):
    """Stands for a module; the functions taken from it import the real one when they are called."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None, is_package=True)
        self.__path__: list[str] = []

    def __getattr__(self, function: str) -> Callable[..., Any]:
        if function.startswith("__"):
            raise AttributeError(function)
        name = self.__name__

        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the real function takes
            return getattr(importlib.import_module(name), function)(*arguments, **options)

        return call


@contextmanager
def scikit_learn_put_off() -> Iterator[None]:
    """Let modules imported meanwhile take functions from scikit-learn without importing it.

    sentence-transformers and transformers take ``pairwise_distances`` and ``roc_curve`` from it at import, and
    scipy.stats behind it costs more than a second of each start. Does nothing where scikit-learn is imported already.
    """
    if "sklearn" in sys.modules:
        yield
        return
    sys.modules.update({name: _Later(name) for name in _PUT_OFF})
    try:
        yield
    finally:
        for name in _PUT_OFF:
            if isinstance(sys.modules.get(name), _Later):
                del sys.modules[name]
