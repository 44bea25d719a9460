import shlex
import subprocess
from typing import Literal

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("training")


@mcp.tool()
def run_command(command: str) -> str:
    """Runs a command on the training node."""
    # ruleid: mcp-tool-runs-shell
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout


@mcp.tool(description="How large a folder is")
def folder_size(path: str) -> str:
    # ruleid: mcp-tool-runs-shell
    return subprocess.check_output(f"du -sh {path}", shell=True, text=True)


@mcp.tool()
async def grep(pattern: str, folder: str = ".") -> str:
    """Searches the logs."""
    # ruleid: mcp-tool-runs-shell
    return subprocess.run(["bash", "-c", f"grep -r {pattern} {folder}"], capture_output=True, text=True).stdout


@mcp.tool()
def folder_size_of_list(path: str) -> str:
    # ok: mcp-tool-runs-shell
    return subprocess.check_output(["du", "-sh", "--", path], text=True)


@mcp.tool()
def folder_size_quoted(path: str) -> str:
    # ok: mcp-tool-runs-shell
    return subprocess.check_output(f"du -sh {shlex.quote(path)}", shell=True, text=True)


@mcp.tool()
def restart(job: Literal["train", "eval"], lines: int) -> str:
    # ok: mcp-tool-runs-shell
    return subprocess.check_output(f"systemctl restart {job} && tail -n {lines} log", shell=True, text=True)


def run_own(command: str) -> str:
    # ok: mcp-tool-runs-shell
    return subprocess.check_output(command, shell=True, text=True)
