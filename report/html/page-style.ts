import { themes, type Theme } from './themes';

function variables({ series, ...named }: Theme): string {
  const colours = series.map((colour, index) => `--series-${index + 1}: ${colour};`);
  return [...Object.entries(named).map(([name, colour]) => `--${name}: ${colour};`), ...colours].join(' ');
}

export const pageStyle = `
:root { color-scheme: light dark; ${variables(themes.light)} }
@media (prefers-color-scheme: dark) { :root { ${variables(themes.dark)} } }
@media print { :root { color-scheme: light; ${variables(themes.light)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
h1 { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; font-size: 28px; line-height: 1.2; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 1.3; margin: 0 0 8px; }
h3 { font-size: 15px; margin: 0; }
p { margin: 0 0 10px; max-width: 78ch; overflow-wrap: anywhere; }
a { color: var(--accent); }
.status { padding: 3px 10px; line-height: 1.3; border-radius: 999px; border: 1px solid currentColor; font-size: 13px; font-weight: 600; color: var(--accent); white-space: nowrap; }
.status.good { color: var(--good); }
.status.bad { color: var(--bad); }
.status.warn { color: var(--warn); }
.alert { border-left: 4px solid var(--bad); background: var(--panel); padding: 12px 16px; margin: 16px 0; }
.alert p { white-space: pre-line; }
.alert p:last-child { margin: 0; }
.alert.note { border-color: var(--warn); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 12px; margin: 20px 0 8px; padding: 0; }
.tile { background: var(--panel); border-radius: 8px; padding: 14px 16px; }
.tile dt { color: var(--muted); font-size: 13px; }
.tile dd { margin: 0; }
.tile .value { font-size: 24px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tile .detail { color: var(--muted); font-size: 13px; line-height: 1.4; }
nav { margin: 16px 0 0; font-size: 14px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0; padding: 0; }
section { border-top: 1px solid var(--line); padding: 26px 0 0; margin-top: 26px; }
.figures { display: grid; grid-template-columns: minmax(0, 1fr); column-gap: 24px; margin: 14px 0; }
figure { margin: 0; min-width: 0; }
.figures figure { display: grid; grid-template-columns: minmax(0, 1fr); grid-row: span 3; grid-template-rows: subgrid; gap: 0; }
figcaption p { color: var(--muted); font-size: 13px; line-height: 1.45; margin: 2px 0 6px; }
.plot svg { display: block; width: 100%; height: auto; max-width: 1080px; }
.plot .wide { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; margin: 0 0 4px; padding: 0; font-size: 13px; }
.legend svg { width: 26px; height: 12px; vertical-align: -1px; margin-right: 6px; }
table { border-collapse: collapse; font-size: 13.5px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; font-size: 15px; padding: 0 0 6px; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--muted); white-space: nowrap; }
td:first-child { white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
td.words { min-width: 16ch; max-width: 60ch; overflow-wrap: anywhere; }
.scroll { overflow: auto; max-height: 480px; margin: 14px 0; width: fit-content; max-width: 100%; }
thead th { position: sticky; top: 0; background: var(--page); }
details { margin: 4px 0 0; font-size: 13.5px; }
figure details { margin-bottom: 22px; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--panel); padding: 12px; margin: 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 7px; }
footer { color: var(--muted); font-size: 13px; padding-top: 20px; padding-bottom: 40px; }
@media (min-width: 620px) { .plot .wide { display: block; } .plot .narrow { display: none; } }
@media (min-width: 1000px) { .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } .figures .full { grid-column: 1 / -1; } }
@media (max-width: 619px) { h1 { font-size: 23px; } header { padding-top: 20px; } .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; } .tile { padding: 10px 12px; } .tile .value { font-size: 18px; } .tile.lead, .tile:last-child { grid-column: 1 / -1; } .tile.lead .value { font-size: 24px; } }
@media print { details { display: none; } section { break-inside: avoid-page; } }
`;
