import pickle

import catboost
import joblib
import lightgbm as lgb
import xgboost as xgb
from sklearn.linear_model import LogisticRegression
from xgboost import XGBClassifier


def train_xgboost(x, y, path):
    model = XGBClassifier(max_depth=6)
    model.fit(x, y)
    with open(path, "wb") as f:
        # ruleid: boosting-model-pickled
        pickle.dump(model, f)


def train_lightgbm(parameters, data, path):
    booster = lgb.train(parameters, data, num_boost_round=200)
    # ruleid: boosting-model-pickled
    joblib.dump(booster, path)


def train_catboost(pool, path):
    model = catboost.CatBoostRegressor()
    model.fit(pool)
    # ok: boosting-model-pickled
    model.save_model(path)


def train_native(parameters, matrix, path):
    booster = xgb.train(parameters, matrix)
    # ok: boosting-model-pickled
    booster.save_model(path)


def train_linear(x, y, path):
    model = LogisticRegression().fit(x, y)
    # ok: boosting-model-pickled
    joblib.dump(model, path)
