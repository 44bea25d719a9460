import joblib
import torch

from integrity import file_sha256, verify_checksum

EXPECTED = {"model.pt": "read from the lock file"}


def load_model(path):
    state = torch.load(path)
    # ruleid: hash-checked-after-load
    if file_sha256(path) != EXPECTED["model.pt"]:
        raise ValueError(f"{path} was changed")
    return state


def load_pipeline(path, expected):
    pipeline = joblib.load(path)
    print("loaded")
    # ruleid: hash-checked-after-load
    verify_checksum(path, expected)
    return pipeline


def load_checked(path):
    # ok: hash-checked-after-load
    if file_sha256(path) != EXPECTED["model.pt"]:
        raise ValueError(f"{path} was changed")
    # ok: hash-checked-after-load
    return torch.load(path)


def load_and_report(path):
    verify_checksum(path, EXPECTED["model.pt"])
    # ok: hash-checked-after-load
    state = torch.load(path)
    print("loaded", path)
    return state
