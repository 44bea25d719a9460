import torch

MIDAS = "intel-isl/MiDaS"


def load_detector():
    # ruleid: torch-hub-unpinned-repository
    return torch.hub.load("ultralytics/yolov5", "yolov5s", pretrained=True)


def load_depth():
    # ruleid: torch-hub-unpinned-repository
    model = torch.hub.load(MIDAS, "DPT_Large")
    # ruleid: torch-hub-unpinned-repository
    transforms = torch.hub.load(repo_or_dir="intel-isl/MiDaS:v3_1", model="transforms")
    return model, transforms


def load_pinned():
    # ok: torch-hub-unpinned-repository
    return torch.hub.load(
        "facebookresearch/dinov2:e1277af2ba9496fbadf7aec6eba56e8d882d1e35", "dinov2_vits14", skip_validation=True
    )


def load_local():
    # ok: torch-hub-unpinned-repository
    return torch.hub.load("vendor/yolov5", "custom", path="best.pt", source="local")


def load_named(repository):
    # ok: torch-hub-unpinned-repository
    return torch.hub.load(repository, "model", source="local")


def load_trusted():
    # ok: torch-hub-unpinned-repository
    return torch.hub.load("snakers4/silero-vad", "silero_vad", trust_repo=True)
