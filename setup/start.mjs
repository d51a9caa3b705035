import { project } from './paths.mjs';
import { runCli } from './run-cli.mjs';
import { runMain } from './run-main.mjs';

await runMain(() => runCli(project, ['run', 'config/campaigns/quickstart.yaml', ...process.argv.slice(2)]));
