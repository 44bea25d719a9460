/** IPython's calls without brackets (`/f x`, `,f x`, `;f x`) to the Python that they run. */

/**
 * As long as the command; null when it calls nothing. The words of `,` and `;` are strings whose quotes have no room: `_`
 * stands for them.
 */
export function autoCall(command: string): string | null {
  const [, kind, name, given] = /^([/,;])(\S+)(?: (.*))?$/s.exec(command) ?? [];
  if (name === undefined) return null;
  if (given === undefined || given.trim() === '') return name.padEnd(command.length);
  return `${name}(${kind === '/' ? separated(given) : unknown(given)})`;
}

/** The words, with commas between them. */
function separated(given: string): string {
  return given.replaceAll('\\\n', ' \n').replace(/(?<=\S)\s+(?=\S)/g, (space) => `,${space.slice(1)}`);
}

function unknown(given: string): string {
  return `_${given.slice(1).replace(/[^\n]/g, ' ')}`;
}
