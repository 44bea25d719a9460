import importlib
import json
import pickle


def read(blob):
    # ruleid: pickle-reached-by-name
    return __import__("pickle").loads(blob)


def read_late(path):
    with open(path, "rb") as f:
        # ruleid: pickle-reached-by-name
        return importlib.import_module("dill").load(f)


def read_by_name(blob):
    # ruleid: pickle-reached-by-name
    function = getattr(pickle, "loads")
    return function(blob)


def write(value):
    # ok: pickle-reached-by-name
    return importlib.import_module("pickle").dumps(value)


def read_json(text):
    # ok: pickle-reached-by-name
    return getattr(json, "loads")(text)


def read_as_asked(module, text):
    # ok: pickle-reached-by-name
    return importlib.import_module(module).loads(text)
