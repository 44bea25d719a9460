import json

from langchain_core.load import dumps, load, loads


def restore(text):
    # ruleid: langchain-load-with-environment
    return loads(text, secrets_from_env=True)


def restore_object(value):
    # ruleid: langchain-load-with-environment
    return load(value, valid_namespaces=["app"], secrets_from_env=True)


def restore_mapped(text, key):
    # ok: langchain-load-with-environment
    return loads(text, secrets_map={"OPENAI_API_KEY": key}, secrets_from_env=False)


def store(chain):
    # ok: langchain-load-with-environment
    return dumps(chain)


def read(text):
    # ok: langchain-load-with-environment
    return json.loads(text)
