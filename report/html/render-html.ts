import type { CampaignReport } from '../../contract/campaign-report';
import type { Outline, Section } from '../outline/outline';
import { outlineReport } from '../outline/outline-report';
import { rewardModelStyles } from '../outline/series-styles';
import { html, type Html } from './html';
import { renderFigure } from './render-figure';
import { renderPage } from './render-page';
import { renderTable } from './render-table';

/** A campaign's report as one page. */
export function renderHtml(report: CampaignReport): string {
  const outline = outlineReport(report);
  const rewardModels = rewardModelStyles(report);
  const sections = outline.sections.map((section) => renderSection(section, rewardModels));
  const links = outline.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return renderPage({
    title: `${outline.title}: report`,
    header: html`<h1>${outline.title} <span class="status ${toneOf(report.status)}">${outline.status}</span></h1>
      <p>${outline.summary}</p>
      ${alerts(outline)}
      <dl class="tiles">${tiles(outline)}</dl>
      <nav aria-label="Sections">
        <ul>
          ${links}
        </ul>
      </nav>`,
    main: html`${sections}
      <section aria-labelledby="config">
        <h2 id="config">Campaign file, as resolved</h2>
        <details>
          <summary>Show as JSON</summary>
          <div class="scroll" role="region" tabindex="0" aria-label="Campaign file, as resolved">
            <pre>${outline.config}</pre>
          </div>
        </details>
      </section>`,
    footer: html`Made by laser report at ${outline.madeAt}.`,
  });
}

function alerts({ failure, notes }: Outline): Html[] {
  return [
    ...(failure === null ? [] : [html`<div class="alert"><p>${failure}</p></div>`]),
    ...(notes.length === 0 ? [] : [html`<div class="alert note">${notes.map((note) => html`<p>${note}</p>`)}</div>`]),
  ];
}

function tiles({ tiles: entries }: Outline): Html[] {
  return entries.map(
    ({ label, value, detail }, index) =>
      html`<div class="tile${index === 0 ? ' lead' : ''}">
        <dt>${label}</dt>
        <dd class="value">${value}</dd>
        <dd class="detail">${detail}</dd>
      </div>`,
  );
}

function renderSection(
  { id, title, paragraphs, figures, tables }: Section,
  rewardModels: Parameters<typeof renderTable>[1],
): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${paragraphs.map((text) => html`<p>${text}</p>`)}
    ${figures.length === 0 ? '' : html`<div class="figures">${figures.map((figure) => renderFigure(figure, rewardModels))}</div>`}
    ${tables.map((table) => renderTable(table, rewardModels))}
  </section>`;
}

function toneOf(status: CampaignReport['status']): string {
  if (status === 'finished') return 'good';
  if (status === 'failed' || status === 'regressed') return 'bad';
  return status === 'stopped' || status === 'paused' || status === 'awaitingApproval' ? 'warn' : '';
}
