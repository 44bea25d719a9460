/** One requirement as pip writes it: `torch[extra]>=2.0,<3; python_version < "3.12"  # why`. */

const REQUIREMENT = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/;

/** Null for an option, a comment, a path. A package that comes from an address has an unknown version: ''. */
export function readRequirement(line: string): [name: string, specifier: string] | null {
  const text = line.replace(/(?:^|\s)#.*$/, '').trim();
  const [, name, rest = ''] = REQUIREMENT.exec(text) ?? [];
  if (name === undefined) return null;
  const specifier = rest
    .replace(/;.*$/, '')
    .replace(/\s--.*$/, '')
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  if (specifier.startsWith('@')) return [name, ''];
  return specifier === '' || /^[=~<>!]/.test(specifier) ? [name, specifier] : null;
}
