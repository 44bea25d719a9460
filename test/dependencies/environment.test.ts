/** Which manifest speaks for a file, and what a rule about versions makes of it. */
import { describe, expect, it } from 'vitest';
import { createEnvironment, manifestPaths } from '#dependencies/environment.ts';

const OLD = { package: 'torch', version: '<2.6', unknown: 'report' } as const;
const CERTAINLY_OLD = { ...OLD, unknown: 'skip' } as const;

function verdicts(files: Record<string, string>, path = 'train.py') {
  const environment = createEnvironment(new Map(Object.entries(files)));
  return { old: environment.holds(OLD, path), certainlyOld: environment.holds(CERTAINLY_OLD, path) };
}

describe('a rule about torch below 2.6', () => {
  it('counts where nobody names a version, unless it must be certain', () => {
    expect(verdicts({})).toEqual({ old: true, certainlyOld: false });
    expect(verdicts({ 'requirements.txt': 'numpy==1.26\n' })).toEqual({ old: true, certainlyOld: false });
    expect(verdicts({ 'requirements.txt': 'torch\n' })).toEqual({ old: true, certainlyOld: false });
  });

  it('counts for an old version and not for a new one', () => {
    expect(verdicts({ 'requirements.txt': 'torch==2.4.1\n' })).toEqual({ old: true, certainlyOld: true });
    expect(verdicts({ 'requirements.txt': 'torch>=2.6\n' })).toEqual({ old: false, certainlyOld: false });
  });

  it('takes the word of a lock before that of a manifest beside it', () => {
    const files = { 'pyproject.toml': '[project]\ndependencies = ["torch>=2"]', 'uv.lock': '' };
    expect(verdicts(files).old).toBe(true);
    const lock = '[[package]]\nname = "torch"\nversion = "2.7.1"\n';
    expect(verdicts({ ...files, 'uv.lock': lock })).toEqual({ old: false, certainlyOld: false });
  });

  it('believes the folder nearest to the file that names the package', () => {
    const files = { 'requirements.txt': 'torch==2.7\n', 'jobs/legacy/requirements.txt': 'torch==1.13.1\n' };
    expect(verdicts(files, 'jobs/legacy/src/run.py').certainlyOld).toBe(true);
    expect(verdicts(files, 'jobs/new/run.py').old).toBe(false);
    expect(verdicts(files, 'jobs/run.py').old).toBe(false);
  });

  it('is not sure where two manifests of a folder differ', () => {
    const files = { 'requirements.txt': 'torch==2.7\n', 'environment.yml': 'dependencies: [pytorch=2.1]\n' };
    expect(verdicts(files)).toEqual({ old: true, certainlyOld: false });
  });
});

describe('manifestPaths', () => {
  it('asks for the root first, and for so many folders in all', () => {
    const paths = new Set(['a/b/c.py', 'a/d.py', 'e/f.py']);
    const folders = (max: number) =>
      manifestPaths(paths, max)
        .filter((path) => path.endsWith('requirements.txt'))
        .map((path) => path.replace('requirements.txt', ''));
    expect(folders(10)).toEqual(['', 'a/', 'a/b/', 'e/']);
    expect(folders(2)).toEqual(['', 'a/']);
  });

  it('asks for nothing when no file asks', () => {
    expect(manifestPaths(new Set(), 10)).toEqual([]);
  });
});
