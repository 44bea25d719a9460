import mlflow
import mlflow.pyfunc
import mlflow.sklearn


def load_from_bucket():
    # ruleid: mlflow-model-from-location
    return mlflow.pyfunc.load_model("s3://acme-models/churn/model")


def load_from_web(name):
    # ruleid: mlflow-model-from-location
    return mlflow.sklearn.load_model(f"https://models.acme.org/{name}")


def load_for_spark(spark):
    # ruleid: mlflow-model-from-location
    return mlflow.pyfunc.spark_udf(spark, model_uri="dbfs:/models/churn")


def load_version():
    # ok: mlflow-model-from-location
    return mlflow.pyfunc.load_model("models:/churn/7")


def load_run(run_id):
    # ok: mlflow-model-from-location
    return mlflow.pyfunc.load_model(f"runs:/{run_id}/model")


def load_given(uri):
    # ok: mlflow-model-from-location
    return mlflow.pyfunc.load_model(uri)
