import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const typescript = ['**/*.ts'];
const node = builtinModules.flatMap((name) => [name, `node:${name}`]);
const nodeGlobals = ['process', 'URL', 'setTimeout', 'setInterval', 'clearInterval', 'require', 'module', '__dirname'];
const inexact = ['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh'];

const noNodeBuiltins = {
  'no-restricted-imports': ['error', { paths: node.map((name) => ({ name, message: 'No node builtins here.' })) }],
};

export default tseslint.config(
  { ignores: ['dist/', '.laser/', 'python/', 'node_modules/', 'coverage/'] },
  {
    files: typescript,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
    },
  },
  {
    name: 'only the command line writes to a terminal',
    files: [
      ...['contract', 'algorithm', 'model-server', 'artifact-store', 'activities', 'workflows', 'config', 'report'],
    ].map((folder) => `${folder}/**/*.ts`),
    rules: { 'no-console': 'error' },
  },
  {
    name: 'algorithms are pure: no builtins, no clock, no unseeded chance',
    files: ['algorithm/**/*.ts'],
    rules: {
      ...noNodeBuiltins,
      'no-restricted-globals': ['error', 'process', 'Date', 'setTimeout', 'setInterval', 'fetch', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a seeded generator as an argument.' },
      ],
    },
  },
  {
    name: 'workflows are deterministic: these functions differ in the last bit between versions of V8',
    files: ['workflows/**/*.ts'],
    rules: {
      ...noNodeBuiltins,
      'no-restricted-properties': [
        'error',
        ...inexact.map((property) => ({ object: 'Math', property, message: 'Compute it in an activity.' })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "BinaryExpression[operator='**']", message: 'Compute it in an activity.' },
      ],
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}', 'bin/laser'],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])),
    },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      'no-unreachable': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
