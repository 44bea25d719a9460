from dask.distributed import Client
from distributed.protocol import deserialize, pickle, serialize
from distributed.protocol.serialize import deserialize_bytes


def from_cache(client, key):
    # ruleid: dask-pickle-deserialize
    return deserialize_bytes(client.get(key))


def from_message(header, frames):
    # ruleid: dask-pickle-deserialize
    return deserialize(header, frames)


def from_bytes(blob):
    # ruleid: dask-pickle-deserialize
    return pickle.loads(blob)


def to_message(value):
    # ok: dask-pickle-deserialize
    return serialize(value)


def submit(address, function, value):
    # ok: dask-pickle-deserialize
    return Client(address).submit(function, value)
