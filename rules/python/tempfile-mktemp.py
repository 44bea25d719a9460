import tempfile
from tempfile import mktemp

import torch


def checkpoint(model):
    # ruleid: tempfile-mktemp
    path = tempfile.mktemp(suffix=".pt")
    torch.save(model.state_dict(), path)
    return path


def export(frame):
    # ruleid: tempfile-mktemp
    frame.to_parquet(mktemp())


def export_safely(frame, model):
    # ok: tempfile-mktemp
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        frame.to_parquet(file)
    # ok: tempfile-mktemp
    folder = tempfile.mkdtemp()
    # ok: tempfile-mktemp
    handle, path = tempfile.mkstemp(dir=folder)
    # ok: tempfile-mktemp
    return model.mktemp(), handle, path
