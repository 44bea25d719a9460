import io

import torch


def serve(path):
    # ruleid: torch-jit-load-untrusted
    model = torch.jit.load(path, map_location="cpu")
    return model.eval()


class Predictor:
    def __init__(self, model_dir):
        # ruleid: torch-jit-load-untrusted
        self.model = torch.jit.load(f"{model_dir}/model.pt")


def round_trip(model, path):
    scripted = torch.jit.script(model)
    scripted.save(path)
    # ok: torch-jit-load-untrusted
    return torch.jit.load(path)


def copy_through_memory(scripted):
    buffer = io.BytesIO()
    torch.jit.save(scripted, buffer)
    buffer.seek(0)
    # ok: torch-jit-load-untrusted
    return torch.jit.load(buffer)


def export(model, sample):
    # ok: torch-jit-load-untrusted
    return torch.jit.trace(model, sample)
