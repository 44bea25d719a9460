import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Who imports whom: a folder, and the folders that it may import besides its own. `.` is the root of src. */
const MAY_IMPORT: Record<string, readonly string[] | 'anything'> = {
  domain: [],
  github: ['domain'],
  git: ['domain'],
  store: ['domain'],
  intake: ['domain'],
  unpack: ['domain'],
  dependencies: ['domain'],
  policy: ['domain'],
  analyzers: ['domain'],
  changes: ['domain', 'github', 'git'],
  queue: ['domain', 'store'],
  baseline: ['domain', 'store'],
  publish: ['domain', 'github', 'store'],
  // These join stages, and are joined by the root themselves.
  inspection: ['domain', 'unpack', 'analyzers', 'dependencies', 'baseline'],
  team: ['domain', 'analyzers', 'baseline', 'policy'],
  verification: ['domain', 'unpack', 'analyzers', 'baseline', 'policy', 'inspection'],
  commands: 'anything',
  '.': 'anything',
};

/** One door per package: the folders that may import it. */
const DOORS: Record<string, readonly string[]> = {
  probot: ['github', '.'],
  octokit: ['github'],
  'node:child_process': ['git'],
  'node:http': ['.', 'intake'],
  'node:https': [],
  'node:net': ['.'],
  'node:tls': [],
  pg: ['store'],
  '@electric-sql/pglite': ['store'],
  'pg-boss': ['store', 'queue'],
  'web-tree-sitter': ['analyzers'],
  re2js: ['analyzers', 'policy'],
  'smol-toml': ['analyzers', 'dependencies'],
  '@renovatebot/pep440': ['dependencies'],
};

/** The hard limit of a file, and the sizes that half and nine tenths of the files keep to (lines). */
const LIMITS = { hard: 400, p90: 200, median: 80 };
const TABLES_OF_CONTENTS = ['review.ts', 'app.ts'];

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const readSource = (path: string): string => readFileSync(join(SRC, path), 'utf8');

const files: SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readSource(path);
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
    return {
      path,
      folder: path.includes('/') ? path.split('/')[0]! : '.',
      lines: text.split('\n').length - 1,
      imports,
    };
  });

const edges = files.flatMap((file) => file.imports.map((target) => ({ file, target })));

function targetFolder(file: SourceFile, target: string): string | null {
  if (target.startsWith('#')) return target.includes('/') ? target.slice(1).split('/')[0]! : '.';
  if (target.startsWith('./'))
    return file.folder === '.' && target.slice(2).includes('/') ? target.split('/')[1]! : file.folder;
  return null;
}

describe('architecture', () => {
  it('has a rule for every folder', () => {
    expect([...new Set(files.map(({ folder }) => folder))].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('keeps the direction of imports', () => {
    const bad = edges.filter(({ file, target }) => {
      const to = targetFolder(file, target);
      const allowed = MAY_IMPORT[file.folder];
      return to !== null && to !== file.folder && allowed !== 'anything' && !allowed?.includes(to);
    });
    expect(bad.map(({ file, target }) => `${file.path} imports ${target}`)).toEqual([]);
  });

  it('lets no analyzer import another', () => {
    const bad = edges.filter(({ file, target }) => {
      const [, own] = file.path.split('/');
      const other = /^#analyzers\/([^/]+)\//.exec(target)?.[1];
      return file.folder === 'analyzers' && file.path.split('/').length > 2 && other !== undefined && other !== own;
    });
    expect(bad.map(({ file, target }) => `${file.path} imports ${target}`)).toEqual([]);
  });

  it('opens a sealed secret in the folder of its detector only', () => {
    const openers = edges.filter(({ target }) => /(?:^|\/)seal\.ts$/.test(target)).map(({ file }) => file.path);
    expect(openers.length).toBeGreaterThan(0);
    expect(openers.filter((path) => !path.startsWith('analyzers/secrets/'))).toEqual([]);
  });

  it('fetches from other machines where vendors are asked about secrets, and nowhere else', () => {
    const texts = files.map(({ path }) => ({ path, text: readSource(path) }));
    const fetching = texts.filter(({ text }) => /\bfetch\(/.test(text) && !text.includes('function fetch('));
    expect(fetching.map(({ path }) => path)).toEqual(['analyzers/secrets/verify/ask.ts']);
  });

  it('gives every outside package one door', () => {
    const bad = edges.filter(({ file, target }) =>
      Object.entries(DOORS).some(
        ([name, folders]) => (target === name || target.startsWith(`${name}/`)) && !folders.includes(file.folder),
      ),
    );
    expect(bad.map(({ file, target }) => `${file.path} imports ${target}`)).toEqual([]);
  });

  it('never climbs out of a folder, and imports tests from nowhere', () => {
    const bad = edges.filter(({ target }) => target.startsWith('../') || /^#(?:test|demo)\//.test(target));
    expect(bad.map(({ file, target }) => `${file.path} imports ${target}`)).toEqual([]);
  });

  it('has no import cycle', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const resolve = (file: SourceFile, target: string): SourceFile | undefined =>
      target.startsWith('#')
        ? byPath.get(target.slice(1))
        : target.startsWith('./')
          ? byPath.get(join(dirname(file.path), target))
          : undefined;
    const done = new Set<SourceFile>();
    const cycles: string[] = [];
    const visit = (file: SourceFile, trail: SourceFile[]): void => {
      if (trail.includes(file))
        cycles.push([...trail.slice(trail.indexOf(file)), file].map(({ path }) => path).join(' → '));
      if (done.has(file) || trail.includes(file)) return;
      for (const target of file.imports) {
        const next = resolve(file, target);
        if (next !== undefined) visit(next, [...trail, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('names files in kebab-case, without index files', () => {
    const bad = files.filter(
      ({ path }) => !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(path) || path.endsWith('/index.ts'),
    );
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  it('opens every file with a sentence that gives its place', () => {
    const bad = files.filter(({ path }) => !/^(?:#!.*\n)?\/\*\*/.test(readSource(path)));
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  it('keeps files small', () => {
    const over = files.filter(({ path, lines }) => lines > (TABLES_OF_CONTENTS.includes(path) ? 80 : LIMITS.hard));
    expect(over.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
    const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(LIMITS.median);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(LIMITS.p90);
  });
});
