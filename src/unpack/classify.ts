/** What a text file is, by its name and its first line. */
import type { Language, PartKind } from '#domain/part.ts';

const PYTHON_NAMES = new Set(['sconstruct', 'sconscript', 'wscript']);
const PYTHON_SHEBANG = /^#!.*\b(?:python[\d.]*w?|pypy[\d.]*|uv run)(?![\w.-])/;
/** A shebang line that is longer than this (UTF-16 units) is none: the kernel reads 256 bytes. */
const SHEBANG_LIMIT = 256;

export function isNotebook(path: string): boolean {
  return path.toLowerCase().endsWith('.ipynb');
}

/** A file is `source` unless people read it only: .txt stays source, since requirements.txt and CMakeLists.txt run. */
export function kindOf(path: string): PartKind {
  return /\.(?:md|markdown|rst|adoc)$/i.test(path) ? 'prose' : 'source';
}

const TEXT_NAMES =
  /(?:^|\/)\.env[^/]*$|(?:^|\/)(?:Dockerfile|Makefile|Jenkinsfile|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.htpasswd)$|\.(?:py[iw]?|ipynb|ya?ml|json[cl5]?|toml|ini|cfg|conf|properties|env|txt|log|md|markdown|rst|adoc|[ct]sv|sh|bash|zsh|ps1|bat|cmd|sql|xml|html?|[cm]?[jt]sx?|tf|tfvars|r|rmd|jl|java|kts?|scala|go|rs|rb|php|c|cc|cpp|h|hpp|cu|cs|lua|pem|key|crt)$/i;

/** True for a name under which people expect a text, whatever the bytes are. */
export function hasTextName(path: string): boolean {
  return TEXT_NAMES.test(path);
}

export function languageOf(path: string, text: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.py[iw]?$/.test(name) || PYTHON_NAMES.has(name)) return 'python';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (name.endsWith('.json')) return 'json';
  if (/\.(?:ba)?sh$/.test(name)) return 'bash';
  const [firstLine = ''] = text.slice(0, SHEBANG_LIMIT).split('\n', 1);
  return PYTHON_SHEBANG.test(firstLine) ? 'python' : null;
}
