/** Manifests and lock files as people have them, and what is read of them. */
import { describe, expect, it } from 'vitest';
import { MAX_SPECIFIERS } from '#dependencies/pinned.ts';
import { MAX_MANIFEST_LENGTH, MAX_YAML_TOKENS, readManifest } from '#dependencies/read-manifest.ts';

const read = (name: string, text: string) => Object.fromEntries(readManifest(name, text));

describe('requirements.txt', () => {
  it('reads names, extras, markers, comments, hashes and continued lines', () => {
    const text = [
      '# what we train with',
      '--extra-index-url https://download.pytorch.org/whl/cu121',
      '-r base.txt',
      'torch==2.5.1+cu121 ; sys_platform == "linux"  # pinned',
      'Torch_Geometric >= 2.3, < 3',
      'transformers[torch,sentencepiece]~=4.40',
      'numpy',
      'safetensors==0.4.3 \\',
      '    --hash=sha256:00',
      'lightning @ git+https://github.com/Lightning-AI/lightning',
      './wheels/own.whl',
      '',
    ].join('\r\n');
    expect(read('requirements.txt', text)).toEqual({
      torch: ['==2.5.1+cu121'],
      'torch-geometric': ['>= 2.3, < 3'],
      transformers: ['~=4.40'],
      numpy: [''],
      safetensors: ['==0.4.3'],
      lightning: [''],
    });
  });
});

describe('lock files', () => {
  it.each(['uv.lock', 'poetry.lock', 'pdm.lock'])('%s', (name) => {
    const text = 'version = 1\n[[package]]\nname = "torch"\nversion = "2.6.0"\n[[package]]\nname = "own"\n';
    expect(read(name, text)).toEqual({ torch: ['==2.6.0'] });
  });

  it('Pipfile.lock', () => {
    const text = JSON.stringify({ default: { torch: { version: '==2.4.0' } }, develop: { pytest: {} } });
    expect(read('Pipfile.lock', text)).toEqual({ torch: ['==2.4.0'], pytest: [''] });
  });
});

describe('pyproject.toml', () => {
  it('reads PEP 621, dependency groups and Poetry', () => {
    const text = `
[project]
dependencies = ["torch>=2.6", "numpy (>=1.26)"]
[project.optional-dependencies]
gpu = ["xformers==0.0.27"]
[dependency-groups]
dev = ["pytest>=8", {include-group = "lint"}]
[tool.poetry.dependencies]
python = "^3.11"
torchvision = { version = "^0.19", source = "pytorch" }
timm = "*"
[tool.poetry.group.train.dependencies]
wandb = "~0.17"
`;
    expect(read('pyproject.toml', text)).toEqual({
      torch: ['>=2.6'],
      numpy: ['>=1.26'],
      xformers: ['==0.0.27'],
      pytest: ['>=8'],
      python: ['^3.11'],
      torchvision: ['^0.19'],
      timm: [''],
      wandb: ['~0.17'],
    });
  });
});

describe('environment.yml', () => {
  it("reads conda's names, builds and the packages that pip installs", () => {
    const text = `
channels: [pytorch]
dependencies:
  - python=3.11
  - pytorch::pytorch=2.5.1=py3.11_cuda12.1_cudnn9_0
  - numpy >=1.26
  - pip
  - pip:
      - accelerate==0.30.0
`;
    expect(read('environment.yml', text)).toEqual({
      python: ['=3.11'],
      torch: ['=2.5.1'],
      numpy: ['>=1.26'],
      pip: [''],
      accelerate: ['==0.30.0'],
    });
  });
});

describe('what cannot be read names no version', () => {
  it.each([
    ['uv.lock', '[[package'],
    ['uv.lock', 'package = 3'],
    ['Pipfile.lock', 'null'],
    ['Pipfile.lock', '{"default": []'],
    ['pyproject.toml', '[project]\ndependencies = "torch"'],
    ['environment.yml', 'dependencies: {torch: 1}'],
    ['environment.yml', '- torch: ['],
    ['environment.yml', 'a: &a [x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]\n'],
    ['requirements.txt', '\u0000\u0001'],
    ['requirements.txt', 'a'.repeat(MAX_MANIFEST_LENGTH + 1)],
    ['environment.yml', `dependencies: [torch=1${','.repeat(MAX_YAML_TOKENS)}]`],
    ['environment.yml', `dependencies: ['torch=1', x: ${'['.repeat(5_000)}`],
    ['setup.py', 'torch==2.0'],
  ])('%s %#', (name, text) => expect(read(name, text)).toEqual({}));
});

it('says nothing of a package that is named too often', () => {
  const text = Array.from({ length: MAX_SPECIFIERS + 50 }, (_, minor) => `torch==2.${minor}`).join('\n');
  const { torch } = read('requirements.txt', `${text}\n${text}`);
  expect(torch).toHaveLength(MAX_SPECIFIERS + 1);
  expect(torch).toContain('');
});
