import torch
from torch.hub import download_url_to_file

CHECKPOINT = "https://example.com/sam_vit_h.pth"
SHA256 = "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e"


def fetch(path):
    # ruleid: torch-download-without-hash
    torch.hub.download_url_to_file(CHECKPOINT, path)


def fetch_quietly(url, path):
    # ruleid: torch-download-without-hash
    download_url_to_file(url, path, progress=False)


def fetch_checked(path):
    # ok: torch-download-without-hash
    torch.hub.download_url_to_file(CHECKPOINT, path, hash_prefix=SHA256)


def fetch_positional(path):
    # ok: torch-download-without-hash
    download_url_to_file(CHECKPOINT, path, SHA256)


def fetch_own(client, url, path):
    # ok: torch-download-without-hash
    client.download_url_to_file(url, path)
