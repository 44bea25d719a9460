import torch
from safetensors.torch import save_file


def finish(model, path):
    # ruleid: whole-model-pickled
    torch.save(model, path)


class Trainer:
    def checkpoint(self, epoch):
        # ruleid: whole-model-pickled
        torch.save(self.model, f"runs/{epoch}.pt")
        # ruleid: whole-model-pickled
        torch.save(self.teacher_model.module, "teacher.pt")


def save_weights(model, optimizer, path):
    # ok: whole-model-pickled
    torch.save(model.state_dict(), path)
    # ok: whole-model-pickled
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)
    # ok: whole-model-pickled
    save_file(model.state_dict(), path)


def save_collected(model):
    net = {name: tensor.cpu() for name, tensor in model.items()}
    net = model.state_dict()
    # ok: whole-model-pickled
    torch.save(net, "weights.pt")


def save_scripted(model):
    model = torch.jit.script(model)
    # ok: whole-model-pickled
    torch.save(model, "scripted.pt")


def save_embeddings(embeddings):
    # ok: whole-model-pickled
    torch.save(embeddings, "embeddings.pt")
