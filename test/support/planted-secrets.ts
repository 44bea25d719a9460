/** One change with secrets wherever its text comes to be shown, and what finds a trace of them in whatever it left behind. */
import { gzipSync } from 'node:zlib';
import { notebook } from '#test/support/ml-files.ts';
import { sampleToken } from '#test/support/samples.ts';
import { zip } from '#test/unpack/archives.ts';

const huggingface = (where: string) => sampleToken('huggingface', where);

export const SECRETS = {
  token: huggingface('in code'),
  fileName: huggingface('in a name'),
  entry: huggingface('in an archive'),
  entryName: huggingface('in the name of an entry'),
  nested: sampleToken('github'),
  openai: sampleToken('openai'),
  anthropic: sampleToken('anthropic'),
  gone: huggingface('gone again'),
  goneName: huggingface('in a name that is gone again'),
  message: huggingface('in a message'),
  title: huggingface('in a title'),
  body: huggingface('in a description'),
  branch: huggingface('in a branch'),
  waived: huggingface('in a waiver'),
  ignored: huggingface('in .gitleaksignore'),
  rule: huggingface('in a rule that is broken'),
  wholeLine: sampleToken('generic', 'on a line that a rule takes whole'),
  key: sampleToken('private-key'),
} as const;
const { token, fileName, nested, gone, goneName } = SECRETS;
const encoded = Buffer.from(`TOKEN = "${nested}"`).toString('base64');

/** On the target branch: a team's rules, of which one is broken, and one takes a line whole. */
export const BASE = {
  OWNER: 'acme',
  '.github/assay.yml':
    'verification: {detectors: [huggingface-user-token, github-token, openai-api-key, anthropic-api-key]}\n',
  '.gitleaks.toml': [
    `[[rules]]\nid = "broken"\nregex = '''(${SECRETS.rule}'''`,
    `[[rules]]\nid = "whole-line"\nregex = '''corporate phrase.*'''`,
  ].join('\n'),
  '.gitleaksignore': `keys/${SECRETS.ignored}.txt:huggingface-user-token:1\n${SECRETS.ignored}\n`,
};

/** The same mistakes in files that cannot be read at all. */
export const BROKEN_BASE = {
  OWNER: 'acme',
  '.github/assay.yml': `waivers:\n  - secret: "${SECRETS.waived}"\n    ${SECRETS.rule}: 1\n    reason: ${SECRETS.waived}\n`,
  '.gitleaks.toml': `title = "x"\n${SECRETS.rule} ${SECRETS.rule}\n[[rules]\n`,
};

export const HEAD = {
  'train.py': [
    'import torch',
    'from transformers import AutoModel',
    `m = AutoModel.from_pretrained("x", token="${token}", trust_remote_code=True)`,
    `torch.load("${token}")  # assay: allow[torch-load-untrusted] reason="key ${token}" until=2999-01-01`,
    `# assay: allow[${token}]`,
    `torch.load("x")  # nosemgrep: ${token}`,
  ].join('\n'),
  'eda.ipynb': notebook([{ code: 'print(token)', output: `logged in with ${token}\n`, execution: 1 }]),
  'broken.ipynb': `{"cells": [${token}`,
  'broken.py': `def f(${token}:\n  x = "${token}`,
  '.env': `OPENAI_API_KEY=${SECRETS.openai}\nANTHROPIC_API_KEY=${SECRETS.anthropic}\n`,
  'notes.txt': `corporate phrase: ${SECRETS.wholeLine}\n`,
  [`keys/${fileName}.txt`]: 'nothing\n',
  [`keys/${fileName}.png`]: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]).toString('latin1'),
  [`keys/${fileName}/load.py`]: `import torch\ntorch.load("keys/${fileName}")\n`,
  'data.zip': zip([
    { name: `${SECRETS.entryName}/a.env`, content: `HF_TOKEN=${SECRETS.entry}\n` },
    { name: `locked/${SECRETS.entryName}.env`, content: 'x', encrypted: true },
    { name: `broken/${SECRETS.entryName}.gz`, content: gzipSync(`HF_TOKEN=${SECRETS.entry}\n`).subarray(0, 30) },
  ]),
  id_rsa: `${SECRETS.key}\n`,
  'config.py': `BLOB = "${encoded}"\nimport torch\ntorch.load("${encoded}")\n`,
};

/** What a commit in the middle has, and the head has not. */
export const MIDDLE = {
  'middle.py': `token = "${gone}"  # gitleaks:allow ${gone}\n`,
  'gone.py': `# ${gone}\ntoken = "${gone}"\n`,
  [`old/${goneName}.txt`]: `${gone}\n`,
};
export const AFTER = { 'middle.py': 'pass\n', 'gone.py': null, [`old/${goneName}.txt`]: null };
export const MESSAGE = `Log in\n\nwith ${SECRETS.message}`;

/** Of each secret what no prefix gives away: in clear, backwards, and as it may be encoded on the way. */
const HIDDEN = [...Object.values(SECRETS).map((one) => one.split('\n')[3] ?? one.slice(8)), encoded.slice(20)];
const WINDOW = 8;

function forms(piece: string): { text: string; window: number }[] {
  const backwards = [...piece].reverse().join('');
  // What is left of base64 when nobody knows at which of three offsets the text begins.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from(`${'-'.repeat(offset)}${piece}`)
      .toString('base64')
      .slice(4, -4),
  );
  const hex = Buffer.from(piece).toString('hex');
  return [
    ...[piece, backwards, piece.toLowerCase(), piece.toUpperCase()].map((text) => ({ text, window: WINDOW })),
    ...base64.map((text) => ({ text, window: 12 })),
    ...[hex, hex.toUpperCase()].map((text) => ({ text, window: 2 * WINDOW })),
  ];
}

const FORMS = HIDDEN.flatMap(forms);
const SLICES = Map.groupBy(
  FORMS.flatMap(({ text, window }) =>
    Array.from({ length: text.length - window + 1 }, (_, start) => text.slice(start, start + window)),
  ),
  ({ length }) => length,
);

/** Slices of secrets, in any form, of at least 8 of their characters. */
export function tracesIn(said: string): string[] {
  const found = new Set<string>();
  for (const [window, slices] of SLICES) {
    const wanted = new Set(slices);
    for (let start = 0; start + window <= said.length; start++) {
      const slice = said.slice(start, start + window);
      if (wanted.has(slice)) found.add(slice);
    }
  }
  return [...found];
}

/** The same for what is too much to look at so closely: whole secrets. */
export function secretsIn(bytes: Buffer): string[] {
  return FORMS.map(({ text }) => text).filter((text) => bytes.includes(text, 0, 'latin1'));
}
