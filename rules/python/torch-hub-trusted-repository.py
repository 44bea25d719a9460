import torch
from torch import hub


def load_voice_detector():
    # ruleid: torch-hub-trusted-repository
    model, helpers = torch.hub.load("snakers4/silero-vad", "silero_vad", trust_repo=True)
    return model, helpers


def load_named(repository, name):
    # ruleid: torch-hub-trusted-repository
    return hub.load(repository, name, source="github", trust_repo=True)


def load_asking():
    # ok: torch-hub-trusted-repository
    return torch.hub.load("snakers4/silero-vad", "silero_vad", trust_repo="check")


def load_pinned():
    # ok: torch-hub-trusted-repository
    return torch.hub.load(
        "facebookresearch/dinov2:e1277af2ba9496fbadf7aec6eba56e8d882d1e35", "dinov2_vits14", trust_repo=True
    )


def load_local(folder):
    # ok: torch-hub-trusted-repository
    return torch.hub.load(folder, "custom", source="local", trust_repo=True)
