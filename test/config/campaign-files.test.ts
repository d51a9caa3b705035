import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCampaign } from '../../config/load-campaign';
import { resolveCampaign } from '../../config/resolve-campaign';
import { promptRecord } from '../../contract/round';
import { exactMatch } from '../../algorithm';
import { projectRoot } from '../../workers/embedded/project-root';
import { useTemporaryStore } from '../artifact-store/temporary-store';

const campaigns = join(projectRoot, 'config', 'campaigns');
const files = readdirSync(campaigns).filter((name) => name.endsWith('.yaml'));
const store = useTemporaryStore();
let root: string;

beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'laser-campaigns-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the files are there', () => expect(files.length).toBeGreaterThan(5));

test.each(files)('%s is a campaign file, named as it is', async (name) => {
  expect(`${(await loadCampaign(join(campaigns, name))).name}.yaml`).toBe(name);
});

/** What `laser data prepare` writes for each set, and a good and a wrong end of a completion. */
const sets: Record<string, { line: object; right: string; wrong: string }> = {
  gsm8k: {
    line: { prompt: 'What is 2 * 60.5?', answer: '121' },
    right: '2 * 60.5 = 121.0\nFinal answer: 121.0',
    wrong: '121 - 1 = 120\nFinal answer: 120',
  },
  strategyqa: {
    line: { prompt: 'Is ice cold?', answer: 'yes' },
    right: 'No fire is in ice.\nFinal answer: Yes.',
    wrong: 'Yes is tempting.\nFinal answer: no',
  },
  mmlu: {
    line: { prompt: 'Hot?\nA. Ice\nB. Snow\nC. Sun\nD. Rain', answer: 'C', category: 'STEM' },
    right: 'A and B are cold.\nFinal answer: C.',
    wrong: 'C is hot.\nFinal answer: (B)',
  },
};

/** The campaign file in a folder like the project's, with data as `laser data prepare` lays it out. */
async function resolved(set: string, line: object) {
  const file = join(root, 'config', 'campaigns', `paper-${set}.yaml`);
  const data = join(root, '.laser', 'data', set);
  for (const folder of [data, join(root, 'config', 'campaigns')]) mkdirSync(folder, { recursive: true });
  writeFileSync(file, readFileSync(join(campaigns, `paper-${set}.yaml`)));
  const lines = Array.from({ length: 16 }, (_, index) => JSON.stringify({ promptId: `${set}-${index}`, ...line }));
  for (const name of ['train.jsonl', 'held-out.jsonl']) writeFileSync(join(data, name), lines.join('\n'));
  return resolveCampaign(file, await loadCampaign(file), store());
}

test.each(Object.entries(sets))(
  'paper-%s reads the prepared data, and tells right answers from wrong ones',
  async (set, { line, right, wrong }) => {
    const { campaign, embeddedModels } = await resolved(set, line);
    expect(embeddedModels).toEqual([]);
    expect(campaign.rewardModels).toHaveLength(4);
    const [prompt] = await store().getJsonLines(campaign.heldOutPrompts, promptRecord);
    const verdict = (text: string) => exactMatch(text, prompt!.answer!, campaign.evaluation.answerPattern).correct;
    expect({ right: verdict(right), wrong: verdict(wrong) }).toEqual({ right: true, wrong: false });
  },
);
