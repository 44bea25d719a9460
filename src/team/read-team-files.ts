/** A team's own Gitleaks files, read from where the review's base stands, with those that they extend. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { extendedPath } from '#analyzers/secrets/language/rule-file.ts';
import { TEAM_IGNORE_PATH, TEAM_RULES_PATH, type TeamRules } from '#domain/team-rules.ts';
import type { PolicyNote } from '#policy/notes.ts';
import { unreadableTeamFileNote } from '#policy/team-notes.ts';

/** UTF-16 units; a longer configuration is not read. */
export const MAX_TEAM_FILE = 512 * 1024;
/** A configuration, the one that it extends, and the one behind that. */
const MAX_EXTENDED = 2;

/** `problem` says, as a clause, why a file that is there has no text. */
export interface TeamText {
  readonly text: string | null;
  readonly problem: string | null;
}

export function decodeTeamText(bytes: Uint8Array): TeamText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problem: null };
  } catch {
    return { text: null, problem: 'it is not UTF-8' };
  }
}

export interface TeamFiles {
  readonly rules: TeamRules | null;
  readonly ignore: string | null;
  readonly notes: readonly PolicyNote[];
  /** Hex; the same for the same files. */
  readonly digest: string;
}

/** `read` answers null for a file that is not there. */
export async function readTeamFiles(
  read: (path: string) => Promise<TeamText | null>,
  mayLoosen: boolean,
): Promise<TeamFiles> {
  const notes: PolicyNote[] = [];
  const textOf = async (path: string): Promise<string | null> => {
    const found = await read(path);
    if (found === null) return null;
    const tooLong = (found.text?.length ?? 0) > MAX_TEAM_FILE ? 'it is longer than 512 KiB' : null;
    const problem = found.problem ?? tooLong;
    if (problem !== null) notes.push(unreadableTeamFileNote(path, problem));
    return problem === null ? found.text : null;
  };
  const text = await textOf(TEAM_RULES_PATH);
  const extended: Record<string, string> = {};
  for (let from = text, depth = 0; from !== null && depth < MAX_EXTENDED; depth++) {
    const path = extendedPath(from);
    const inside = path === null || Object.hasOwn(extended, path) ? null : normalTeamPath(path);
    from = inside === null ? null : await textOf(inside);
    if (from !== null) extended[path!] = from;
  }
  const ignore = await textOf(TEAM_IGNORE_PATH);
  const digest = createHash('sha256')
    .update(JSON.stringify([text, extended, ignore, mayLoosen]))
    .digest('hex');
  const rules = text === null ? null : { digest, config: { path: TEAM_RULES_PATH, text }, extended, mayLoosen };
  return { rules, ignore, notes, digest };
}

/** Linux takes none that is longer. */
const MAX_PATH = 4_096;

/** Gitleaks takes the path from the folder that it runs in, which is the repository's root; null for what cannot be in it. */
export function normalTeamPath(path: string): string | null {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  const outside = normal.startsWith('/') || normal.split('/')[0] === '..' || normal.includes('\0');
  return outside || normal.length > MAX_PATH ? null : normal;
}
