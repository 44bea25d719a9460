/** What git said when it failed, as an error for people: one line, no control characters, nothing that looks like a credential. */
import { AppError } from '#domain/errors.ts';

const NETWORK =
  /could not resolve|failed to connect|couldn't connect|connection (?:reset|refused|timed out|was closed)|early eof|rpc failed|unexpected disconnect|hung up|timed out|returned error: (?:429|5\d\d)|\bssl\b|\btls\b|gnutls|empty reply|transfer closed/i;
const REFUSED = /authentication failed|could not read username|terminal prompts disabled|returned error: 40[13]/i;
const NOT_FOUND = /repository not found|returned error: 404|repository '.*' not found/i;
const NO_SUCH_REVISION = /not our ref|couldn't find remote ref|remote did not send all necessary objects/i;
const PARTIAL_CLONE = /promisor remote|could not fetch [0-9a-f]{40}/i;
const NO_SPACE = /no space left on device|disk quota exceeded/i;

const TRY_AGAIN = { afterMs: null };

/** `command` is the subcommand's name: arguments may hold paths and revisions, and are not repeated. */
export function gitFailure(command: string, stderr: string): AppError {
  const said = lastWord(stderr);
  const message = `git ${command} failed: ${said}`;
  if (NO_SUCH_REVISION.test(stderr)) return new AppError('unknown-revision', message);
  if (NOT_FOUND.test(stderr)) return new AppError('github-not-found', message);
  if (REFUSED.test(stderr))
    return new AppError('git-failed', `${message} (the token was refused)`, { retry: TRY_AGAIN });
  if (NETWORK.test(stderr) || NO_SPACE.test(stderr)) return new AppError('git-failed', message, { retry: TRY_AGAIN });
  if (PARTIAL_CLONE.test(stderr)) {
    const hint = 'objects are missing from this partial clone; complete it with: git fetch --refetch --no-filter';
    return new AppError('git-failed', `${message} (${hint})`);
  }
  return new AppError('git-failed', message);
}

function lastWord(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const line = lines.findLast((each) => /^(?:fatal|error):/.test(each)) ?? lines.at(-1) ?? 'it gave no reason';
  return scrub(line.replace(/^(?:fatal|error):\s*/, ''));
}

/** Leaves one printable line of at most 300 characters, without credentials. */
export function scrub(text: string): string {
  return text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\/\/[^/@\s]+@/g, '//')
    .replace(/\b(authorization|proxy-authorization)\b.*/gi, '$1: [redacted]')
    .replace(/\b(basic|bearer)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]')
    .replace(/\bgh[a-z]_[\w.-]{10,}|\bgithub_pat_\w{10,}/g, '[redacted]')
    .trim()
    .slice(0, 300);
}
