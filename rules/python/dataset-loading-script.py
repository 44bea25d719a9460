import evaluate
from datasets import load_dataset

SCRIPT = "loaders/reviews.py"


def load_reviews():
    # ruleid: dataset-loading-script
    return load_dataset(SCRIPT, split="train")


def load_remote():
    # ruleid: dataset-loading-script
    return load_dataset("https://example.com/loaders/crawl.py")


def measure():
    # ruleid: dataset-loading-script
    return evaluate.load("metrics/score.py")


def load_files(paths):
    # ok: dataset-loading-script
    return load_dataset("parquet", data_files=paths)


def load_hub():
    # ok: dataset-loading-script
    return load_dataset("acme/reviews", revision="e4d2f9a0b1c2d3e4f5a6b7c8d9e0f5f1d3a8c7b6")
