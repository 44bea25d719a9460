/** The small machine-learning repository of the demo: what its main branch holds, and what the pull request changes. */
import { expandTemplate } from '#analyzers/secrets/samples/samples.ts';

type Files = Record<string, string>;

const README = '# Sentiment\n\nFine-tunes a small encoder on product reviews and serves it.\n';

const TRAIN = `"""Fine-tunes the sentiment classifier."""

import argparse
import pickle
from pathlib import Path

import torch
import yaml

from model import SentimentClassifier


def load_vocabulary(path: Path) -> dict[str, int]:
    with path.open("rb") as file:
        return pickle.load(file)


def train(config: dict, data: Path) -> SentimentClassifier:
    model = SentimentClassifier(config["hidden_size"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=config["learning_rate"])
    for epoch in range(config["epochs"]):
        for batch in torch.load(data / "batches.pt", weights_only=True):
            optimizer.zero_grad()
            model.loss(batch).backward()
            optimizer.step()
    return model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    arguments = parser.parse_args()
    config = yaml.safe_load(arguments.config.read_text())
    model = train(config, arguments.data)
    torch.save(model.state_dict(), "model.pt")


if __name__ == "__main__":
    main()
`;

const CONFIG = 'hidden_size: 256\nlearning_rate: 0.0003\nepochs: 3\ntracking:\n  project: sentiment\n';

export const BASE_FILES: Files = { 'README.md': README, 'train.py': TRAIN, 'config.yaml': CONFIG };

/** Resumes from a checkpoint, reads the configuration with custom tags, tracks runs, and explores the result in a notebook. */
export function headFiles(): Files {
  const train = TRAIN.replace(
    '    model = SentimentClassifier(config["hidden_size"])\n',
    '    model = SentimentClassifier(config["hidden_size"])\n' +
      '    if config.get("resume"):\n' +
      '        checkpoint = torch.load(config["resume"], map_location="cpu")\n' +
      '        model.load_state_dict(checkpoint["model"])\n',
  ).replace(
    'yaml.safe_load(arguments.config.read_text())',
    'yaml.load(arguments.config.read_text(), Loader=yaml.Loader)',
  );
  const config =
    `${CONFIG}  api_key: ${expandTemplate('{hex:40}', 'demo-wandb')}\nresume: checkpoints/last.ckpt\n`.replace(
      '  api_key',
      '  WANDB_API_KEY',
    );
  return { 'train.py': train, 'config.yaml': config, 'notebooks/explore.ipynb': notebook() };
}

function notebook(): string {
  const token = expandTemplate('hf_{alnum:34}', 'demo-huggingface');
  const cells = [
    markdown(['# What does the classifier get wrong?\n', '\n', 'Run `train.py` first.']),
    code(1, [
      '%matplotlib inline\n',
      'import pandas as pd\n',
      'from transformers import AutoModel, AutoTokenizer\n',
      'from torch import load as load_checkpoint',
    ]),
    code(2, ['import os\n', `os.environ["HF_TOKEN"] = "${token}"\n`, '!huggingface-cli whoami'], ['sentiment-team\n']),
    code(4, [
      'encoder = AutoModel.from_pretrained(\n',
      '    "acme/sentiment-encoder",\n',
      '    trust_remote_code=True,\n',
      ')\n',
      'state = load_checkpoint("model.pt")\n',
      'encoder.load_state_dict(state)',
    ]),
    code(
      5,
      ['errors = pd.read_csv("errors.csv")\n', 'errors.head()'],
      ['   review  label  predicted\n', '0  "meh"       1          0\n'],
    ),
  ];
  const metadata = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function markdown(source: string[]) {
  return { cell_type: 'markdown', metadata: {}, source };
}

function code(execution: number, source: string[], output: string[] = []) {
  const outputs = output.length === 0 ? [] : [{ name: 'stdout', output_type: 'stream', text: output }];
  return { cell_type: 'code', execution_count: execution, metadata: {}, outputs, source };
}
