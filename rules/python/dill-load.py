import json

import dill
import dill as pickle
from dill import load as undill


def load_preprocessor(path):
    with open(path, "rb") as f:
        # ruleid: dill-load
        return dill.load(f)


def receive_task(message: bytes):
    # ruleid: dill-load
    function, arguments = dill.loads(message)
    return function(*arguments)


def load_tokenizer(path):
    # ruleid: dill-load
    tokenizer = undill(open(path, "rb"), ignore=True)
    # ruleid: dill-load
    fallback = pickle.load(open(path + ".bak", "rb"))
    return tokenizer or fallback


def restore_notebook():
    # ruleid: dill-load
    dill.load_session("session.pkl")


def save_preprocessor(preprocessor, path):
    with open(path, "wb") as f:
        # ok: dill-load
        dill.dump(preprocessor, f, recurse=True)


def clone(function):
    # ok: dill-load
    return dill.loads(dill.dumps(function))


def load_metrics(path):
    with open(path) as f:
        # ok: dill-load
        return json.load(f)


def explain(value):
    # ok: dill-load
    return dill.pickles(value)
