/** A unified patch as rows, each with its line numbers on both sides. */

export interface DiffRow {
  readonly kind: 'hunk' | 'context' | 'added' | 'removed';
  readonly base: number | null;
  readonly head: number | null;
  readonly text: string;
}

export function toRows(patch: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let base = 0;
  let head = 0;
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) {
      base = Number(header[1]);
      head = Number(header[2]);
      rows.push({ kind: 'hunk', base: null, head: null, text: line });
    } else if (line.startsWith('+')) rows.push({ kind: 'added', base: null, head: head++, text: line.slice(1) });
    else if (line.startsWith('-')) rows.push({ kind: 'removed', base: base++, head: null, text: line.slice(1) });
    else if (line.startsWith(' ')) rows.push({ kind: 'context', base: base++, head: head++, text: line.slice(1) });
  }
  return rows;
}
