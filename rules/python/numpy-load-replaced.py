import functools
from unittest import mock

import numpy as np
from keras.datasets import imdb

original = np.load

# ruleid: numpy-load-replaced
np.load = lambda *args, **kwargs: original(*args, allow_pickle=True, **kwargs)
(x_train, y_train), _ = imdb.load_data(num_words=10000)
# ok: numpy-load-replaced
np.load = original

# ruleid: numpy-load-replaced
np.load = functools.partial(original, allow_pickle=True)
# ruleid: numpy-load-replaced
np.load.__defaults__ = (None, True, True, "ASCII")


def load_all(path, **options):
    return original(path, allow_pickle=True, **options)


# ruleid: numpy-load-replaced
np.load = load_all


class Store:
    def __init__(self):
        # ok: numpy-load-replaced
        self.load = np.load


def test_reads(reader):
    # ok: numpy-load-replaced
    with mock.patch.object(np, "load") as load:
        reader.read("x.npy")
    assert load.called
