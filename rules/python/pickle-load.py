import copy
import io
import json
import pickle
import pickle as pkl
from pickle import loads as unpickle

import compress_pickle
import redis


def load_features(path):
    with open(path, "rb") as f:
        # ruleid: pickle-load
        return pickle.load(f)


def load_vocabulary(path):
    # ruleid: pickle-load
    return pkl.load(open(path, "rb"), encoding="latin1")


def cached_embedding(client: redis.Redis, key: str):
    blob = client.get(key)
    # ruleid: pickle-load
    return unpickle(blob)


def load_cifar_batch(path):
    with open(path, "rb") as f:
        # ruleid: pickle-load
        return pickle.Unpickler(f, encoding="bytes").load()


def load_compressed(path):
    # ruleid: pickle-load
    return compress_pickle.load(path, compression="gzip")


class TensorUnpickler(pickle.Unpickler):
    # ok: pickle-load
    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


def load_state(data: bytes):
    # ok: pickle-load
    return TensorUnpickler(io.BytesIO(data)).load()


def save_features(features, path):
    with open(path, "wb") as f:
        # ok: pickle-load
        pickle.dump(features, f)


def deep_copy(config):
    # ok: pickle-load
    return pickle.loads(pickle.dumps(config))


def test_round_trip(model):
    data = pickle.dumps(model)
    # ok: pickle-load
    assert pickle.loads(data) == model


def load_labels(path):
    with open(path) as f:
        # ok: pickle-load
        return json.load(f)


class Loader:
    def load(self, pickle_file):
        # ok: pickle-load
        return self.pickle.load(pickle_file)


def read_after_copy(path):
    data = pickle.dumps(1)
    data = open(path, "rb").read()
    # ruleid: pickle-load
    return pickle.loads(data)
