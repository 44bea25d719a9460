import json
import marshal
import types
from marshal import loads as read_code


def load_function(path):
    with open(path, "rb") as f:
        # ruleid: marshal-load
        code = marshal.load(f)
    return types.FunctionType(code, globals())


def load_lambda(blob):
    # ruleid: marshal-load
    return types.FunctionType(read_code(blob), {})


def save_function(function):
    # ok: marshal-load
    return marshal.dumps(function.__code__)


def load_values(text):
    # ok: marshal-load
    return json.loads(text)


def load_schema(schema, text):
    # ok: marshal-load
    return schema.marshal.loads(text)
