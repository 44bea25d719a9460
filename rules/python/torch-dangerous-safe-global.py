import argparse
import builtins
import functools
import os
from collections import OrderedDict

import numpy as np
import torch
from torch.serialization import add_safe_globals, safe_globals

from training import TrainConfig

# ruleid: torch-dangerous-safe-global
torch.serialization.add_safe_globals([getattr])
# ruleid: torch-dangerous-safe-global
add_safe_globals([TrainConfig, builtins.eval])

NEEDED = [argparse.Namespace, functools.partial]


def load_old(path):
    # ruleid: torch-dangerous-safe-global
    with safe_globals([OrderedDict, os.system]):
        return torch.load(path, weights_only=True)


def load_listed(path):
    # ruleid: torch-dangerous-safe-global
    with torch.serialization.safe_globals(NEEDED):
        return torch.load(path, weights_only=True)


def load_own(path):
    # ok: torch-dangerous-safe-global
    with safe_globals([TrainConfig, argparse.Namespace]):
        return torch.load(path, weights_only=True)


def load_scalars(path):
    # ok: torch-dangerous-safe-global
    add_safe_globals([np.ndarray, np.dtype, (TrainConfig, "train.TrainConfig")])
    return torch.load(path, weights_only=True)
