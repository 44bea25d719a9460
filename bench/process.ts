/** A command from its start to its end: its time by the clock, its processor time and its memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface ProcessFigures {
  readonly seconds: number;
  /** Of all its threads; null where the system does not tell (it is read from Linux' /proc). */
  readonly cpuSeconds: number | null;
  readonly peakMemoryMB: number | null;
}

/** Between two looks at a process: what it uses is known for as long as it lives (milliseconds). */
const LOOK_MS = 20;
/** Of the processor times in /proc. Source: man 5 proc, sysconf(_SC_CLK_TCK). */
const TICKS_A_SECOND = 100;

/** Null where there is no such command. An exit code in `endings` is no failure. */
export async function measureProcess(
  command: string,
  args: readonly string[],
  endings: readonly number[] = [0],
): Promise<ProcessFigures | null> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  let used: Omit<ProcessFigures, 'seconds'> = { cpuSeconds: null, peakMemoryMB: null };
  const timer = setInterval(() => {
    used = usedBy(child.pid) ?? used;
  }, LOOK_MS);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    const seconds = Number(((performance.now() - started) / 1_000).toFixed(2));
    if (code === null || !endings.includes(code)) throw new Error(`${command} failed: ${said}`);
    return { seconds, ...used };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function usedBy(pid: number | undefined): Omit<ProcessFigures, 'seconds'> | null {
  try {
    // Behind the name, which may hold anything: the 14th and 15th field of all are the ticks of user and system time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return null;
    return { cpuSeconds: ticks / TICKS_A_SECOND, peakMemoryMB: Math.round(Number(peak) / 1_024) };
  } catch {
    return null;
  }
}
