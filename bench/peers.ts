/** Other tools on the same machine, timed as a person would run them. */
import { spawnSync } from 'node:child_process';

/** `ASSAY_SEMGREP` and the like name a tool that is not on the PATH. */
export function peerCommand(name: string): string {
  return process.env[`ASSAY_${name.toUpperCase()}`] ?? name;
}

/** Wall-clock seconds of a command, null where it is not installed. */
export function peerSeconds(name: string, args: readonly string[]): number | null {
  const started = performance.now();
  const { error, status, stderr } = spawnSync(peerCommand(name), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-500)}`);
  return Number(((performance.now() - started) / 1_000).toFixed(2));
}
