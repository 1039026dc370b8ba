"""Slow imports are put off, not away."""

import subprocess
import sys

LOAD = """
import sys
from index.config import Settings
from index.embed import Embedder
Embedder.load("bundled", Settings.from_environment().cache)
assert not {"scipy.stats", "scipy.optimize"} & sys.modules.keys()
from sentence_transformers.util import similarity
assert similarity.pairwise_distances([[0.0], [3.0]]).tolist() == [[0.0, 3.0], [3.0, 0.0]]
import sklearn.metrics
assert sklearn.metrics.roc_auc_score([0, 1], [0.1, 0.9]) == 1.0
from transformers.loss.loss_for_object_detection import linear_sum_assignment
assert linear_sum_assignment([[1.0, 0.0], [0.0, 1.0]])[1].tolist() == [1, 0]
print("whole")
"""


def test_the_model_loads_without_what_is_put_off_which_still_works_when_called():
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=False)
    assert done.stdout == "whole\n", done.stderr


def test_what_is_imported_already_stays():
    import sklearn

    from index.startup import slow_imports_put_off

    with slow_imports_put_off():
        assert sys.modules["sklearn"] is sklearn


QUICK = """
import sys
import numpy as np
from index.config import Settings
from index.embed import Embedder
cache = Settings.from_environment().cache
quick = Embedder.for_questions("bundled", cache)
assert not {"transformers", "sentence_transformers"} & sys.modules.keys()
texts = ["متى وصل الوفد إلى العاصمة؟", "", "When did the delegation arrive? " * 90, "a\\ud800b"]
vectors, counts, read = quick.embed_queries(texts), quick.count_tokens(texts), quick.tokenize(texts, "query", 64)
whole = Embedder.load("bundled", cache)
assert np.allclose(vectors, whole.embed_queries(texts), atol=1e-6)
assert counts == whole.count_tokens(texts)
for one, other in zip(read, whole.tokenize(texts, "query", 64), strict=True):
    assert np.array_equal(one.ids, other.ids) and np.array_equal(one.spans, other.spans)
assert (quick.fingerprint, quick.max_tokens) == (whole.fingerprint, whole.max_tokens)
print("the same")
"""


def test_questions_are_embedded_the_same_without_sentence_transformers():
    done = subprocess.run([sys.executable, "-c", QUICK], capture_output=True, text=True, check=False)
    assert done.stdout == "the same\n", done.stderr
