import subprocess
from pathlib import Path

CONFIG = "\n".join(
    [
        # ok: model-server-management-exposed
        "inference_address=http://0.0.0.0:8080",
        # ruleid: model-server-management-exposed
        "management_address=http://0.0.0.0:8081",
    ]
)

# ok: model-server-management-exposed
SAFE = "inference_address=http://0.0.0.0:8080\nmanagement_address=http://127.0.0.1:8081\n"


def start(store):
    Path("config.properties").write_text(CONFIG)
    # ruleid: model-server-management-exposed
    subprocess.run("torchserve --start --ncs --model-store store --disable-token-auth", shell=True, check=True)
    # ok: model-server-management-exposed
    subprocess.run(["torchserve", "--start", "--model-store", store, "--ts-config", "config.properties"], check=True)
