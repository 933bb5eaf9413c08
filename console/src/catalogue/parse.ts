/**
 * The rows of docs/errors.md as data. Read when the console is built (build/error-catalogue.ts), so that no Markdown and
 * no HTML reaches a page: a row is texts and pieces of text.
 */

export type Piece = { readonly text: string } | { readonly code: string };

export interface ErrorRow {
  readonly code: number;
  readonly slug: string;
  readonly status: number;
  /** The WebSocket close code; null where the refusal ends no connection. */
  readonly close: number | null;
  readonly retry: 'no' | 'later' | 'at once' | 'same id';
  /** Ably's number where it is another one. */
  readonly ably: string | null;
  readonly title: string;
  readonly meaning: readonly Piece[];
}

const RETRIES = ['no', 'later', 'at once', 'same id'] as const;

/** @throws Error where a line that begins as a row is not one: a build with half a catalogue is none */
export function parseCatalogue(markdown: string): ErrorRow[] {
  return markdown
    .split('\n')
    .filter((line) => /^\| \d{5} \|/.test(line))
    .map(row);
}

function row(line: string): ErrorRow {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
  const [code = '', slug = '', status = '', close = '', retry = '', ably = '', title = '', ...rest] = cells;
  const plainSlug = plain(slug);
  const kindOfRetry = RETRIES.find((one) => one === retry);
  if (rest.length !== 1 || kindOfRetry === undefined || !/^[a-z0-9-]+$/.test(plainSlug)) {
    throw new Error(`docs/errors.md: not a row of the catalogue: ${line}`);
  }
  return {
    code: Number(code),
    slug: plainSlug,
    status: Number(status),
    close: close === '-' ? null : Number(close),
    retry: kindOfRetry,
    ably: ably === '-' ? null : ably,
    title,
    meaning: pieces(rest.join('|')),
  };
}

function plain(cell: string): string {
  return pieces(cell)
    .map((piece) => ('text' in piece ? piece.text : piece.code))
    .join('');
}

/** Without anchors; a link is its words, since it leads to another file of the same folder. */
function pieces(markdown: string): Piece[] {
  const text = markdown
    .replaceAll(/<a id="[^"]*"><\/a>/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('\\|', '|');
  return text
    .split('`')
    .map((part, i): Piece => (i % 2 === 1 ? { code: part } : { text: part }))
    .filter((piece) => ('text' in piece ? piece.text !== '' : true));
}
