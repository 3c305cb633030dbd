const swc = (syntax: 'typescript' | 'ecmascript'): [string, object] => [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax } } },
];

/** `npm run test:browser`: the page in a real Chromium. */
const config: import('jest').Config = {
  rootDir: '../..',
  testEnvironment: 'node',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.test.ts'],
  // Packages that are ES modules alone, and that jest has to be given as CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!pixelmatch/|@secretlint/|@patdx/kuromoji/|jose/)'],
  transform: { '^.+\\.ts$': swc('typescript'), '^.+\\.m?js$': swc('ecmascript') },
  // A machine may have much else to do.
  testTimeout: 240_000,
};

module.exports = config;
