import { ensureReady } from './ensure-ready.mjs';
import { project } from './paths.mjs';
import { runMain } from './run-main.mjs';

await runMain(() => ensureReady(project));
