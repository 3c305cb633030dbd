import process from 'node:process';
import { guardStacks } from './stacks';

/**
 * Imported before anything else: shuts the ways by which a library, or Node itself, could print what passes
 * through it, whatever the environment asks for.
 */
for (const name of [
  'DEBUG',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'OPENAI_LOG',
  'SLACK_LOG_LEVEL',
  'AZURE_LOG_LEVEL',
  'GOOGLE_SDK_NODE_LOGGING',
])
  delete process.env[name];

const silent = (): void => {};
for (const method of ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const)
  Object.defineProperty(globalThis.console, method, { value: silent });
process.removeAllListeners('warning');
process.on('warning', silent);

/**
 * Node has read `NODE_DEBUG` before any of our code runs, and with it `node:http` writes every header, tokens
 * included, to standard error (measured on 24.21). dejiren itself writes to standard output alone.
 */
Object.defineProperty(process.stderr, 'write', {
  value: (_chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(done);
    return true;
  },
});
Object.defineProperty(process, '_rawDebug', { value: silent });

/**
 * Node would open its debugger to every program on the machine. Source: "Signal events" (SIGUSR1),
 * nodejs.org/api/process; with a listener it does not (measured on 24.21).
 */
if (process.platform !== 'win32') process.on('SIGUSR1', silent);

/** Crash reports hold the heap's strings and the environment. Source: "Diagnostic report", nodejs.org/api/report. */
process.report.reportOnFatalError = false;
process.report.reportOnUncaughtException = false;
process.report.reportOnSignal = false;

guardStacks();

/**
 * Node cuts small buffers out of one large one, which is freed when none of them is left: a library's constant kept
 * what the first questions had left beside it (measured on 24.21). Without a pool each is freed by itself.
 */
Buffer.poolSize = 0;

/**
 * Buffers that are not filled hold what lay in that memory before: a library's, made for later, held the name of
 * somebody's file (measured on 24.21). Here they begin empty.
 */
const filled = (size: number): Buffer<ArrayBuffer> => Buffer.alloc(size);
Object.defineProperty(Buffer, 'allocUnsafe', { value: filled });
Object.defineProperty(Buffer, 'allocUnsafeSlow', { value: filled });
