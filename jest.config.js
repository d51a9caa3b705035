/** Options of swc stay in here: Temporal's bundler would pick up a .swcrc and grow the workflow bundle. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.laser/', '<rootDir>/python/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // On two cores: most of the long tests wait for servers.
  maxWorkers: 3,
  testTimeout: 30_000,
};
