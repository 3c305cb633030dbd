/** Who may import whom. `docs/how-it-works.md` draws it. Rooms that anyone may import: text, log, kit. */
const room = (name, path, mayImport) => ({
  name: `${name}-imports-only-its-own`,
  comment: `${path} may import ${mayImport.join(', ') || 'nothing of ours outside itself'}`,
  severity: 'error',
  from: { path: `^${path}/` },
  to: {
    path: '^(src|adapters)/',
    pathNot: [path, 'src/text', 'src/log', 'src/kit', ...mayImport].map((to) => `^${to}`),
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { pathNot: '^src/(main|commands)\\.ts$' },
      to: { path: '^src/(main|commands|connectors)\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', 'adapters/local/page/'] },
      to: {},
    },
    room('text', 'src/text', []),
    room('log', 'src/log', []),
    room('kit', 'src/kit', []),
    room('chat', 'src/chat', []),
    room('vendors', 'src/vendors', []),
    room('egress', 'src/egress', []),
    room('consent', 'src/consent', []),
    room('language', 'src/language', ['src/chat', 'src/consent', 'src/redact/kinds']),
    room('redact', 'src/redact', ['src/chat', 'src/vendors/connector']),
    room('proof', 'src/proof', ['src/consent']),
    room('dispatch', 'src/dispatch', [
      'src/chat',
      'src/consent',
      'src/language',
      'src/redact',
      'src/vendors/(connector|vendor-error)',
    ]),
    room('store', 'src/store', ['src/chat', 'src/consent', 'src/dispatch']),
    room('settings', 'src/settings', ['src/vendors', 'src/egress', 'src/redact/kinds']),
    room('notices', 'src/notices', ['src/consent']),
    room('metrics', 'src/metrics', ['src/notices']),
    room('server', 'src/server', ['src/chat', 'src/consent', 'src/language']),
    room('slack', 'adapters/slack', ['src/chat', 'src/consent', 'src/language']),
    room('teams', 'adapters/teams', ['src/chat', 'src/consent', 'src/language']),
    room('local', 'adapters/local', ['src/chat', 'src/consent', 'src/language']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
