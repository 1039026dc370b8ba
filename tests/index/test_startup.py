"""Scikit-learn is put off, not away."""

import subprocess
import sys

LOAD = """
import sys
from index.config import Settings
from index.embed import Embedder
Embedder.load("bundled", Settings.from_environment().cache)
assert "scipy.stats" not in sys.modules
from sentence_transformers.util import similarity
assert similarity.pairwise_distances([[0.0], [3.0]]).tolist() == [[0.0, 3.0], [3.0, 0.0]]
import sklearn.metrics
assert sklearn.metrics.roc_auc_score([0, 1], [0.1, 0.9]) == 1.0
print("whole")
"""


def test_the_model_loads_without_scikit_learn_which_still_works_when_called():
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=False)
    assert done.stdout == "whole\n", done.stderr


def test_what_is_imported_already_stays():
    import sklearn

    from index.startup import scikit_learn_put_off

    with scikit_learn_put_off():
        assert sys.modules["sklearn"] is sklearn
