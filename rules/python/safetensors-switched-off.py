from diffusers import StableDiffusionPipeline
from transformers import AutoModel, TrainingArguments


def load(name):
    # ruleid: safetensors-switched-off
    model = AutoModel.from_pretrained(name, use_safetensors=False)
    return model


def save(model, folder):
    # ruleid: safetensors-switched-off
    model.save_pretrained(folder, safe_serialization=False)


def arguments(folder):
    # ruleid: safetensors-switched-off
    return TrainingArguments(output_dir=folder, save_safetensors=False)


def load_safely(name, use_safetensors=None):
    # ok: safetensors-switched-off
    first = AutoModel.from_pretrained(name, use_safetensors=True)
    # ok: safetensors-switched-off
    second = StableDiffusionPipeline.from_pretrained(name)
    # ok: safetensors-switched-off
    third = AutoModel.from_pretrained(name, use_safetensors=use_safetensors)
    return first, second, third


def save_safely(model, folder):
    # ok: safetensors-switched-off
    model.save_pretrained(folder, safe_serialization=True, max_shard_size="5GB")


def save_text(writer, folder):
    # ok: safetensors-switched-off
    writer.save_text(folder, safe_serialization=False)
