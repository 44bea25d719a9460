import os
import pickle

import joblib
import skops.io as sio
import torch
from huggingface_hub import hf_hub_download, snapshot_download
from safetensors.torch import load_file

COMMIT = "5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f"


def load_classifier(repository):
    # ruleid: hub-pickle-load
    return joblib.load(hf_hub_download(repository, "model.joblib"))


def load_vectorizer(repository):
    path = hf_hub_download(repo_id=repository, filename="vectorizer.pkl")
    with open(path, "rb") as f:
        # ruleid: hub-pickle-load
        return pickle.load(f)


def load_checkpoint(repository):
    folder = snapshot_download(repository)
    # ruleid: hub-pickle-load
    return torch.load(os.path.join(folder, "pytorch_model.bin"), map_location="cpu")


def load_pinned():
    # ok: hub-pickle-load
    return joblib.load(hf_hub_download("acme/churn", "model.joblib", revision=COMMIT))


def load_safely(repository):
    # ok: hub-pickle-load
    weights = load_file(hf_hub_download(repository, "model.safetensors"))
    # ok: hub-pickle-load
    model = sio.load(hf_hub_download(repository, "model.skops"))
    # ok: hub-pickle-load
    state = torch.load(hf_hub_download(repository, "pytorch_model.bin"), weights_only=True)
    return weights, model, state


def load_own(path):
    # ok: hub-pickle-load
    return joblib.load(path)
