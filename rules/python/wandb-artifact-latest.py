import wandb


def fetch_data():
    run = wandb.init(project="churn")
    # ruleid: wandb-artifact-latest
    return run.use_artifact("acme/churn/table:latest").download()


def fetch_model(name):
    api = wandb.Api()
    # ruleid: wandb-artifact-latest
    return api.artifact(f"acme/churn/{name}:latest", type="model").download()


def fetch_version():
    # ok: wandb-artifact-latest
    return wandb.use_artifact("acme/churn/table:v12").download()


def log(run, path):
    # ok: wandb-artifact-latest
    run.log_artifact(path, aliases=["latest"])


def fetch_named(run, name):
    # ok: wandb-artifact-latest
    return run.use_artifact(name)
