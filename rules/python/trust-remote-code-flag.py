import argparse
import os
import subprocess
import sys


def serve(model):
    # ruleid: trust-remote-code-flag
    server = subprocess.Popen(["vllm", "serve", model, "--trust-remote-code", "--port", "8000"])
    # ruleid: trust-remote-code-flag
    os.system("text-generation-launcher --model-id org/model --trust-remote-code --port 8080")
    # ruleid: trust-remote-code-flag
    subprocess.run(
        [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", model, "--trust-remote-code"],
        check=True,
    )
    return server


def serve_known(model):
    # ok: trust-remote-code-flag
    subprocess.run(["vllm", "serve", model, "--revision", "0123456789abcdef0123456789abcdef01234567"], check=True)
    # ok: trust-remote-code-flag
    os.system("text-generation-launcher --model-id org/model --port 8080")


def parse():
    parser = argparse.ArgumentParser()
    # ok: trust-remote-code-flag
    parser.add_argument("--trust-remote-code", action="store_true")
    # ok: trust-remote-code-flag
    return parser.parse_args(["--no-trust-remote-code"])
