import type { ComparisonResult } from '../../contract/comparison-result';
import { Html, html } from '../html/html';
import { pageStyle } from '../html/page-style';
import { renderFigure } from '../html/render-figure';
import { renderTable } from '../html/render-table';
import { dataTable } from '../outline/data-table';
import { comparisonFigures } from './comparison-figures';
import type { Provenance } from './comparison-markdown';
import { comparisonTables } from './comparison-tables';

/** A comparison as one page that needs no network, no script and no other file. */
export function renderComparison(result: ComparisonResult, { command, machine }: Provenance): string {
  const failures = result.strategies.flatMap(({ runs }) => runs.flatMap(({ failure }) => failure ?? []));
  const tables = comparisonTables(result).map(
    ({ title, note, head, rows }) =>
      html`<section>
        <h2>${title}</h2>
        <p>${note}</p>
        ${renderTable(dataTable(title, head, rows), [])}
      </section>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${result.comparison}: comparison</title>
        <style>
          ${new Html(pageStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>Comparison ${result.comparison}</h1>
          <p>
            ${result.strategies.length} strategies, seeds ${result.seeds.join(', ')}; the others are compared with
            ${result.reference}.
          </p>
          ${failures.map((failure) => html`<div class="alert"><p>${failure}</p></div>`)}
        </header>
        <main>
          <section>
            <h2>At a glance</h2>
            <div class="figures">${comparisonFigures(result).map((figure) => renderFigure(figure, []))}</div>
          </section>
          ${tables}
        </main>
        <footer>${command}, ${machine}.</footer>
      </body>
    </html> `.text
    .trim()
    .concat('\n');
}
