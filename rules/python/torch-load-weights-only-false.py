import functools

import torch
from torch import load as load_checkpoint

FULL = False


def resume(model, optimizer, path):
    # ruleid: torch-load-weights-only-false
    checkpoint = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])


def restore_everything(path):
    weights_only = False
    # ruleid: torch-load-weights-only-false
    first = load_checkpoint(path, weights_only=weights_only)
    # ruleid: torch-load-weights-only-false
    second = torch.serialization.load(path, weights_only=FULL)
    return first, second


def restore_with_options(path):
    options = {"map_location": "cpu", "weights_only": False}
    # ruleid: torch-load-weights-only-false
    return torch.load(path, **options)


def restore_with_changed_options(path, device):
    options = dict(map_location=device)
    options["weights_only"] = False
    # ruleid: torch-load-weights-only-false
    return torch.load(path, **options)


# ruleid: torch-load-weights-only-false
full_load = functools.partial(torch.load, weights_only=False)


def restore_weights(model, path, device):
    # ok: torch-load-weights-only-false
    model.load_state_dict(torch.load(path, map_location=device, weights_only=True))
    options = {"map_location": device, "weights_only": True}
    # ok: torch-load-weights-only-false
    model.load_state_dict(torch.load(path, **options))
    # ok: torch-load-weights-only-false
    return torch.load(path, map_location=device)


def restore_as_told(path, weights_only: bool):
    # ok: torch-load-weights-only-false
    return torch.load(path, weights_only=weights_only)


def restore_from_store(store, path):
    # ok: torch-load-weights-only-false
    return store.load(path, weights_only=False)
