import type { Figure, LegendEntry } from '../outline/outline';
import { drawFigure } from '../plots/draw-figure';
import { Html, html } from './html';
import { renderTable } from './render-table';

/** A figure with its two drawings, what it shows in words, and its numbers. */
export function renderFigure(figure: Figure, rewardModels: readonly LegendEntry[]): Html {
  const { wide, narrow } = drawFigure(figure);
  const legend = figure.legend.map((entry) => html`<li>${swatchOf(entry)}${entry.name}</li>`);
  return html`<figure class="${figure.span}">
    <figcaption>
      <h3>${figure.title}</h3>
      <p>${figure.caption}</p>
      ${
        legend.length === 0
          ? ''
          : html`<ul class="legend">
              ${legend}
            </ul>`
      }
    </figcaption>
    <div class="plot" role="img" aria-label="${`${figure.title}. ${figure.description}`}">
      <div class="wide">${new Html(wide)}</div>
      <div class="narrow">${new Html(narrow)}</div>
    </div>
    <details>
      <summary>Data of “${figure.title}”</summary>
      ${renderTable(figure.data, rewardModels)}
    </details>
  </figure>`;
}

const middle = 6;

/** A piece of the line with its marker, as in the plot. An empty dash: the marker alone. */
function swatchOf({ colour, dash, symbol }: LegendEntry): Html {
  const hasLine = dash === 'solid' || dash.length > 0;
  const line = hasLine
    ? html`<path
        d="M0 ${middle}H26"
        style="stroke: ${colour}; stroke-width: 2; stroke-dasharray: ${dash === 'solid' ? 'none' : dash.join(' ')}"
      />`
    : '';
  return html`<svg viewBox="0 0 26 12" aria-hidden="true">${line}${markerOf(symbol, colour)}</svg>`;
}

function markerOf(symbol: LegendEntry['symbol'], colour: string): Html {
  switch (symbol) {
    case 'circle':
      return html`<circle cx="13" cy="${middle}" r="4" style="fill: ${colour}" />`;
    case 'rect':
      return html`<rect x="9" y="2" width="8" height="8" style="fill: ${colour}" />`;
    case 'triangle':
      return html`<path d="M13 1.5 17.5 10H8.5Z" style="fill: ${colour}" />`;
    case 'diamond':
      return html`<path d="M13 1 18 6 13 11 8 6Z" style="fill: ${colour}" />`;
    case 'none':
      return html``;
  }
}
