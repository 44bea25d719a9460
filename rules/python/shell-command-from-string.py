import os
import shlex
import subprocess
import sys


def sync(path, bucket, run):
    # ruleid: shell-command-from-string
    os.system(f"aws s3 cp {path} s3://{bucket}/models/")
    # ruleid: shell-command-from-string
    subprocess.run("tar xf %s" % path, shell=True, check=True)
    # ruleid: shell-command-from-string
    subprocess.check_output("git tag run-" + run, shell=True)
    # ruleid: shell-command-from-string
    return subprocess.getoutput("du -sh {}".format(path))


def sync_safely(path, bucket, run):
    # ok: shell-command-from-string
    subprocess.run(["aws", "s3", "cp", path, f"s3://{bucket}/models/"], check=True)
    # ok: shell-command-from-string
    subprocess.run(f"tar xf {shlex.quote(path)}", shell=True, check=True)
    # ok: shell-command-from-string
    os.system("nvidia-smi --query-gpu=memory.free " + "--format=csv")
    # ok: shell-command-from-string
    os.system("pip freeze > requirements.txt")
    # ok: shell-command-from-string
    os.system(f"{sys.executable} -m pip freeze")
    # ok: shell-command-from-string
    return subprocess.run(["git", "tag", "run-" + run], check=True)
