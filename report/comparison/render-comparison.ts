import type { ComparisonResult } from '../../contract/comparison-result';
import { html } from '../html/html';
import { renderFigure } from '../html/render-figure';
import { renderPage } from '../html/render-page';
import { renderTable } from '../html/render-table';
import { dataTable } from '../outline/data-table';
import { comparisonFigures } from './comparison-figures';
import type { Provenance } from './comparison-markdown';
import { comparisonTables } from './comparison-tables';

/** A comparison as one page. */
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
  return renderPage({
    title: `${result.comparison}: comparison`,
    header: html`<h1>Comparison ${result.comparison}</h1>
      <p>
        ${result.strategies.length} strategies, seeds ${result.seeds.join(', ')}; the others are compared with
        ${result.reference}.
      </p>
      ${failures.map((failure) => html`<div class="alert"><p>${failure}</p></div>`)}`,
    main: html`<section>
        <h2>At a glance</h2>
        <div class="figures">${comparisonFigures(result).map((figure) => renderFigure(figure, []))}</div>
      </section>
      ${tables}`,
    footer: html`${command}, ${machine}.`,
  });
}
