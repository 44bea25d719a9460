import os

import comet_ml
import wandb
from anthropic import Anthropic
from huggingface_hub import HfApi, login
from openai import OpenAI
from transformers import AutoModel

KEY = "not0a0key0but0as0long0as0one0is"


def track():
    # ruleid: ml-service-key-in-code
    wandb.login(key="not0a0key0but0as0long0as0one0is")
    # ruleid: ml-service-key-in-code
    login("not0a0key0but0as0long0as0one0is")
    # ruleid: ml-service-key-in-code
    api = HfApi(endpoint="https://huggingface.co", token=KEY)
    # ruleid: ml-service-key-in-code
    comet_ml.Experiment(api_key="not0a0key0but0as0long0as0one0is", project_name="lr")
    return api


def ask():
    # ruleid: ml-service-key-in-code
    client = OpenAI(
        base_url="https://api.example.org/v1",
        api_key="not0a0key0but0as0long0as0one0is",
    )
    # ruleid: ml-service-key-in-code
    return client, AutoModel.from_pretrained("org/model", token="not0a0key0but0as0long0as0one0is")


def track_from_environment(token):
    # ok: ml-service-key-in-code
    wandb.login(key=os.environ["WANDB_API_KEY"])
    # ok: ml-service-key-in-code
    login(token=token)
    # ok: ml-service-key-in-code
    return HfApi(token=os.getenv("HF_TOKEN"))


def ask_local():
    # ok: ml-service-key-in-code
    client = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")
    # ok: ml-service-key-in-code
    documented = OpenAI(api_key="sk-your-openai-api-key-123456")
    # ok: ml-service-key-in-code
    other = Anthropic(api_key="<the key of your workspace 2025>")
    # ok: ml-service-key-in-code
    AutoModel.from_pretrained("org/model", token=True)
    # ok: ml-service-key-in-code
    return client, documented, other, sorted([], key="not0a0key0but0as0long0as0one0is")
