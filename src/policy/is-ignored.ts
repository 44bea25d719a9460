/** Whether a review leaves a path out; asked once for every changed file. */
import type { Policy } from './effective.ts';
import { globMatcher } from './glob.ts';

const compiled = new WeakMap<Policy, (path: string) => boolean>();

export function isIgnored(policy: Policy, path: string): boolean {
  const known = compiled.get(policy);
  if (known !== undefined) return known(path);
  const matches = globMatcher(policy.ignorePaths);
  compiled.set(policy, matches);
  return matches(path);
}
