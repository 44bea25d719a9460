/** Other tools on the same machine, timed as a person would run them. */
import { spawnSync } from 'node:child_process';

/** Wall-clock seconds of a command, null where it is not installed; `ASSAY_SEMGREP` and the like name one that is not on the PATH. */
export function peerSeconds(name: string, args: readonly string[]): number | null {
  const command = process.env[`ASSAY_${name.toUpperCase()}`] ?? name;
  const started = performance.now();
  const { error, status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-500)}`);
  return Number(((performance.now() - started) / 1_000).toFixed(2));
}
