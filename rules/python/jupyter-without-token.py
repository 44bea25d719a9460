import os
import subprocess

c = get_config()  # noqa: F821

# ruleid: jupyter-without-token
c.NotebookApp.token = ""
# ruleid: jupyter-without-token
c.ServerApp.token = ""
# ruleid: jupyter-without-token
c.IdentityProvider.token = ""
# ruleid: jupyter-without-token
c.ServerApp.allow_unauthenticated_access = True

# ok: jupyter-without-token
c.ServerApp.token = os.environ["JUPYTER_TOKEN"]
# ok: jupyter-without-token
c.ServerApp.ip = "127.0.0.1"
# ok: jupyter-without-token
c.ServerApp.base_url = ""
# ok: jupyter-without-token
c.Tokenizer.token = ""


def start():
    # ruleid: jupyter-without-token
    subprocess.Popen(["jupyter", "lab", "--ip=0.0.0.0", "--ServerApp.token=", "--no-browser"])
    # ruleid: jupyter-without-token
    os.system("jupyter notebook --allow-root --NotebookApp.token='' --port 8888")
    # ok: jupyter-without-token
    subprocess.Popen(["jupyter", "lab", "--no-browser", f"--ServerApp.token={os.environ['JUPYTER_TOKEN']}"])
    # ok: jupyter-without-token
    os.system("jupyter notebook --no-browser --port 8888")
