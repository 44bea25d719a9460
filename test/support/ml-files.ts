/** Small files of a machine-learning repository, and what is found in them. */

export const CLEAN = 'import torch\n\n\ndef load(path):\n    return torch.load(path, weights_only=True)\n';

/** One blocking finding: `torch-load-untrusted` on line 5. */
export const RISKY = 'import torch\n\n\ndef load(path):\n    return torch.load(path)\n';
export const RISKY_RULE = 'torch-load-untrusted';

/** Another one: `pickle-load` on line 5. */
export const PICKLE = 'import pickle\n\n\ndef read(file):\n    return pickle.load(file)\n';

/** One of the first, where it cannot be taken for code that was moved. */
export const OTHER_RISKY = 'import torch\n\n\ndef restore(path):\n    return torch.load(path)\n';

interface Cell {
  readonly code?: string;
  readonly markdown?: string;
  readonly output?: string;
  readonly execution?: number;
}

export function notebook(cells: readonly Cell[], indent: number | null = 1): string {
  const lines = (text: string) => text.split(/(?<=\n)/);
  const content = {
    cells: cells.map(({ code, markdown, output, execution = null }) =>
      code === undefined
        ? { cell_type: 'markdown', metadata: {}, source: lines(markdown ?? '') }
        : {
            cell_type: 'code',
            execution_count: execution,
            metadata: {},
            outputs: output === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: lines(output) }],
            source: lines(code),
          },
    ),
    metadata: { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(content, null, indent ?? 0) + (indent === null ? '' : '\n');
}
