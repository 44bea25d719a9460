import functools
import os
from unittest import mock

import torch

# ruleid: torch-load-replaced
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"
# ruleid: torch-load-replaced
os.environ.setdefault("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "true")

original = torch.load


def unsafe_load(*args, **kwargs):
    kwargs["weights_only"] = False
    return original(*args, **kwargs)


# ruleid: torch-load-replaced
torch.load = unsafe_load
# ruleid: torch-load-replaced
torch.load = functools.partial(original, weights_only=False)
# ruleid: torch-load-replaced
setattr(torch, "load", unsafe_load)

# ok: torch-load-replaced
os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
# ok: torch-load-replaced
loader = torch.load


class Reader:
    # ok: torch-load-replaced
    load = torch.load

    def __init__(self, load):
        # ok: torch-load-replaced
        self.load = load


def test_resume(trainer):
    # ok: torch-load-replaced
    with mock.patch("torch.load") as load:
        trainer.resume("last.pt")
    # ok: torch-load-replaced
    assert load.call_count == 1
