import { runModule, setupFolder } from '../setup/run-module';

/** The bundle that the workers run, built anew first where a source has changed. Throws when it cannot be built. */
export function builtWorkflows(): { codePath: string } {
  const { status, stderr, value } = runModule(
    'ensure-build.mjs',
    `import(${JSON.stringify(`file://${setupFolder}/paths.mjs`)}).then(async ({ project }) => {
      await m.ensureBuild(project);
      return project.dist + '/workflow-bundle.js';
    })`,
  );
  if (status !== 0) throw new Error(stderr);
  return { codePath: value as string };
}
