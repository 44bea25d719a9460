/** A commit as git stores it: the parents that it names, whether they are here or not, and its message. */

export interface CommitObject {
  readonly parents: readonly string[];
  /** Without line ends at its end. */
  readonly message: string;
}

/** Header lines, an empty line, the message; a signature's lines begin with a space. */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const text = Buffer.from(bytes).toString('utf8');
  const end = text.indexOf('\n\n');
  const header = end === -1 ? text : text.slice(0, end);
  const parents = [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, oid]) => oid!);
  return { parents, message: end === -1 ? '' : text.slice(end + 2).replace(/\n+$/, '') };
}
