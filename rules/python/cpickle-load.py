import _pickle
import json

import cPickle
import cPickle as cp
import numpy as np
from six.moves import cPickle as six_pickle
from _pickle import loads as c_loads


def load_batch(path):
    with open(path, "rb") as f:
        # ruleid: cpickle-load
        batch = cPickle.load(f)
    return np.asarray(batch["data"])


def load_mnist(f):
    # ruleid: cpickle-load
    train, valid, test = six_pickle.load(f, encoding="latin1")
    return train, valid, test


def from_cache(blob):
    # ruleid: cpickle-load
    first = cp.loads(blob)
    # ruleid: cpickle-load
    second = c_loads(blob)
    # ruleid: cpickle-load
    third = _pickle.Unpickler(blob).load()
    return first, second, third


def save_batch(batch, f):
    # ok: cpickle-load
    cPickle.dump(batch, f, protocol=2)


def clone(value):
    # ok: cpickle-load
    return cPickle.loads(cPickle.dumps(value))


def load_config(f):
    # ok: cpickle-load
    return json.load(f)
