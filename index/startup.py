"""A shorter start: no garbage is collected, and what is named but never needed here is imported when called."""

import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import threadpoolctl

_PUT_OFF = ("sklearn", "sklearn.metrics", "scipy.optimize")


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
def slow_imports_put_off() -> Iterator[None]:
    """Let modules imported meanwhile take functions from scikit-learn and scipy.optimize without importing these.

    sentence-transformers and transformers take ``pairwise_distances``, ``roc_curve`` and ``linear_sum_assignment`` at
    import, and with scipy.stats behind them they cost more than a second of each start. What is imported already stays.
    """
    later = {
        name: _Later(name) for name in _PUT_OFF if not {name, name.partition(".")[0]} & sys.modules.keys() - {"scipy"}
    }
    sys.modules.update(later)
    try:
        yield
    finally:
        for name, module in later.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


@contextmanager
def quiet_start() -> Iterator[None]:
    """Import and load without collecting garbage, and with one thread for NumPy's products afterwards.

    Importing makes millions of objects and no garbage: collecting would cost a second of every start.
    """
    if gc.get_freeze_count():  # a later model in one process: what an earlier one left behind is not kept for ever
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        # After each product OpenBLAS's threads spin a while for the next, and torch's wait for their cores: on two
        # cores embedding a question took 87 ms instead of 24 between the retriever's small products.
        threadpoolctl.threadpool_limits(1, user_api="blas")
        gc.freeze()  # what was imported stays: no later collection, nor the one at exit, needs to walk it
        gc.enable()
