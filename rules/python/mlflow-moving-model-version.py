import mlflow
import mlflow.sklearn
from mlflow import pyfunc


def load_newest():
    # ruleid: mlflow-moving-model-version
    return mlflow.pyfunc.load_model("models:/churn/latest")


def load_stage(name):
    # ruleid: mlflow-moving-model-version
    return mlflow.sklearn.load_model(f"models:/{name}/Production")


def load_version(name, version):
    # ok: mlflow-moving-model-version
    first = mlflow.sklearn.load_model("models:/churn/7")
    # ok: mlflow-moving-model-version
    second = pyfunc.load_model(f"models:/{name}/{version}")
    # ok: mlflow-moving-model-version
    third = pyfunc.load_model("models:/churn@champion")
    return first, second, third


def load_run(run_id):
    # ok: mlflow-moving-model-version
    return mlflow.pyfunc.load_model(f"runs:/{run_id}/model")
