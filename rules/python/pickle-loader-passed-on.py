import functools
import inspect
import json
import pickle
from pickle import loads

import dill
import joblib
from kafka import KafkaConsumer
from redis_cache import RedisCache


def consume(topic):
    # ruleid: pickle-loader-passed-on
    return KafkaConsumer(topic, value_deserializer=pickle.loads)


def read_rows(rows):
    # ruleid: pickle-loader-passed-on
    return list(map(loads, rows))


def lazy(path):
    # ruleid: pickle-loader-passed-on
    return functools.partial(joblib.load, path)


# ruleid: pickle-loader-passed-on
READERS = {"json": json.load, "dill": dill.load}


def write(queue, values):
    # ok: pickle-loader-passed-on
    queue.put_all(map(pickle.dumps, values))


def consume_json(topic):
    # ok: pickle-loader-passed-on
    return KafkaConsumer(topic, value_deserializer=json.loads)


def cache(client):
    # ok: pickle-loader-passed-on
    return RedisCache(client, serializer=json.dumps, deserializer=json.loads)


def signature():
    # ok: pickle-loader-passed-on
    return inspect.signature(pickle.load)


def test_refuses(monkeypatch):
    # ok: pickle-loader-passed-on
    monkeypatch.setattr("service.loads", pickle.loads)
