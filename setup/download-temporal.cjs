/** Makes the SDK download the Temporal CLI into the folder named first, by starting a server from there and ending it. */
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { TestWorkflowEnvironment } = require('@temporalio/testing');

const stallMs = 20_000;
const [downloadDir, version] = process.argv.slice(2);

async function download() {
  const executable = { type: 'cached-download', version, downloadDir };
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
}

/** Ends the process when nothing has arrived for a while: behind a firewall that drops packets nothing ever would. */
function watchForStall() {
  let bytes = 0;
  let grewAt = Date.now();
  setInterval(() => {
    const now = readdirSync(downloadDir).reduce((sum, name) => sum + statSync(join(downloadDir, name)).size, 0);
    if (now !== bytes) [bytes, grewAt] = [now, Date.now()];
    if (Date.now() - grewAt < stallMs) return;
    process.stderr.write(`nothing arrived for ${stallMs / 1000} s\n`);
    process.exit(1);
  }, 500).unref();
}

watchForStall();
download().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
