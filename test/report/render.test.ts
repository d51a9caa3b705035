import type { CampaignReport } from '../../contract/campaign-report';
import { buildCampaignReport, renderHtml, renderMarkdown, type ReportInputs } from '../../report';
import { madeUpCampaign } from './made-up-campaign';
import { failedCampaign } from './made-up-failure';

const begun: ReportInputs = {
  ...madeUpCampaign(),
  ...{ status: 'preparing', endedAt: null, rounds: [], evaluations: [], compared: null, events: [] },
};
const reports: Record<string, CampaignReport> = Object.fromEntries(
  Object.entries({
    finished: madeUpCampaign(),
    failed: failedCampaign(),
    'without pairs': madeUpCampaign({ withoutPairs: () => true }),
    'one round': madeUpCampaign({ iterations: 1, roundsPerIteration: 1, categories: ['sum'] }),
    explored: madeUpCampaign({ iterations: 1, roundsPerIteration: 40, exploration: 0.3, heldOut: 8 }),
    begun,
  }).map(([name, inputs]) => [name, buildCampaignReport(inputs)]),
);

describe.each(Object.keys(reports))('the HTML of a report (%s)', (name) => {
  const html = renderHtml(reports[name]!);

  it('is one file that asks for nothing else and runs nothing', () => {
    expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|@import|\bsrc=|\bon[a-z]+="/);
    expect([...html.matchAll(/\b(?:href|url)\b[=(]["']?([^"')]*)/g)].map(([, target]) => target![0])).toEqual(
      expect.not.arrayContaining(['h', '/']),
    );
  });

  it('says each plot in words, and has its numbers in a table', () => {
    const plots = html.match(/class="plot" role="img" aria-label="[^"]{40,}"/g) ?? [];
    expect(plots).toHaveLength(html.match(/<figure\b/g)?.length ?? 0);
    expect(html.match(/<summary>Data of/g) ?? []).toHaveLength(plots.length);
    expect(html.match(/<svg [^>]*viewBox="0 0 \d{3,} /g) ?? []).toHaveLength(2 * plots.length);
  });

  it('shows no number that is none', () => {
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(renderMarkdown(reports[name]!)).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });
});

describe('headlines', () => {
  it('a finished campaign: accuracy before and after, what was asked, what was saved', () => {
    const { accuracy } = reports['finished']!;
    const { before, after } = accuracy.paired!.rows.at(-1)!;
    const text = renderHtml(reports['finished']!).replaceAll('\u00a0', ' ');
    expect(text).toContain(`${(100 * before.value).toFixed(1)} % → ${(100 * after.value).toFixed(1)} %`);
    expect(text).toContain('34,560 completions scored; an ensemble of all would score 172,800');
    expect(text).toMatch(/<span\s+class="status good"\s*>finished</);
  });

  it('a failed campaign: the paragraph, the retries, and what could not be seen', () => {
    for (const text of [renderHtml(reports['failed']!), renderMarkdown(reports['failed']!)]) {
      expect(text).toContain('while scoring with rm-sum: POST http://127.0.0.1:1/classify');
      expect(text).toContain('i02-r0007-score-rm-sum');
      expect(text).toContain('Temporal no longer keeps 1 of the campaign’s earlier runs');
    }
  });

  it('a campaign without pairs says so, and why', () => {
    const text = renderMarkdown(reports['without pairs']!);
    expect(text).toContain('no round gave any');
    expect(text).toContain('Prompts without pairs, over all rounds: all scores equal: 1,152.');
    expect(text).toContain('Nothing has been trained yet.');
  });

  it('a campaign that has only begun says that nothing is there yet', () => {
    expect(renderMarkdown(reports['begun']!)).toMatch(/No policy has been measured yet[^]*No round is finished yet/);
  });
});

describe('text from data', () => {
  const nasty = '"><script>alert(1)</script>&<b>|`*_';
  const inputs = failedCampaign();
  const rename = (text: string) => (text === 'sum' ? nasty : text);
  const report = buildCampaignReport({
    ...inputs,
    campaignId: nasty,
    failure: nasty,
    notes: [nasty],
    rounds: inputs.rounds.map((round) => ({ ...round, category: rename(round.category!) })),
    rewardModels: [...inputs.rewardModels, { id: nasty, kind: nasty, status: 'masked' }],
    evaluations: inputs.evaluations.map((evaluation) => ({
      ...evaluation,
      byCategory: evaluation.byCategory.map((row) => ({ ...row, category: rename(row.category) })),
    })),
    events: inputs.events.map((event) => ({ ...event, by: nasty, why: nasty, message: nasty })),
    retries: inputs.retries.map((retry) => ({ ...retry, lastFailure: nasty, step: nasty })),
    campaign: { ...inputs.campaign, dataset: `${nasty}\n\`\`\`\nafter the fence` },
  });

  it('never becomes markup in HTML: in names, captions, plots and labels', () => {
    const html = renderHtml(report);
    expect(html).not.toMatch(/<script|<b>|"><script/);
    expect(html.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;&lt;b&gt;/g)!.length).toBeGreaterThan(20);
    expect(html).toMatch(/<text [^>]*>[^<]*&lt;script&gt;/);
  });

  it('never becomes markup or a further cell in Markdown', () => {
    const text = renderMarkdown(report);
    const outside = text.slice(0, text.indexOf('````json'));
    expect(outside).not.toMatch(/(?<!\\)<(script|b>)/);
    expect(outside).not.toMatch(/[^\\]\|`/);
    for (const table of outside.split('\n\n').filter((block) => block.startsWith('| '))) {
      const widths = table.split('\n').map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text.slice(text.indexOf('````json')).split('````')).toHaveLength(3);
  });
});

test('thousands of rounds are thinned: the page stays small, and says what a point is', () => {
  const { rounds, ...rest } = madeUpCampaign({ iterations: 1, roundsPerIteration: 60 });
  const many = Array.from({ length: 6000 }, (_, index) => ({
    ...rounds[index % 60]!,
    iteration: 1 + Math.floor(index / 300),
    round: 1 + (index % 300),
  }));
  const report = buildCampaignReport({ ...rest, rounds: many });
  expect(report.rounds).toHaveLength(6000);
  const html = renderHtml(report);
  expect(html.length).toBeLessThan(2_000_000);
  expect(html).toContain('Each point is the mean of 50 rounds.');
  expect(html).toContain('<td>5951–6000</td>');
}, 60_000);
