import { join } from 'node:path';
import { runLogged } from './run-logged.mjs';
import { runStep } from './run-step.mjs';
import { hashFiles, stampMatches, writeStamp } from './stamp.mjs';

/** node_modules as package-lock.json says. Development packages too, whatever NODE_ENV is: the build needs the compiler. */
export async function ensureNodeModules(paths) {
  const stamp = join(paths.nodeModules, '.laser-stamp');
  const wanted = hashFiles([paths.packageLock], () => 'package-lock.json');
  const title = 'Node packages';
  await runStep({
    title,
    detail: 'npm ci',
    lock: paths.lock,
    isDone: () => stampMatches(stamp, wanted),
    work: async () => {
      const logFile = join(paths.logs, 'node-modules.log');
      await runLogged('npm', ['ci', '--include=dev'], { title, logFile, cwd: paths.root });
      writeStamp(stamp, wanted);
    },
  });
}
