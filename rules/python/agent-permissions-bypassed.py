import subprocess

from claude_agent_sdk import ClaudeAgentOptions, query


async def fix(prompt):
    # ruleid: agent-permissions-bypassed
    options = ClaudeAgentOptions(permission_mode="bypassPermissions", cwd="/repo")
    async for message in query(prompt=prompt, options=options):
        print(message)


def fix_from_command_line(prompt):
    # ruleid: agent-permissions-bypassed
    subprocess.run(["claude", "--dangerously-skip-permissions", "-p", prompt], check=True)


def ask(prompt):
    # ok: agent-permissions-bypassed
    options = ClaudeAgentOptions(permission_mode="plan", allowed_tools=["Read", "Grep"])
    # ok: agent-permissions-bypassed
    subprocess.run(["claude", "-p", prompt], check=True)
    # ok: agent-permissions-bypassed
    print("--dangerously-skip-permissions")
    return options
