from datasets import load_dataset
from transformers import AutoModel, AutoTokenizer


def load():
    # ruleid: trust-remote-code-pinned
    model = AutoModel.from_pretrained(
        "acme/encoder", trust_remote_code=True, revision="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f"
    )
    # ruleid: trust-remote-code-pinned
    data = load_dataset("acme/reviews", revision="e4d2f9a0b1c2d3e4f5a6b7c8d9e0f5f1d3a8c7b6", trust_remote_code=True)
    return model, data


def load_unpinned(name):
    # ok: trust-remote-code-pinned
    first = AutoModel.from_pretrained(name, trust_remote_code=True)
    # ok: trust-remote-code-pinned
    second = AutoModel.from_pretrained(name, trust_remote_code=True, revision="main")
    return first, second


def load_plain():
    # ok: trust-remote-code-pinned
    return AutoTokenizer.from_pretrained("acme/encoder", revision="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f")
