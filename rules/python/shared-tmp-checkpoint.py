import tempfile

import joblib
import torch
from transformers import AutoModel

CHECKPOINT = "/tmp/latest.pt"


def save(model, tokenizer):
    # ruleid: shared-tmp-checkpoint
    torch.save(model.state_dict(), "/tmp/model.pt")
    # ruleid: shared-tmp-checkpoint
    torch.save(model.state_dict(), CHECKPOINT)
    # ruleid: shared-tmp-checkpoint
    joblib.dump(model.scaler, "/tmp/scaler.joblib")
    # ruleid: shared-tmp-checkpoint
    tokenizer.save_pretrained("/dev/shm/tokenizer")


def restore():
    # ruleid: shared-tmp-checkpoint
    return AutoModel.from_pretrained("/var/tmp/model")


def save_apart(model, run):
    # ok: shared-tmp-checkpoint
    torch.save(model.state_dict(), f"checkpoints/{run}.pt")
    with tempfile.TemporaryDirectory() as folder:
        # ok: shared-tmp-checkpoint
        model.save_pretrained(folder)
    # ok: shared-tmp-checkpoint
    return AutoModel.from_pretrained("bert-base-uncased")


def note(text):
    # ok: shared-tmp-checkpoint
    print(text, "/tmp/model.pt")
