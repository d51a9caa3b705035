import type { CampaignReport } from '../../contract/campaign-report';
import type { Cell, DataTable, Section } from '../outline/outline';
import { outlineReport } from '../outline/outline-report';

/** The report's words and tables as Markdown (GitHub's kind). Plots are left to the HTML. */
export function renderMarkdown(report: CampaignReport): string {
  const outline = outlineReport(report);
  const blocks = [
    `# ${plain(outline.title)}: ${plain(outline.status)}`,
    plain(outline.summary),
    ...(outline.failure === null ? [] : [`> **${plain(outline.failure).replaceAll('\n', '\n> ')}**`]),
    ...outline.notes.map((note) => `> ${plain(note)}`),
    table({
      caption: '',
      columns: ['', '', ''].map((head) => ({ head, numeric: false })),
      rows: outline.tiles.map(({ label, value, detail }) => [label, value, detail]),
    }),
    ...outline.sections.flatMap(section),
    '## Campaign file, as resolved',
    fenced(outline.config),
    `Made by \`laser report\` at ${outline.madeAt}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section({ title, paragraphs, tables }: Section): string[] {
  return [
    `## ${title}`,
    ...paragraphs.map(plain),
    ...tables.flatMap((entry) => [`**${plain(entry.caption)}**`, table(entry)]),
  ];
}

function table({ columns, rows }: DataTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => plain(head))),
    line(columns.map(({ numeric }) => (numeric ? '--:' : '---'))),
    ...rows.map((row) => line(row.map(cellText))),
  ].join('\n');
}

function cellText(cell: Cell): string {
  const text = typeof cell === 'string' ? cell : cell.text;
  const oneLine = text.replace(/\s*\n\s*/g, ' ');
  return typeof cell !== 'string' && cell.as === 'code' && !oneLine.includes('`')
    ? `\`${oneLine.replaceAll('|', '\\|')}\``
    : plain(oneLine);
}

/** Text from data that Markdown would take for markup, as itself. Brackets are none unless they make a link. */
function plain(text: string): string {
  const marks = /\](?:\(|\[|:)/.test(text) ? /[\\`*_{}[\]|~$]/g : /[\\`*_{}|~$]/g;
  return text
    .replace(marks, '\\$&')
    .replace(/<(?=[a-zA-Z/!?])/g, '\\<')
    .replace(/^(#|>|[-+] |\d+[.)] )/gm, '\\$1');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
