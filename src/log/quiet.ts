import process from 'node:process';

/**
 * Imported before anything else: shuts the ways by which a library, or Node itself, could print what passes
 * through it, whatever the environment asks for.
 */
for (const name of ['DEBUG', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'OPENAI_LOG', 'SLACK_LOG_LEVEL'])
  delete process.env[name];

/** What is written to standard error by `console.error`, `util.debuglog` and warnings never gets there. */
const silent = (): void => {};
for (const method of ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const)
  Object.defineProperty(globalThis.console, method, { value: silent });
process.removeAllListeners('warning');
process.on('warning', silent);

/** Crash reports hold the heap's strings and the environment. Source: "Diagnostic report", nodejs.org/api/report. */
process.report.reportOnFatalError = false;
process.report.reportOnUncaughtException = false;
process.report.reportOnSignal = false;
