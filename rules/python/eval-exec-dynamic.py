import ast
import builtins
import json

import numexpr
import pandas as pd
import torch

DEFAULT = "lambda x: x"


def build_optimizer(name, params, config):
    # ruleid: eval-exec-dynamic
    optimizer = eval(f"torch.optim.{name}")(params, **config)
    return optimizer


def parse_arguments(parser):
    parser.add_argument("--betas", default="(0.9, 0.999)")
    args = parser.parse_args()
    # ruleid: eval-exec-dynamic
    args.betas = eval(args.betas)
    return args


def run_plugin(path):
    with open(path) as f:
        # ruleid: eval-exec-dynamic
        exec(compile(f.read(), path, "exec"), {"__name__": "plugin"})


def run_answer(llm, prompt):
    # ruleid: eval-exec-dynamic
    exec(llm(prompt))
    # ruleid: eval-exec-dynamic
    return builtins.eval(llm("the result as a Python expression"))


def evaluate(model: torch.nn.Module, loader):
    # ok: eval-exec-dynamic
    model.eval()
    # ok: eval-exec-dynamic
    model = model.to("cuda").eval()
    with torch.no_grad():
        return [model(batch) for batch in loader]


def features(frame: pd.DataFrame, expression):
    # ok: eval-exec-dynamic
    frame = frame.eval("ratio = a / b")
    # ok: eval-exec-dynamic
    total = pd.eval(expression)
    # ok: eval-exec-dynamic
    return numexpr.evaluate(expression), total


def read_shape(text):
    # ok: eval-exec-dynamic
    shape = ast.literal_eval(text)
    # ok: eval-exec-dynamic
    return tuple(json.loads(shape))


def constants():
    # ok: eval-exec-dynamic
    one = eval("1 + 1")
    # ok: eval-exec-dynamic
    identity = eval(DEFAULT)
    code = "import math\n" + "x = math.pi"
    # ok: eval-exec-dynamic
    exec(code)
    # ok: eval-exec-dynamic
    exec(compile("y = 2", "<constant>", "exec"))
    compiled = compile("x * 2", "<constant>", "eval")
    # ok: eval-exec-dynamic
    twice = [eval(compiled, {"x": x}) for x in range(3)]
    return one, identity, twice


class Trainer:
    def eval(self, step):
        return step

    def fit(self):
        for step in range(10):
            # ok: eval-exec-dynamic
            self.eval(step)


def main():
    from training import eval

    # ok: eval-exec-dynamic
    eval(Trainer(), "validation")


def application(app):
    # ok: eval-exec-dynamic
    app.exec()


def compile_twice(path):
    code = compile("1", "<constant>", "eval")
    code = compile(open(path).read(), path, "exec")
    # ruleid: eval-exec-dynamic
    exec(code)


def evaluate_with(eval, model):
    # ok: eval-exec-dynamic
    return eval(model)


def run_beside_import():
    from training import eval

    # ruleid: eval-exec-dynamic
    exec(input())


class Calculator:
    def eval(self, text):
        return self.answer(text)

    def answer(self, text):
        # ruleid: eval-exec-dynamic
        return eval(text)


def exec(statement):
    return statement


def use_own():
    # ok: eval-exec-dynamic
    exec(Trainer())
    # ruleid: eval-exec-dynamic
    eval(input())
