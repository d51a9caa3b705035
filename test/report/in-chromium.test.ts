import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildCampaignReport, renderHtml, type ReportInputs } from '../../report';
import { findChromium } from './find-chromium';
import { madeUpCampaign } from './made-up-campaign';
import { failedCampaign } from './made-up-failure';

const executablePath = findChromium();
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const reports: Record<string, ReportInputs> = {
  'of a finished campaign': madeUpCampaign(),
  'of a campaign that failed and was retried': failedCampaign(),
  'of a campaign that gave no pairs': madeUpCampaign({ withoutPairs: () => true }),
  'of a campaign of one round': madeUpCampaign({ iterations: 1, roundsPerIteration: 1, categories: ['sum'] }),
  'of a campaign with many and long names': madeUpCampaign({
    ...{ iterations: 1, heldOut: 60 },
    rewardModelIds: Array.from({ length: 12 }, (_, index) => `reward-model-${index}-${'long-'.repeat(8)}name`),
    categories: Array.from({ length: 15 }, (_, index) => `category ${index} ${'long '.repeat(6)}`),
  }),
};
const looks = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

(executablePath ? describe : describe.skip)('the HTML report in Chromium (skipped if none is on PATH)', () => {
  let browser: Browser;
  let folder: string;
  let files = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'laser-report-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: quiet });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(reports))(
    '%s: no violation of A or AA, nothing cut off',
    async (name) => {
      const url = await put(reports[name]!);
      await check(url, looks[0]);
      await check(url, looks[3]);
    },
    120_000,
  );

  it.each(looks)(
    'all tables opened, $width pixels wide, $colorScheme: the same',
    async (look) => {
      const url = await put(madeUpCampaign({ iterations: 2, roundsPerIteration: 4 }));
      await check(url, look, 'document.querySelectorAll("details").forEach((details) => (details.open = true))');
    },
    120_000,
  );

  it('a text that is too faint would be found', async () => {
    const page = await browser.newPage();
    await page.setContent('<html lang="en"><title>x</title><p style="color: #aaa; background: #fff">faint</p></html>');
    expect(await violations(page)).toEqual([expect.stringMatching(/^color-contrast: .*faint/)]);
    await page.close();
  }, 60_000);

  async function put(inputs: ReportInputs): Promise<string> {
    const file = join(folder, `${(files += 1)}.html`);
    await writeFile(file, renderHtml(buildCampaignReport(inputs)));
    return pathToFileURL(file).href;
  }

  async function check(url: string, { width, colorScheme }: (typeof looks)[number], script = ''): Promise<void> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const problems = listen(page);
    await page.goto(url);
    await page.evaluate(script);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await shownPlots(page)).toEqual(await page.locator('.plot').count());
    expect(problems).toEqual([]);
    await page.close();
  }
});

/** Requests beside the file itself, and what the console complains of. */
function listen(page: Page): string[] {
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) problems.push(`requested ${request.url()}`);
  });
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

async function violations(page: Page): Promise<string[]> {
  const options: RunOptions = { runOnly: { type: 'tag', values: levels }, resultTypes: ['violations'] };
  await page.evaluate(axe.source);
  const found = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html}`));
}

/** Plots of which exactly one drawing is seen. */
function shownPlots(page: Page): Promise<number> {
  return page.evaluate<number>(`
    [...document.querySelectorAll('.plot')].filter(
      (plot) => [...plot.children].filter((drawing) => drawing.getBoundingClientRect().height > 0).length === 1,
    ).length`);
}
