import deepspeed
import torch
from deepspeed.utils.zero_to_fp32 import get_fp32_state_dict_from_zero_checkpoint


def resume(model, parameters, folder):
    engine, optimizer, _, scheduler = deepspeed.initialize(model=model, model_parameters=parameters)
    # ruleid: deepspeed-checkpoint-load
    _, client_state = engine.load_checkpoint(folder, tag="latest")
    # ok: deepspeed-checkpoint-load
    engine.save_checkpoint(folder)
    return engine, client_state


def consolidate(folder):
    # ruleid: deepspeed-checkpoint-load
    return get_fp32_state_dict_from_zero_checkpoint(folder)


def resume_own(trainer, folder):
    # ok: deepspeed-checkpoint-load
    return trainer.load_checkpoint(folder)


def weights(path):
    # ok: deepspeed-checkpoint-load
    return torch.load(path, weights_only=True)
