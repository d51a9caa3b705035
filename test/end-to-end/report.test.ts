import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rejection } from '../model-server/against';
import { laserCommand } from './cli-world';
import { finished, killWorkers, underWay, until } from './faults';
import { ciCampaign, removeHome, runCampaign, type RunningCampaign } from './running-campaign';

describe('the report of a campaign whose workers are killed, and whose server then refuses the adapter', () => {
  let campaign: RunningCampaign;
  let command: ReturnType<typeof laserCommand>;
  const report = () => command.json('report', 'report', 'ci');

  beforeAll(async () => {
    process.env['LASER_MAX_LORA_RANK'] = '8';
    try {
      campaign = await runCampaign(ciCampaign);
    } finally {
      delete process.env['LASER_MAX_LORA_RANK'];
    }
    command = laserCommand(campaign.home);
  }, 180_000);
  afterAll(async () => {
    await campaign?.stop();
    if (campaign) await removeHome(campaign.home);
  }, 60_000);

  it('while it runs, shows the rounds that are done', async () => {
    await until('a round is trained', async () => (await finished(campaign, 'trainPolicy', 1)) > 0);
    await until('another is being trained', () => underWay(campaign, 'trainPolicy', 1));
    killWorkers(campaign);
    const running = await until('a report with a round', async () => {
      const now = await report();
      return now.rounds.length > 0 && now;
    });
    expect(running).toMatchObject({ campaignId: 'ci', endedAt: null, failure: null, progress: { iterationsDone: 0 } });
    expect(running.accuracy).toMatchObject({ policies: [{ iteration: 0, all: { total: 64 } }], paired: null });
    expect(running.rounds[0]).toMatchObject({ iteration: 1, round: 1, training: { loss: expect.any(Number) } });
  }, 180_000);

  it('once it has failed, has its last round, the faults it survived, and the one it did not', async () => {
    await rejection(campaign.handle.result());
    const failed = await report();
    expect(failed).toMatchObject({ status: 'failed', progress: { iterationsDone: 0, rounds: 4 }, notes: [] });
    expect(failed.failure).toMatch(
      /^Campaign ci failed in iteration 1, while publishing.*max_lora_rank.*AdapterRefused/,
    );
    expect(failed.events.map(({ type }) => type)).toEqual(['started', 'failed']);
    expect(failed.retries).toContainEqual(
      expect.objectContaining({ step: expect.stringContaining('publish'), failedAttempts: 1, outcome: 'failed' }),
    );
    const survived = failed.retries.filter(({ outcome }) => outcome === 'survived').length;
    expect(survived + failed.workflowTaskFaults).toBeGreaterThan(0);
    expect(failed.lineage).toMatchObject({ continuesFrom: null, policies: [{ iteration: 0, adapter: null }] });
  }, 180_000);

  it('is written as files, each whole', async () => {
    const folder = join(campaign.home, 'reports', 'ci');
    const { code, stdout } = await command.laser('report', 'laser-ci');
    expect({ code, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 3 });
    expect(await readdir(folder)).toEqual(['report.html', 'report.json', 'report.md']);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(
      /^<!doctype html>[^]*AdapterRefused[^]*<\/html>\n$/,
    );
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toMatch(/^# Campaign ci: failed\n/);
  }, 60_000);
});
