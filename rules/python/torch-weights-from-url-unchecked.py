import torch
import torch.utils.model_zoo as model_zoo
from torch.hub import load_state_dict_from_url

URL = "https://example.com/models/resnet50.pth"


def resnet50(model):
    # ruleid: torch-weights-from-url-unchecked
    model.load_state_dict(model_zoo.load_url(URL))
    return model


def pretrained(model, url):
    # ruleid: torch-weights-from-url-unchecked
    state = load_state_dict_from_url(url, map_location="cpu", progress=True)
    # ruleid: torch-weights-from-url-unchecked
    other = torch.hub.load_state_dict_from_url(url, check_hash=False)
    model.load_state_dict(state)
    return other


def checked(url):
    # ok: torch-weights-from-url-unchecked
    return load_state_dict_from_url(url, check_hash=True)


def tensors_only(url):
    # ok: torch-weights-from-url-unchecked
    return torch.hub.load_state_dict_from_url(url, weights_only=True)


def as_told(url, weights_only):
    # ok: torch-weights-from-url-unchecked
    return load_state_dict_from_url(url, weights_only=weights_only)


def from_store(store, url):
    # ok: torch-weights-from-url-unchecked
    return store.load_url(url)
