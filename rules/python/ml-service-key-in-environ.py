import os
from os import environ

# ruleid: ml-service-key-in-environ
os.environ["WANDB_API_KEY"] = "not0a0key0but0as0long0as0one0is"
# ruleid: ml-service-key-in-environ
environ["HF_TOKEN"] = "not0a0key0but0as0long0as0one0is"
# ruleid: ml-service-key-in-environ
os.environ.setdefault("NEPTUNE_API_TOKEN", "not0a0key0but0as0long0as0one0is==")

# ok: ml-service-key-in-environ
os.environ["OPENAI_API_KEY"] = input("key: ")
# ok: ml-service-key-in-environ
os.environ["OPENAI_API_KEY"] = "EMPTY"
# ok: ml-service-key-in-environ
os.environ["OPENAI_API_KEY"] = "<paste your key of 2025 here>"
# ok: ml-service-key-in-environ
os.environ["WANDB_API_KEY"] = "your_key_0123456789abcdef"
# ok: ml-service-key-in-environ
os.environ["WANDB_PROJECT"] = "llama-finetune-2025-01"
# ok: ml-service-key-in-environ
os.environ["TOKENIZERS_PARALLELISM"] = "false"
# ok: ml-service-key-in-environ
config = {"WANDB_API_KEY": os.environ["WANDB_API_KEY"]}
