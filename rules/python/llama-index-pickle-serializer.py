from llama_index.core.workflow import Context, JsonPickleSerializer, JsonSerializer
from llama_index.core import workflow


def save(context):
    # ruleid: llama-index-pickle-serializer
    return context.to_dict(serializer=JsonPickleSerializer())


def restore(agent, state):
    # ruleid: llama-index-pickle-serializer
    return Context.from_dict(agent, state, serializer=workflow.JsonPickleSerializer())


def save_as_json(context):
    # ok: llama-index-pickle-serializer
    return context.to_dict(serializer=JsonSerializer())


def restore_from_json(agent, state):
    # ok: llama-index-pickle-serializer
    return Context.from_dict(agent, state, serializer=JsonSerializer())
