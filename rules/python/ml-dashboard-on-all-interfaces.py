import os
import subprocess

import ray
from tensorboard import program

c = get_config()  # noqa: F821
# ruleid: ml-dashboard-on-all-interfaces
c.ServerApp.ip = "0.0.0.0"


def dashboards(logdir):
    # ruleid: ml-dashboard-on-all-interfaces
    ray.init(num_gpus=2, dashboard_host="0.0.0.0")
    # ruleid: ml-dashboard-on-all-interfaces
    subprocess.Popen(["tensorboard", "--logdir", logdir, "--bind_all"])
    # ruleid: ml-dashboard-on-all-interfaces
    os.system("mlflow server --backend-store-uri sqlite:///mlflow.db --host 0.0.0.0 --port 5000")
    # ruleid: ml-dashboard-on-all-interfaces
    subprocess.run(["mlflow", "ui", "--host", "0.0.0.0"], check=True)
    board = program.TensorBoard()
    # ruleid: ml-dashboard-on-all-interfaces
    board.configure(argv=[None, "--logdir", logdir, "--bind_all"])
    # ruleid: ml-dashboard-on-all-interfaces
    subprocess.run("ray start --head --dashboard-host=0.0.0.0", shell=True, check=True)


def local_dashboards(logdir):
    # ok: ml-dashboard-on-all-interfaces
    ray.init(dashboard_host="127.0.0.1")
    # ok: ml-dashboard-on-all-interfaces
    subprocess.Popen(["tensorboard", "--logdir", logdir, "--host", "localhost"])
    # ok: ml-dashboard-on-all-interfaces
    os.system("mlflow server --backend-store-uri sqlite:///mlflow.db --host 127.0.0.1")
    # ok: ml-dashboard-on-all-interfaces
    subprocess.run("uvicorn service:app --host 0.0.0.0 --port 8080", shell=True, check=True)
    # ok: ml-dashboard-on-all-interfaces
    print("mlflow server --host 0.0.0.0 needs a login in front")
