import torch
from torch import load as load_checkpoint
from safetensors.torch import load_file

WEIGHTS_ONLY = True


def resume(path, device):
    # ruleid: torch-load-before-2-6
    return torch.load(path, map_location=device, weights_only=True)


def resume_by_constant(path):
    # ruleid: torch-load-before-2-6
    return load_checkpoint(path, weights_only=WEIGHTS_ONLY)


def resume_unsafely(path):
    # ok: torch-load-before-2-6
    return torch.load(path)


def resume_tensors(path):
    # ok: torch-load-before-2-6
    return load_file(path)
