import os

import mlflow
import optuna
from sqlalchemy import create_engine

# ruleid: tracking-uri-with-password
mlflow.set_tracking_uri("https://trainer:correct-horse@mlflow.example.org")
# ruleid: tracking-uri-with-password
os.environ["MLFLOW_TRACKING_URI"] = "https://trainer:correct-horse@mlflow.example.org"
# ruleid: tracking-uri-with-password
engine = create_engine("postgresql+psycopg2://features:correct-horse@db.internal:5432/features")
# ruleid: tracking-uri-with-password
study = optuna.create_study(storage="mysql://optuna:correct-horse@db.internal/optuna", study_name="lr")

# ok: tracking-uri-with-password
mlflow.set_tracking_uri("https://mlflow.example.org")
# ok: tracking-uri-with-password
mlflow.set_tracking_uri(os.environ["MLFLOW_TRACKING_URI"])
# ok: tracking-uri-with-password
other = create_engine("postgresql://features@db.internal:5432/features")
# ok: tracking-uri-with-password
third = create_engine(f"postgresql://features:{os.environ['DB_PASSWORD']}@db.internal/features")
# ok: tracking-uri-with-password
local = optuna.create_study(storage="sqlite:///study.db")
# ok: tracking-uri-with-password
documented = create_engine("postgresql://<user>:<password>@host/db")
