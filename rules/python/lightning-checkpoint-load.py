import pytorch_lightning as pl
import torch

from training import LitClassifier


def predict(path, batch):
    # ruleid: lightning-checkpoint-load
    model = LitClassifier.load_from_checkpoint(path)
    return model(batch)


def resume(trainer, data):
    # ruleid: lightning-checkpoint-load
    best = LitClassifier.load_from_checkpoint(
        trainer.checkpoint_callback.best_model_path,
        map_location="cpu",
    )
    trainer.test(best, data)


def predict_weights(path, batch):
    # ok: lightning-checkpoint-load
    model = LitClassifier.load_from_checkpoint(path, weights_only=True)
    return model(batch)


def save(trainer: pl.Trainer, path):
    # ok: lightning-checkpoint-load
    trainer.save_checkpoint(path, weights_only=True)


def load_state(model: torch.nn.Module, path):
    # ok: lightning-checkpoint-load
    model.load_state_dict(torch.load(path, weights_only=True))
