"""Slow imports are put off, not away; loading keeps what lives, not what died."""

import gc
import subprocess
import sys
import weakref

from index.startup import quiet_start

START = """
import sys
import numpy as np
from index.config import Settings
from index.embed import Embedder
cache = Settings.from_environment().cache
quick = Embedder.for_questions("bundled", cache)
assert not {"transformers", "sentence_transformers"} & sys.modules.keys()
whole = Embedder.load("bundled", cache)
assert not {"scipy.stats", "scipy.optimize"} & sys.modules.keys()
texts = ["متى وصل الوفد إلى العاصمة؟", "", "When did the delegation arrive? " * 90, "a\\ud800b"]
assert np.allclose(quick.embed_queries(texts), whole.embed_queries(texts), atol=1e-6)
assert quick.count_tokens(texts) == whole.count_tokens(texts)
for one, other in zip(*(model.tokenize(texts, "query", 64) for model in (quick, whole)), strict=True):
    assert np.array_equal(one.ids, other.ids) and np.array_equal(one.spans, other.spans)
assert (quick.fingerprint, quick.max_tokens) == (whole.fingerprint, whole.max_tokens)
from sentence_transformers.util import similarity
assert similarity.pairwise_distances([[0.0], [3.0]]).tolist() == [[0.0, 3.0], [3.0, 0.0]]
import sklearn.metrics
assert sklearn.metrics.roc_auc_score([0, 1], [0.1, 0.9]) == 1.0
from transformers.loss.loss_for_object_detection import linear_sum_assignment
assert linear_sum_assignment([[1.0, 0.0], [0.0, 1.0]])[1].tolist() == [1, 0]
print("whole")
"""


def test_models_load_without_what_is_put_off_which_still_works_and_embed_the_same():
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=False)
    assert done.stdout == "whole\n", done.stderr


class Model:
    itself: "Model"


def test_a_later_model_does_not_keep_for_ever_what_an_earlier_one_left():
    with quiet_start():
        earlier = Model()
        earlier.itself = earlier
    gone = weakref.ref(earlier)
    del earlier
    with quiet_start():
        assert gone() is None
    assert gc.isenabled()


def test_what_is_imported_already_stays():
    import sklearn

    from index.startup import slow_imports_put_off

    with slow_imports_put_off():
        assert sys.modules["sklearn"] is sklearn
