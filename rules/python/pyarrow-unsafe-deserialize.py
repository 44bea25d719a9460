import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import deserialize


def from_store(blob):
    # ruleid: pyarrow-unsafe-deserialize
    return pa.deserialize(blob)


def from_queue(message):
    # ruleid: pyarrow-unsafe-deserialize
    return deserialize(message.value)


def allow_old_types():
    # ruleid: pyarrow-unsafe-deserialize
    pa.PyExtensionType.set_auto_load(True)


def refuse_old_types():
    # ok: pyarrow-unsafe-deserialize
    pa.PyExtensionType.set_auto_load(False)


def from_stream(stream):
    # ok: pyarrow-unsafe-deserialize
    with pa.ipc.open_stream(stream) as reader:
        return reader.read_all()


def from_parquet(path):
    # ok: pyarrow-unsafe-deserialize
    return pq.read_table(path)
