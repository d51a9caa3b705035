import { join } from 'node:path';
import { ensurePython } from './ensure-python.mjs';
import { project } from './paths.mjs';
import { runMain } from './run-main.mjs';
import { runVisibly } from './run-visibly.mjs';

/** The conformance suite against real servers: npm run test:vllm -- --generate URL --classify URL --embed URL */
await runMain(async () => {
  await ensurePython(project);
  return runVisibly(project.venvPython, ['-m', 'pytest', 'python/tests/conformance', ...process.argv.slice(2)], {
    cwd: project.root,
    env: { ...process.env, PYTHONPATH: join(project.python, 'src') },
  });
});
