const swc = (syntax: 'typescript' | 'ecmascript'): [string, object] => [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax } } },
];

const config: import('jest').Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/bench/'],
  // Packages that are ES modules alone: Node loads them as they are, jest has to be given CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!@secretlint/|@patdx/kuromoji/|jose/)'],
  transform: { '^.+\\.ts$': swc('typescript'), '^.+\\.m?js$': swc('ecmascript') },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  // No test counts on its end: those that run side by side share a machine that may have more to do.
  testTimeout: 40_000,
  // Many tests wait more than they work: no processor is left out for jest itself.
  maxWorkers: '100%',
  // Tests that run side by side wait, for the paces of platforms, more than they work.
  maxConcurrency: 16,
};

module.exports = config;
