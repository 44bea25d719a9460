/** The demo's page: a pull request as a person sees it, the check above and the annotations at their lines. */
import { marked } from 'marked';
import { type DiffRow, toRows } from './diff.ts';

export interface PageAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly title?: string | null;
  readonly message: string;
}

export interface PageFile {
  readonly filename: string;
  readonly status: string;
  readonly patch?: string;
}

export interface PageData {
  readonly title: string;
  readonly number: number;
  readonly repository: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly check: { readonly conclusion: string; readonly title: string; readonly summary: string };
  readonly annotations: readonly PageAnnotation[];
  readonly files: readonly PageFile[];
}

const STYLE = `
  :root { color-scheme: light; --line: #d1d9e0; --muted: #59636e; }
  body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; }
  main { max-width: 1100px; margin: 0 auto; padding: 24px; }
  h1 { font-size: 26px; font-weight: 400; margin: 0 0 4px; } h1 span { color: var(--muted); }
  .refs { color: var(--muted); margin-bottom: 20px; } code { font: 12px/1.45 ui-monospace, monospace; background: #eff2f5; border-radius: 6px; padding: 2px 5px; }
  section { border: 1px solid var(--line); border-radius: 6px; margin-bottom: 20px; overflow: hidden; }
  section > header { background: #f6f8fa; border-bottom: 1px solid var(--line); padding: 10px 16px; font-weight: 600; }
  .check > header::before { content: "●"; margin-right: 8px; } .failure > header::before { color: #d1242f; }
  .success > header::before { color: #1a7f37; } .neutral > header::before { color: #59636e; }
  .summary { padding: 4px 20px 12px; } .summary table { border-collapse: collapse; } .summary td, .summary th { border: 1px solid var(--line); padding: 4px 12px; text-align: left; }
  .summary pre { background: #f6f8fa; border-radius: 6px; padding: 12px; overflow-x: auto; } .summary pre code { background: none; padding: 0; }
  .summary a { color: #0969da; text-decoration: none; }
  table.diff { width: 100%; border-collapse: collapse; font: 12px/20px ui-monospace, monospace; }
  .diff td { padding: 0 10px; white-space: pre-wrap; word-break: break-all; vertical-align: top; }
  .diff td.n { width: 1%; min-width: 34px; text-align: right; color: var(--muted); user-select: none; white-space: nowrap; }
  .added td { background: #dafbe1; } .added td.n { background: #aceebb; } .removed td { background: #ffebe9; } .removed td.n { background: #ffcecb; }
  .hunk td { background: #ddf4ff; color: var(--muted); }
  .diff td.note { padding: 8px 16px; background: #fff; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); white-space: normal; font: 14px/1.5 system-ui, sans-serif; }
  .note div { border-left: 4px solid #d1242f; padding: 4px 14px; white-space: pre-wrap; word-break: normal; } .note .warning { border-color: #9a6700; } .note .notice { border-color: #0969da; }
  .note b { display: block; }
`;

/** The whole page as HTML. Everything but the check's own Markdown is escaped here; that was escaped by its author, Assay. */
export function renderPage(data: PageData): string {
  const { check } = data;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(data.title)}</title><style>${STYLE}</style><main>
<h1>${escapeHtml(data.title)} <span>#${data.number}</span></h1>
<p class="refs">${escapeHtml(data.repository)} · <code>${escapeHtml(data.headRef)}</code> into <code>${escapeHtml(data.baseRef)}</code></p>
<section class="check ${escapeHtml(check.conclusion)}"><header>Assay: ${escapeHtml(check.title)}</header>
<div class="summary">${marked.parse(check.summary, { async: false })}</div></section>
${data.files
  .map((file) =>
    renderFile(
      file,
      data.annotations.filter(({ path }) => path === file.filename),
    ),
  )
  .join('\n')}
</main></html>`;
}

function renderFile(file: PageFile, annotations: readonly PageAnnotation[]): string {
  const rows = toRows(file.patch ?? '');
  const visible = new Set(rows.map((row) => row.head));
  const outside = annotations.filter(({ end_line }) => !visible.has(end_line));
  const body = rows.map(
    (row) =>
      renderRow(row) +
      annotations
        .filter(({ end_line }) => end_line === row.head)
        .map(renderNote)
        .join(''),
  );
  return `<section><header>${escapeHtml(file.filename)} <code>${escapeHtml(file.status)}</code></header>
<table class="diff">${body.join('')}${outside.map(renderNote).join('')}</table></section>`;
}

function renderRow({ kind, base, head, text }: DiffRow): string {
  const sign = { hunk: '', context: ' ', added: '+', removed: '-' }[kind];
  return `<tr class="${kind}"><td class="n">${base ?? ''}</td><td class="n">${head ?? ''}</td><td>${sign}${escapeHtml(text)}</td></tr>`;
}

function renderNote({ annotation_level, title, message, start_line }: PageAnnotation): string {
  return `<tr><td class="note" colspan="3"><div class="${escapeHtml(annotation_level)}"><b>${escapeHtml(title ?? `line ${start_line}`)}</b>${escapeHtml(message)}</div></td></tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
