import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ArtifactStore } from '../../artifact-store';
import { loadBestOfN, type BestOfNOverrides } from '../../config/load-best-of-n';
import { resolveBestOfN } from '../../config/resolve-best-of-n';
import { promptRecord } from '../../contract/round';
import { rejection } from '../model-server/against';
import { useCampaignFolder } from './campaign-folder';

const folder = useCampaignFolder();
const smallest = { name: 'answers', campaign: 'campaign.yaml' };

function put(changes: Record<string, unknown> = {}, campaign: Record<string, unknown> = {}): string {
  folder.putCampaign({ evaluation: { answerPattern: '(\\d+)' }, ...campaign });
  return folder.put('answers.yaml', stringify({ ...smallest, ...changes }));
}

async function resolve(file: string, overrides: BestOfNOverrides = {}) {
  const store = new ArtifactStore(folder.path('store'));
  const loaded = await loadBestOfN(file, overrides);
  const { bestOfN, embeddedModels } = await resolveBestOfN(loaded, store);
  const read = (ref: { sha256: string } | null) => ref && store.getJsonLines(ref, promptRecord);
  return { loaded, bestOfN, embeddedModels, test: (await read(bestOfN.test))!, learn: await read(bestOfN.learn) };
}

test('the least: the campaign’s models, held-out prompts and answer pattern, a choice a prompt', async () => {
  const { bestOfN, embeddedModels, loaded, test, learn } = await resolve(put());
  expect(loaded).toMatchObject({ run: 'small', bestOfN: { policy: 'final', bandit: 'campaign' } });
  expect(bestOfN).toMatchObject({
    ...{ name: 'answers', metric: 'accuracy', answerPattern: '(\\d+)', tooLong: 'refuse', maxPromptTokens: null },
    ...{ selection: { type: 'laser', granularity: 'prompt' }, promptsPerChunk: 16, dataset: 'held-out.jsonl' },
  });
  expect(embeddedModels.map(({ name }) => name)).toEqual(['policy', 'rm-one']);
  expect(test.map(({ prompt, answer }) => [prompt, answer])).toEqual([['2+2=', '4']]);
  expect(learn).toBeNull();
});

test('a campaign file stands for the shortest best-of-n of it', async () => {
  const file = folder.putCampaign({ name: 'x'.repeat(63), selection: { type: 'random', granularity: 'round' } });
  const { bestOfN, loaded } = await resolve(file);
  expect(loaded.run).toBe('x'.repeat(63));
  expect(bestOfN).toMatchObject({ name: `${'x'.repeat(53)}-best-of-n`, selection: { granularity: 'prompt' } });
});

test('a campaign that chooses for each prompt in its category’s context does so here too', async () => {
  const granularity = 'promptInCategory';
  const { bestOfN } = await resolve(folder.putCampaign({ selection: { type: 'laser', granularity } }));
  expect(bestOfN.selection).toMatchObject({ granularity });
});

test('prompt sets are relative to the file, changes go over the campaign, the command line over both', async () => {
  folder.put('sets/labelled.jsonl', '{"q":"1+1=","answer":"2"}\n{"q":"1+2=","answer":"3"}\n');
  folder.putCampaign();
  const changes = {
    data: { fields: { prompt: 'q' } },
    ...{ sampling: { completionsPerPrompt: 5 }, selection: { type: 'random', granularity: 'category' } },
  };
  const set = { prompts: 'labelled.jsonl' };
  const file = folder.put(
    'sets/answers.yaml',
    stringify({ ...smallest, campaign: '../campaign.yaml', changes, learn: set, test: { ...set, limit: 1 } }),
  );
  const own = await resolve(file);
  expect(own.learn).toHaveLength(2);
  expect(own.test).toHaveLength(1);
  expect(own.bestOfN).toMatchObject({
    ...{ sampling: { completionsPerPrompt: 5 }, selection: { granularity: 'category' } },
  });
  const others = folder.put('others.jsonl', '{"q":"3+3="}\n{"q":"4+4="}\n{"q":"5+5="}\n');
  const overridden = await resolve(file, { completionsPerPrompt: 7, prompts: others, limit: 2 });
  expect(overridden.test.map(({ prompt }) => prompt)).toEqual(['3+3=', '4+4=']);
  expect(overridden.bestOfN.sampling.completionsPerPrompt).toBe(7);
  expect((await resolve(file, { limit: 2 })).test).toHaveLength(2);
});

test('f1 reads whole completions, any of several answers, and documents', async () => {
  const lines = [
    { input: 'Where?', context: 'It rains in {prompt}.', answers: ['Paris', 'in Paris'], dataset: 'qa' },
    { input: 'Who?', context: 'Nobody.', answers: ['nobody'], dataset: 'qa' },
  ];
  folder.put('qa.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
  const data = {
    fields: { prompt: 'input', context: 'context', answer: 'answers', category: 'dataset' },
    template: 'Read: {context}\nQuestion: {prompt}\n',
  };
  const file = put({ changes: { data }, test: { prompts: 'qa.jsonl' }, evaluation: { metric: 'f1' } });
  const { bestOfN, test } = await resolve(file);
  expect(bestOfN).toMatchObject({ metric: 'f1', answerPattern: null });
  expect(test.map(({ promptId: _, ...record }) => record)).toEqual([
    {
      ...{ prompt: 'Read: It rains in {prompt}.\nQuestion: Where?\n', category: 'qa' },
      ...{ answer: 'Paris', otherAnswers: ['in Paris'] },
    },
    { prompt: 'Read: Nobody.\nQuestion: Who?\n', category: 'qa', answer: 'nobody' },
  ]);
});

async function refusalOf(changes: Record<string, unknown>, campaign: Record<string, unknown> = {}): Promise<string> {
  const { name, message } = await rejection<Error>(resolve(put(changes, campaign)));
  expect(name).toBe('CampaignFileError');
  return message;
}

test.each([
  [{ campain: 'x' }, /campain is not a key here; did you mean "campaign"\?/],
  [{ changes: { samplng: {} } }, /changes: samplng is not a key here; did you mean "sampling"\?/],
  [
    { changes: { selection: { type: 'sequential' } } },
    /selection: sequential is a way of training; take one of laser,/,
  ],
  [
    {
      changes: {
        selection: { type: 'laser', bandit: { type: 'linThompson', prior: { labelled: 'x.jsonl' } } },
      },
    },
    /learns from labelled preferences first/,
  ],
  [{ evaluation: { answerPattern: '(' } }, /evaluation\.answerPattern: Invalid regular expression/],
  [{ evaluation: { metric: 'rouge' } }, /evaluation\.metric: /],
  [
    { changes: { data: { fields: { context: 'document' } } } },
    /data\.template: and data\.fields\.context come together/,
  ],
  [
    { changes: { data: { template: '{context} {prompt}' } } },
    /data\.template: and data\.fields\.context come together/,
  ],
  [{ learn: { prompts: 'unanswered.jsonl' } }, /unanswered\.jsonl: line 1 has no answer in "answer"/],
  [{ campaign: 'gone.yaml' }, /gone\.yaml: there is no such file; give the path of the campaign file that/],
])('refuses %j', async (changes, refusal) => {
  folder.put('unanswered.jsonl', '{"prompt":"1+1="}\n');
  expect(await refusalOf(changes)).toMatch(refusal);
});

test('a prompt without its document is named', async () => {
  const data = { fields: { context: 'document' }, template: '{context}{prompt}' };
  expect(await refusalOf({ changes: { data } })).toMatch(/held-out\.jsonl: line 1 has no text in "document"/);
});

const shipped = join(__dirname, '../../config/best-of-n');

test.each(readdirSync(shipped))('%s is a good best-of-n file', async (name) => {
  const { bestOfN, campaign, learn } = await loadBestOfN(join(shipped, name));
  expect(bestOfN).toMatchObject({ policy: 'base', bandit: 'fresh' });
  expect(campaign.selection).toMatchObject({ type: 'laser', granularity: expect.stringMatching(/^prompt/) });
  expect(learn).not.toBeNull();
});
