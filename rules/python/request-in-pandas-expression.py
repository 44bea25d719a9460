import pandas as pd
from fastapi import FastAPI
from flask import Flask, request

app = Flask(__name__)
api = FastAPI()
df = pd.read_parquet("sales.parquet")


@app.get("/rows")
def rows():
    # ruleid: request-in-pandas-expression
    return df.query(request.args["filter"]).to_json()


@api.get("/score")
def score(formula: str):
    # ruleid: request-in-pandas-expression
    df["score"] = df.eval(formula)
    # ruleid: request-in-pandas-expression
    return pd.eval(f"df.price * {formula}").tolist()


@api.get("/v2/rows")
def rows_of_city(city: str, limit: int = 10):
    # ok: request-in-pandas-expression
    chosen = df[df["city"] == city]
    # ok: request-in-pandas-expression
    return chosen.query(f"price < {limit}").to_dict()


@app.get("/v2/search")
def search():
    # ok: request-in-pandas-expression
    return session.query(request.args["id"])
