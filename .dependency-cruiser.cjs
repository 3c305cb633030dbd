/** Who may import whom. `docs/how-it-works.md` draws it. Rooms that anyone may import: model, kit, log. */
const room = (name, path, mayImport) => ({
  name: `${name}-imports-only-its-own`,
  comment: `${path} may import ${mayImport.join(', ') || 'nothing of ours outside itself'}`,
  severity: 'error',
  from: { path: `^${path}/` },
  to: {
    path: '^(src|adapters)/',
    pathNot: [path, 'src/model', 'src/kit', 'src/log', ...mayImport].map((to) => `^${to}`),
  },
});

/** What a platform may know of consent and of language, beside the words that everything speaks. */
const PORTS = ['src/consent/(consent|command|done|input|notice)\\.ts', 'src/language'];
const platforms = {
  name: 'a-platform-imports-only-its-own',
  comment: 'A folder of adapters/ may import the kit and the ports, and no other platform',
  severity: 'error',
  from: { path: '^adapters/([^/]+)/', pathNot: '^adapters/kit/' },
  to: {
    path: '^(src|adapters)/',
    pathNot: ['adapters/$1/', 'adapters/(kit/|platform-module)', 'src/(model|kit|log)/', ...PORTS].map(
      (to) => `^${to}`,
    ),
  },
};

/** The prover believes nothing of the program that it looks at: what is named here is what people and operators see of it. */
const prover = (name, path, mayImport) => ({
  name: `the-prover's-${name}-imports-only-its-own`,
  comment: `${path} may import ${mayImport.join(', ') || 'nothing of ours outside itself'}`,
  severity: 'error',
  from: { path: `^${path}/` },
  to: { path: '^(src|adapters)/', pathNot: [path, ...mayImport].map((to) => `^${to}`) },
});

module.exports = {
  forbidden: [
    {
      name: 'the-program-does-not-import-its-prover',
      severity: 'error',
      from: { path: '^(src|adapters)/', pathNot: '^src/prove/' },
      to: { path: '^src/prove/' },
    },
    {
      name: 'platforms-are-known-to-their-registry-alone',
      comment: 'A platform is one folder and one line of adapters/registry.ts',
      severity: 'error',
      from: { path: '^(src|adapters)/', pathNot: '^adapters/registry\\.ts$' },
      to: { path: '^adapters/[^/]+/module\\.ts$' },
    },
    {
      name: 'the-rest-knows-no-platform',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/prove/' },
      to: { path: '^adapters/', pathNot: '^adapters/(registry|platform-module)\\.ts$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { pathNot: '^src/(production|development)\\.ts$' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', 'adapters/local/page/'] },
      to: {},
    },
    room('model', 'src/model', []),
    room('kit', 'src/kit', []),
    room('log', 'src/log', []),
    room('vendors', 'src/vendors', []),
    {
      name: 'a-vendor-knows-no-other',
      comment: 'a vendor imports the kit and the ports; only the registry knows the vendors',
      severity: 'error',
      from: { path: '^src/vendors/([^/]+)/' },
      to: { path: '^src/vendors/[^/]+/', pathNot: ['^src/vendors/$1/', '^src/vendors/kit/'] },
    },
    {
      name: 'only-the-registry-knows-the-vendors',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/vendors/'] },
      to: { path: '^src/vendors/[^/]+/', pathNot: ['^src/vendors/kit/'] },
    },
    {
      name: 'vendors-ask-the-registry-alone',
      severity: 'error',
      from: { path: '^src/vendors/[^/]+\\.ts$', pathNot: ['^src/vendors/registry\\.ts$'] },
      to: { path: '^src/vendors/[^/]+/', pathNot: ['^src/vendors/kit/'] },
    },
    room('egress', 'src/egress', []),
    room('consent', 'src/consent', []),
    room('language', 'src/language', ['src/consent', 'src/redact/kinds']),
    room('redact', 'src/redact', ['src/vendors/connector']),
    room('proof', 'src/proof', ['src/consent']),
    room('sanitise', 'src/sanitise', []),
    room('dispatch', 'src/dispatch', [
      'src/consent',
      'src/language',
      'src/redact',
      'src/sanitise/sanitise',
      'src/vendors/(connector|kit/vendor-error)',
    ]),
    room('chain', 'src/consent/chain', ['src/consent/(consent|ledger-error)']),
    {
      name: 'only-the-engine-knows-sqlite',
      comment:
        'the chain, the ports and everything above them work with any engine; the prover looks into the file from outside',
      severity: 'error',
      from: { path: '^(src|adapters)/', pathNot: '^src/(store/sqlite|prove)/' },
      to: { path: '^(node:)?sqlite$' },
    },
    room('store', 'src/store', ['src/consent', 'src/dispatch/admit']),
    room('settings', 'src/settings', [
      'adapters/(registry|platform-module)',
      'src/vendors',
      'src/egress',
      'src/redact/kinds',
    ]),
    room('notices', 'src/notices', ['src/consent']),
    room('metrics', 'src/metrics', ['src/notices']),
    room('http', 'src/http', ['src/consent', 'src/language']),
    room('cli', 'src/cli', [
      'adapters/registry',
      'src/(consent|egress|notices|proof|settings|store|vendors)/',
      'src/language/dates',
      'src/redact/kinds',
    ]),
    room('platforms-kit', 'adapters/kit', PORTS),
    platforms,
    prover('doubles', 'src/prove/doubles', []),
    prover('plan', 'src/prove/plan', [
      'src/prove/doubles/vendors',
      'src/prove/watch/canaries',
      'src/prove/judge/consent-model',
    ]),
    prover('watch', 'src/prove/watch', ['src/prove/play/seat', 'src/prove/program']),
    prover('judge', 'src/prove/judge', [
      'src/prove/doubles/wire-promise',
      'src/prove/plan',
      'src/prove/watch',
      'src/prove/play/seat',
    ]),
    prover('play', 'src/prove/play', [
      'src/prove/(plan|watch|judge|doubles)',
      'src/prove/stand',
      'src/language',
      'adapters/local/wire',
    ]),
    prover('plants', 'src/prove/plants', [
      'src/prove/(doubles/vendor-faults|plan/stand-plan|judge/findings|watch/canaries)',
    ]),
    prover('rest', 'src/prove', ['src/settings', 'src/language', 'adapters/local/wire']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
