import evaluate
from evaluate import load


def measure():
    # ruleid: community-metric-unpinned
    return evaluate.load("acme/fluency")


def measure_all():
    # ruleid: community-metric-unpinned
    return [load("acme/fluency", module_type="metric"), load("accuracy")]


def measure_pinned():
    # ok: community-metric-unpinned
    return evaluate.load("acme/fluency", revision="5f1d3a8c7b6e4d2f9a0b1c2d3e4f5a6b7c8d9e0f")


def measure_official():
    # ok: community-metric-unpinned
    first = evaluate.load("accuracy")
    # ok: community-metric-unpinned
    return first, load("evaluate-metric/bleu"), load("metrics/own")
