import type { Cell, DataTable, LegendEntry } from '../outline/outline';
import { html, type Html } from './html';

/** A table that scrolls sideways on its own where it does not fit; its caption names the scrolled region. */
export function renderTable({ caption, columns, rows }: DataTable, rewardModels: readonly LegendEntry[]): Html {
  const heads = columns.map(({ head, numeric }) => html`<th scope="col" ${numberClass(numeric)}>${head}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, index) => renderCell(cell, columns[index]?.numeric === true, rewardModels));
    return html`<tr>
      ${cells}
    </tr>`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function renderCell(cell: Cell, numeric: boolean, rewardModels: readonly LegendEntry[]): Html {
  if (typeof cell === 'string') {
    if (!numeric && cell.length > 40) return html`<td class="words">${cell}</td>`;
    return html`<td${numberClass(numeric)}>${cell}</td>`;
  }
  if (cell.as === 'code') return html`<td><code>${cell.text}</code></td>`;
  const style = rewardModels.find(({ name }) => name === cell.text);
  const swatch = style ? html`<span class="swatch" style="background: ${style.colour}"></span>` : '';
  return html`<td>${swatch}${cell.text}</td>`;
}

function numberClass(numeric: boolean): Html {
  return numeric ? html` class="number"` : html``;
}
