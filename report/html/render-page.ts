import { Html, html } from './html';
import { pageStyle } from './page-style';

interface Page {
  title: string;
  header: Html;
  main: Html;
  footer: Html;
}

/** One page that needs no network, no script and no other file. */
export function renderPage({ title, header, main, footer }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${new Html(pageStyle)}
        </style>
      </head>
      <body>
        <header>${header}</header>
        <main>${main}</main>
        <footer>${footer}</footer>
      </body>
    </html> `.text
    .trim()
    .concat('\n');
}
