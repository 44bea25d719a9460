/** Two hundred pull requests as teams open them: mostly small, notebooks among them, a few that are large. */
import { CLEAN, notebook, PICKLE, RISKY } from '#test/support/ml-files.ts';

export interface BenchPull {
  readonly organisation: number;
  readonly base: Record<string, string>;
  readonly head: Record<string, string>;
}

/** A linear congruential generator: the mix is the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const BODY = [
  'import argparse\nimport logging\nimport os\n\nimport numpy as np\nimport torch\nfrom torch import nn\nfrom torch.utils.data import DataLoader\n\nlogger = logging.getLogger(__name__)\n',
  'class Encoder(nn.Module):\n    def __init__(self, width: int, depth: int) -> None:\n        super().__init__()\n        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))\n\n    def forward(self, batch):\n        for layer in self.layers:\n            batch = torch.relu(layer(batch))\n        return batch\n',
  'def train(model, loader: DataLoader, epochs: int, rate: float) -> float:\n    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)\n    total = 0.0\n    for epoch in range(epochs):\n        for batch in loader:\n            optimizer.zero_grad()\n            loss = model(batch["input"].float()).pow(2).mean()\n            loss.backward()\n            optimizer.step()\n            total += float(loss)\n        logger.info("epoch %d: %.4f", epoch, total)\n    return total\n',
  'def evaluate(predictions, labels):\n    """Accuracy, and the confusion matrix as a list of rows."""\n    matrix = [[0] * 4 for _ in range(4)]\n    for predicted, label in zip(predictions, labels):\n        matrix[label][predicted] += 1\n    return sum(matrix[i][i] for i in range(4)) / max(1, len(labels)), matrix\n',
];

function module(next: () => number, extra = ''): string {
  const parts = Array.from({ length: 2 + Math.floor(next() * 12) }, () => BODY[1 + Math.floor(next() * 3)]!);
  return [BODY[0]!, ...parts, extra].join('\n\n');
}

function explore(next: () => number): string {
  const cells = Array.from({ length: 8 + Math.floor(next() * 20) }, (_, index) => ({
    code: `%time\n${BODY[1 + (index % 3)]!}`,
    execution: index + 1,
    output: 'epoch 1: 0.3312\n'.repeat(1 + Math.floor(next() * 40)),
  }));
  return notebook([
    { markdown: '# Explore\n' },
    ...cells,
    { code: 'import pickle\nstate = pickle.load(open("s.pkl", "rb"))' },
  ]);
}

export function createMix(pulls: number, organisations: number): BenchPull[] {
  const next = random(20_261_121);
  return Array.from({ length: pulls }, (_, index) => {
    const size = index % 100 === 99 ? 300 : index % 20 === 19 ? 60 : 1 + Math.floor(next() * 9);
    const base: Record<string, string> = {};
    const head: Record<string, string> = { 'load.py': index % 2 === 0 ? RISKY : `${CLEAN}\n${PICKLE}` };
    for (let file = 0; file < size; file++) {
      const path = `src/part_${file % 17}/module_${file}.py`;
      if (next() < 0.7) base[path] = module(next);
      head[path] = `${base[path] ?? module(next)}\n\ndef added_${index}_${file}(value):\n    return value + ${file}\n`;
    }
    if (next() < 0.3) head['notebooks/explore.ipynb'] = explore(next);
    if (next() < 0.3) head['config.yaml'] = `learning_rate: ${next()}\nepochs: ${index}\n`;
    return { organisation: index % organisations, base, head };
  });
}
