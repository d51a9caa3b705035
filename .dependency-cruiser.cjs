/** Layers, as in docs: contract ← algorithm, model-server, artifact-store ← activities ← workflows (types only) ← workers, cli. */
const layers = {
  contract: [],
  algorithm: ['contract'],
  'model-server': ['contract'],
  'artifact-store': ['contract'],
  config: ['contract', 'model-server', 'artifact-store'],
  activities: ['contract', 'algorithm', 'model-server', 'artifact-store'],
  workflows: ['contract', 'algorithm', 'activities'],
  workers: ['contract', 'algorithm', 'model-server', 'artifact-store', 'activities', 'workflows', 'config'],
  report: ['contract', 'algorithm', 'artifact-store'],
  cli: [
    'contract',
    'algorithm',
    'model-server',
    'artifact-store',
    'activities',
    'workflows',
    'config',
    'workers',
    'report',
  ],
};
const outsiders = ['test', 'benchmarks', 'setup', 'examples'];
const all = [...Object.keys(layers), ...outsiders];
const anyOf = (names) => `^(${names.join('|')})/`;

const layerRules = Object.entries(layers).map(([layer, lower]) => ({
  name: `${layer}-imports-downwards`,
  comment: `${layer} may import ${lower.length === 0 ? 'no other layer' : lower.join(', ')}.`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: anyOf(all.filter((name) => name !== layer && !lower.includes(name))) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'workflows-take-types-of-activities',
      comment: 'Types cross into workflows, code does not: use `import type`.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-imports-zod-alone',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '.', pathNot: ['^contract/', '^node_modules/zod/'] },
    },
    {
      name: 'algorithm-is-pure',
      comment: 'No I/O and no library: state in, state out.',
      severity: 'error',
      from: { path: '^algorithm/' },
      to: { path: '.', pathNot: '^(algorithm|contract)/' },
    },
    {
      name: 'no-node-builtins-in-workflows',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', severity: 'error', from: { pathNot: '^test/' }, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-packages-at-run-time',
      severity: 'error',
      from: { path: anyOf(Object.keys(layers)) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|python|coverage|\\.laser)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types', 'default'] },
  },
};
