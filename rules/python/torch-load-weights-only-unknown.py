import torch


def restore_as_told(path, weights_only):
    # ruleid: torch-load-weights-only-unknown
    return torch.load(path, weights_only=weights_only)


def restore_by_default(path, weights_only: bool | None = None):
    # ruleid: torch-load-weights-only-unknown
    return torch.load(path, map_location="cpu", weights_only=weights_only)


def restore_as_configured(config):
    # ruleid: torch-load-weights-only-unknown
    return torch.load(config.checkpoint, weights_only=config.safe)


def restore_with_none(path):
    # ruleid: torch-load-weights-only-unknown
    return torch.load(path, weights_only=None)


def restore_safely_by_default(path, weights_only: bool = True):
    # ok: torch-load-weights-only-unknown
    return torch.load(path, weights_only=weights_only)


def restore_also_safely(path, weights_only=True, device="cpu"):
    # ok: torch-load-weights-only-unknown
    return torch.load(path, map_location=device, weights_only=weights_only)


def restore_weights(path):
    safe = True
    # ok: torch-load-weights-only-unknown
    first = torch.load(path, weights_only=safe)
    # ok: torch-load-weights-only-unknown
    second = torch.load(path, weights_only=True)
    # ok: torch-load-weights-only-unknown
    third = torch.load(path)
    return first, second, third
