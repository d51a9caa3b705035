import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CampaignResult } from '../../contract/campaign-run';
import { projectRoot } from '../../workers/embedded/project-root';
import { removeHome } from './running-campaign';

const run = promisify(execFile);
const laser = join(projectRoot, 'dist', 'cli', 'main.js');
const campaign = join(projectRoot, 'config', 'campaigns', 'quickstart.yaml');

describe('the quickstart, as `npm start` runs it', () => {
  let home: string;
  const runQuickstart = () =>
    run(process.execPath, [laser, 'run', campaign, '--json'], {
      env: { ...process.env, LASER_HOME: home },
      maxBuffer: 1 << 26,
    });

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'laser-quickstart-'));
  });
  afterAll(() => removeHome(home));

  it('trains a real model: held-out accuracy rises, p < 0.01 over at least 400 prompts', async () => {
    const { stdout, stderr } = await runQuickstart();
    const result = JSON.parse(stdout) as CampaignResult;
    const all = result.comparison!.rows.find(({ category }) => category === 'all')!;
    expect(result.status).toBe('finished');
    expect(all.total).toBeGreaterThanOrEqual(400);
    expect(all.after.value).toBeGreaterThan(all.before.value);
    expect(result.comparison!.pValue).toBeLessThan(0.01);
    expect(stderr).toContain('UI at http://127.0.0.1:');
    expect(stderr.match(/round +\d+\/\d+/g)).toHaveLength(result.totals.rounds);
  }, 600_000);

  it('runs a second time within seconds, from its records', async () => {
    const start = Date.now();
    const { stdout } = await runQuickstart();
    const result = JSON.parse(stdout) as CampaignResult;
    expect(result.totals.reusedSteps).toBeGreaterThanOrEqual(3 * result.totals.rounds);
    expect(Date.now() - start).toBeLessThan(120_000);
    expect(await readdir(join(home, 'campaigns', 'quickstart', 'adapter'))).toEqual([
      'adapter_config.json',
      'adapter_model.safetensors',
    ]);
  }, 240_000);
});
