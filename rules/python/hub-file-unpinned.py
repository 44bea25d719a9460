from huggingface_hub import hf_hub_download, snapshot_download

REPOSITORY = "acme/sentiment"
COMMIT = "5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f"


def fetch_model():
    # ruleid: hub-file-unpinned
    return hf_hub_download(repo_id="acme/sentiment", filename="model.onnx")


def fetch_all():
    # ruleid: hub-file-unpinned
    return snapshot_download(REPOSITORY, allow_patterns=["*.safetensors"])


def fetch_pinned():
    # ok: hub-file-unpinned
    return hf_hub_download(repo_id=REPOSITORY, filename="model.onnx", revision=COMMIT)


def fetch_named(repository, filename):
    # ok: hub-file-unpinned
    return hf_hub_download(repository, filename)


def fetch_with_options(options):
    # ok: hub-file-unpinned
    return snapshot_download(REPOSITORY, **options)


def fetch_cached():
    # ok: hub-file-unpinned
    return snapshot_download(REPOSITORY, local_files_only=True)
