/** Which files a rule's `paths` let through: globs as Semgrep reads them, which is as a .gitignore file has them. */
import picomatch from 'picomatch';

/** Braces, `!` and `+(…)` are plain text. */
const OPTIONS = { dot: true, nobrace: true, nonegate: true, noextglob: true };

export function pathFilter(include: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const included = anyOf(include);
  const excluded = anyOf(exclude);
  return (path) => (included === null || included(path)) && !(excluded?.(path) ?? false);
}

function anyOf(patterns: readonly string[]): ((path: string) => boolean) | null {
  if (patterns.length === 0) return null;
  const matchers = patterns.map((pattern) => picomatch(globsOf(pattern), OPTIONS));
  return (path) => matchers.some((matches) => matches(path));
}

/** Without a slash at its head a glob may begin in any folder; it takes in all that is below what it names. */
function globsOf(pattern: string): string[] {
  const isAnchored = /^\.?\//.test(pattern);
  const base = pattern
    .replace(/^\.?\//, '')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll('[!', '[^');
  if (base === '') return isAnchored ? [] : ['**'];
  const isFolder = base.endsWith('/');
  const name = base.replace(/\/$/, '');
  const starts = isAnchored ? [name] : [name, `**/${name}`];
  return starts.flatMap((start) => [...(isFolder ? [] : [start]), `${start}/**/*`]);
}
