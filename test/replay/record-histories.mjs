import { Buffer } from 'node:buffer';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Runs the ci campaign, a small comparison and a best-of-n for real, and records the histories for the replay tests; of the
 * comparison its own alone, as its campaigns are like any other.
 * Paths and host names of this machine are taken out. Needs a build: `npm run record-histories` makes one.
 */
const require = createRequire(import.meta.url);
const folder = join(dirname(fileURLToPath(import.meta.url)), 'histories');
const dist = join(folder, '..', '..', '..', 'dist');
const { historyToJSON } = require('@temporalio/common/lib/proto-utils');
const { ArtifactStore } = require(join(dist, 'artifact-store'));
const { startBestOfN } = require(join(dist, 'cli', 'best-of-n', 'start-best-of-n.js'));
const { startComparison } = require(join(dist, 'cli', 'compare', 'start-comparison.js'));
const { startCampaign } = require(join(dist, 'cli', 'start-campaign.js'));
const { connectClient } = require(join(dist, 'cli', 'temporal-client.js'));
const { readEnvironment } = require(join(dist, 'config', 'environment.js'));
const { loadBestOfN } = require(join(dist, 'config', 'load-best-of-n.js'));
const { loadCampaign } = require(join(dist, 'config', 'load-campaign.js'));
const { loadComparison } = require(join(dist, 'config', 'load-comparison.js'));
const { resolveBestOfN } = require(join(dist, 'config', 'resolve-best-of-n.js'));
const { resolveCampaign } = require(join(dist, 'config', 'resolve-campaign.js'));
const { resolveComparison } = require(join(dist, 'config', 'resolve-comparison.js'));
const { projectRoot } = require(join(dist, 'workers', 'embedded', 'project-root.js'));
const { startEmbedded } = require(join(dist, 'workers', 'embedded', 'start-embedded.js'));

const home = await mkdtemp(join(tmpdir(), 'laser-record-'));
const environment = readEnvironment({ ...process.env, LASER_HOME: home });
const file = join(projectRoot, 'config', 'campaigns', 'ci.yaml');
const loaded = await loadCampaign(file);
const { campaign, embeddedModels } = await resolveCampaign(file, loaded, new ArtifactStore(environment.LASER_STORE));
const runtime = await startEmbedded({
  environment,
  models: embeddedModels,
  rewardModelIds: campaign.rewardModels.map(({ id }) => id),
  onMessage: say,
});
try {
  const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  const { handle } = await startCampaign(client, { campaignId: loaded.name, campaign });
  await handle.result();
  await (await runComparison(client)).result();
  await (await runBestOfN(client)).result();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const counts = new Map();
  const runs = [];
  for await (const run of client.workflow.list()) if (!run.workflowId.startsWith('laser-two-ways-')) runs.push(run);
  for (const { workflowId, runId } of runs.reverse()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const number = (counts.get(workflowId) ?? 0) + 1;
    counts.set(workflowId, number);
    const text = historyToJSON(history);
    const name = `${workflowId.replace('/', '.')}.run-${number}.json`;
    await writeFile(join(folder, name), `${JSON.stringify(withoutMachine(JSON.parse(text)))}\n`);
    say(`recorded ${name}, ${history.events.length} events`);
  }
  await client.connection.close();
} finally {
  await runtime.stop();
  await rm(home, { recursive: true, force: true });
}

async function runComparison(client) {
  const comparisonFile = join(projectRoot, 'test', 'end-to-end', 'comparison.yaml');
  const store = new ArtifactStore(environment.LASER_STORE);
  const loadedComparison = await loadComparison(comparisonFile);
  const { plan } = await resolveComparison(comparisonFile, loadedComparison, store);
  const { name: comparisonId, seeds, concurrency, campaignsPerRun } = loadedComparison.comparison;
  const strategies = plan.strategies.map(({ name }) => name);
  const input = { comparisonId, seeds, concurrency, campaignsPerRun, strategies, plan: await store.putJson(plan) };
  return (await startComparison(client, input)).handle;
}

async function runBestOfN(client) {
  const bestOfNFile = join(projectRoot, 'test', 'end-to-end', 'best-of-n.yaml');
  const { bestOfN } = await resolveBestOfN(await loadBestOfN(bestOfNFile), new ArtifactStore(environment.LASER_STORE));
  return (await startBestOfN(client, bestOfN)).handle;
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function withoutMachine(value, key) {
  if (typeof value === 'string') {
    if (key === 'identity' || key === 'workerIdentity') return 'worker';
    if (key !== 'data') return value;
    const decoded = Buffer.from(value, 'base64').toString('utf8');
    return decoded.includes(projectRoot)
      ? Buffer.from(decoded.replaceAll(projectRoot, '/laser')).toString('base64')
      : value;
  }
  if (Array.isArray(value)) return value.map((item) => withoutMachine(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutMachine(item, name)]));
}
