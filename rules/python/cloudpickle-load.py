import json

import cloudpickle
import cloudpickle as cp
from cloudpickle import loads
from ray import cloudpickle as ray_pickle


def load_model(path):
    with open(path, "rb") as f:
        # ruleid: cloudpickle-load
        return cloudpickle.load(f)


def run_remote(payload: bytes):
    # ruleid: cloudpickle-load
    function = cp.loads(payload)
    return function()


def run_all(payloads):
    # ruleid: cloudpickle-load
    return [loads(payload)() for payload in payloads]


def restore_deployment(blob):
    # ruleid: cloudpickle-load
    return ray_pickle.loads(blob)


def submit(function, queue):
    # ok: cloudpickle-load
    queue.put(cloudpickle.dumps(function))


def test_is_picklable(transform):
    payload = cloudpickle.dumps(transform)
    # ok: cloudpickle-load
    assert cloudpickle.loads(payload) is not None


def read_parameters(payload: bytes):
    # ok: cloudpickle-load
    return json.loads(payload)


def read_many(reader):
    # ok: cloudpickle-load
    return [reader.loads(item) for item in reader]
