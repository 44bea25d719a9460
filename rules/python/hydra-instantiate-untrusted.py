import hydra
import requests
import torch
from flask import Flask, request
from huggingface_hub import hf_hub_download
from hydra.utils import instantiate
from omegaconf import DictConfig, OmegaConf

app = Flask(__name__)


@app.route("/train", methods=["POST"])
def train():
    config = OmegaConf.create(request.json)
    # ruleid: hydra-instantiate-untrusted
    return instantiate(config.model)


def from_hub(repository):
    config = OmegaConf.load(hf_hub_download(repository, "config.yaml"))
    # ruleid: hydra-instantiate-untrusted
    return hydra.utils.instantiate(config.model, _recursive_=True)


def from_checkpoint(path):
    checkpoint = torch.load(path, weights_only=False)
    # ruleid: hydra-instantiate-untrusted
    return instantiate(checkpoint["config"])


def from_server(url):
    # ruleid: hydra-instantiate-untrusted
    return instantiate(requests.get(url, timeout=10).json())


@hydra.main(config_path="conf", config_name="train")
def main(config: DictConfig):
    # ok: hydra-instantiate-untrusted
    model = instantiate(config.model)
    # ok: hydra-instantiate-untrusted
    return instantiate(config.trainer, model=model)


def from_checked(url):
    config = requests.get(url, timeout=10).json()
    check_target(config)
    # ok: hydra-instantiate-untrusted
    return instantiate(config)


def from_repository(path):
    # ok: hydra-instantiate-untrusted
    return instantiate(OmegaConf.load(path))


def check_target(config):
    if config["_target_"] not in {"acme.models.Classifier"}:
        raise ValueError(config["_target_"])
