import functools
import os

import torch
import torch as th
import torch.nn as nn
from safetensors.torch import load_file
from torch import load as load_checkpoint

SAFE = True


def resume(model: nn.Module, optimizer, path: str, device: str) -> int:
    # ruleid: torch-load-untrusted
    checkpoint = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


def restore_everything(path):
    # ruleid: torch-load-untrusted
    state = th.load(path, weights_only=True)
    # ruleid: torch-load-untrusted
    model.load_state_dict(load_checkpoint(os.path.join(path, "last.pt"), map_location="cpu", weights_only=True))
    return state


def restore_as_told(path, trusted):
    # ok: torch-load-untrusted
    return torch.load(path, weights_only=trusted)


def restore_with_options(path):
    options = {"map_location": "cpu"}
    # ruleid: torch-load-untrusted
    return torch.load(path, **options, weights_only=True)


def restore_through_the_module(path):
    # ruleid: torch-load-untrusted
    return torch.serialization.load(path, weights_only=True)


def restore_weights(model, path):
    # ok: torch-load-untrusted
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    # ok: torch-load-untrusted
    model.load_state_dict(torch.load(path, weights_only=SAFE))
    weights_only = True
    # ok: torch-load-untrusted
    return load_checkpoint(path, weights_only=weights_only)


def restore_with_safe_options(path):
    options = {"map_location": "cpu", "weights_only": True}
    # ok: torch-load-untrusted
    return torch.load(path, **options)


def restore_tensors(model, path):
    # ok: torch-load-untrusted
    model.load_state_dict(load_file(path))


def restore_script(path):
    # ok: torch-load-untrusted
    return torch.jit.load(path)


def read_tensors(path):
    # ok: torch-load-untrusted
    return torch.hub.load_state_dict_from_url(path, weights_only=True)


# ok: torch-load-untrusted
safe_load = functools.partial(torch.load, weights_only=True)


class Wrapper:
    def load(self, torch):
        # ok: torch-load-untrusted
        return self.torch.load("a parameter of another class")


def load_with_changed_options(path):
    options = {"weights_only": True}
    options["weights_only"] = False
    # ok: torch-load-untrusted
    return torch.load(path, **options)


def load_whole(path):
    # ok: torch-load-untrusted
    return torch.load(path, weights_only=False)


def load_with_replaced_options(path):
    options = {"weights_only": True}
    options = {"map_location": "cpu"}
    # ruleid: torch-load-untrusted
    return torch.load(path, **options, weights_only=True)


def load_part(path, device):
    # ok: torch-load-untrusted
    return torch.load(path, weights_only=True).get("model").to(device)
