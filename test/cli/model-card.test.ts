import { parse } from 'yaml';
import { modelCard } from '../../cli/export/model-card';
import { campaign } from '../workflows/workflow-world';

const ref = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'application/json' };
const evaluation = (iteration: number, correct: number) => ({
  ...{ iteration, outcomes: ref, seconds: 1 },
  byCategory: [
    { category: 'sum', correct, total: 10 },
    { category: 'sort', correct: 0, total: 10 },
  ],
});
const content: Parameters<typeof modelCard>[0] = {
  campaignId: 'nightly',
  configuration: campaign,
  lineage: { campaignId: 'nightly-before', runId: 'run' },
  policy: { iteration: 1, adapter: ref, fingerprint: ref },
  baseModel: 'owner/model',
  merged: false,
  evaluations: [evaluation(0, 2), evaluation(1, 6), evaluation(2, 9)],
  totals: {
    ...{
      rounds: 5,
      skippedRounds: 1,
      reusedSteps: 0,
      arms: {},
      seconds: {},
      lastLoss: null,
      spent: { seconds: 0, tokens: 0, money: 0 },
      lastBanditReward: null,
    },
    picks: { sum: { 'rm-a': 3, 'rm-b': 2 } },
  },
};

function split(card: string): { frontMatter: Record<string, unknown>; body: string } {
  const [, yaml = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(card) ?? [];
  return { frontMatter: parse(yaml) as Record<string, unknown>, body };
}

test('the front matter is what the hub reads', () => {
  const { frontMatter } = split(modelCard(content));
  expect(frontMatter).toMatchObject({
    base_model: 'owner/model',
    base_model_relation: 'adapter',
    library_name: 'peft',
    pipeline_tag: 'text-generation',
    'model-index': [
      {
        name: 'nightly-1',
        results: [
          { dataset: { name: 'sum' }, metrics: [{ type: 'accuracy', value: 0.6 }] },
          { dataset: { name: 'sort' }, metrics: [{ type: 'accuracy', value: 0 }] },
        ],
      },
    ],
  });
  expect(split(modelCard({ ...content, merged: true })).frontMatter).toMatchObject({ library_name: 'transformers' });
});

test('the numbers are those up to the exported policy', () => {
  const { body } = split(modelCard(content));
  expect(body).toContain('| 0 | 20 | 10.0 % [2.8, 30.1] |');
  expect(body).toContain('| 1 | 20 | 30.0 % [14.5, 51.9] |');
  expect(body).not.toContain('| 2 | 20 |');
  expect(body).toContain('| sum | rm-a | 3 |');
  expect(body).toContain('went on from campaign `nightly-before`');
  expect(body).toContain('AutoPeftModelForCausalLM');
  expect(split(modelCard({ ...content, merged: true, lineage: null })).body).not.toMatch(/Peft|went on/);
});

test('a win rate is told as one: judge, baseline, verdicts, lengths', () => {
  const verdicts = { wins: 6, ties: 1, losses: 3, flipped: 1, missing: 2, meanLength: { policy: 8, baseline: 7 } };
  const judged = { ...evaluation(1, 6), byCategory: [{ category: 'sum', correct: 6.5, total: 10, verdicts }] };
  const configuration: typeof campaign = {
    ...campaign,
    evaluation: {
      ...{ ...campaign.evaluation, type: 'winRate', temperature: 0, baseline: 'firstPolicy', judgeMayTrain: false },
      judge: campaign.rewardModels[0]!,
    },
  };
  const { frontMatter, body } = split(modelCard({ ...content, configuration, evaluations: [judged] }));
  expect(body).toContain('## Win rate');
  expect(body).toContain('`rm-a` (kind `classify`) compares the answers with those of policy 0');
  expect(body).toContain('| 1 | 10 | 65.0 % [36.4, 88.6] | 6 | 1 | 3 | 2 | 8.0 / 7.0 |');
  expect(body).not.toMatch(/accuracy/i);
  expect(JSON.stringify(frontMatter)).toContain('{"type":"win_rate","value":0.65}');
});
