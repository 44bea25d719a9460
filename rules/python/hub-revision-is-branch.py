from datasets import load_dataset
from diffusers import StableDiffusionPipeline
from huggingface_hub import hf_hub_download
from transformers import AutoModel

BRANCH = "main"


def load(name):
    # ruleid: hub-revision-is-branch
    model = AutoModel.from_pretrained(name, revision="main")
    # ruleid: hub-revision-is-branch
    pipeline = StableDiffusionPipeline.from_pretrained(name, revision="fp16")
    # ruleid: hub-revision-is-branch
    data = load_dataset(name, revision=BRANCH)
    # ruleid: hub-revision-is-branch
    file = hf_hub_download(name, "config.json", revision="refs/pr/1")
    return model, pipeline, data, file


def load_pinned(name, revision):
    # ok: hub-revision-is-branch
    model = AutoModel.from_pretrained(name, revision="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f")
    # ok: hub-revision-is-branch
    other = AutoModel.from_pretrained(name, revision=revision)
    # ok: hub-revision-is-branch
    tagged = AutoModel.from_pretrained(name, revision="v1.2.0")
    return model, other, tagged


def check_out(repository):
    # ok: hub-revision-is-branch
    return repository.checkout(revision="main")
