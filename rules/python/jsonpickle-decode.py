import json

import jsonpickle
from jsonpickle import decode


def load_experiment(path):
    with open(path) as f:
        # ruleid: jsonpickle-decode
        return jsonpickle.decode(f.read())


def from_request(request):
    # ruleid: jsonpickle-decode
    return decode(request.text, keys=True)


def restore(state):
    # ruleid: jsonpickle-decode
    return jsonpickle.unpickler.Unpickler().restore(state)


def save_experiment(experiment):
    # ok: jsonpickle-decode
    return jsonpickle.encode(experiment, unpicklable=False)


def load_settings(text):
    # ok: jsonpickle-decode
    return json.loads(text)


def read(video):
    # ok: jsonpickle-decode
    return video.decode("h264")
