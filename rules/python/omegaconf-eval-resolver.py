import operator
import os
import subprocess

from omegaconf import OmegaConf

# ruleid: omegaconf-eval-resolver
OmegaConf.register_new_resolver("eval", eval)
# ruleid: omegaconf-eval-resolver
OmegaConf.register_new_resolver("shell", subprocess.getoutput, use_cache=True)


def register():
    # ruleid: omegaconf-eval-resolver
    OmegaConf.register_resolver("eval", eval)
    # ok: omegaconf-eval-resolver
    OmegaConf.register_new_resolver("mul", operator.mul)
    # ok: omegaconf-eval-resolver
    OmegaConf.register_new_resolver("cpus", lambda: os.cpu_count())
    # ok: omegaconf-eval-resolver
    OmegaConf.register_new_resolver("len", len, replace=True)


def read(path):
    # ok: omegaconf-eval-resolver
    return OmegaConf.load(path)
