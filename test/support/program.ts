import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The real program, as `npm start` runs it, in a folder of its own. */
export interface Program {
  readonly url: string;
  readonly folder: string;
  /** Everything that it printed so far, on both streams. */
  output(): string;
  /** Ends it, with SIGTERM unless told otherwise, and resolves to its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  readonly pid: number;
}

const MAIN = resolve(__dirname, '../../dist/main.js');

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly args?: readonly string[];
}

/** Starts the built program and resolves once it says that it is ready. Rejects with its output when it refuses. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const { child, folder, output } = launch(options);
  let url: string | undefined;
  await new Promise<void>((ready, reject) => {
    const look = (): void => {
      url = /dejiren is ready(?:: open| at) (http:\S+)/u.exec(output())?.[1];
      if (url !== undefined) ready();
    };
    child.stdout?.on('data', look);
    child.once('exit', () => reject(new Error(`the program ended:\n${output()}`)));
  });
  return {
    url: url ?? '',
    folder,
    output,
    pid: child.pid ?? 0,
    async end(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** Runs the program to its end. */
export async function runProgram(options: ProgramOptions): Promise<{ code: number | null; output: string }> {
  const { child, folder, output } = launch(options);
  await once(child, 'exit');
  if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  return { code: child.exitCode, output: output() };
}

function launch({ env = {}, folder = mkdtempSync(join(tmpdir(), 'dejiren-')), args = [] }: ProgramOptions): {
  child: ChildProcess;
  folder: string;
  output: () => string;
} {
  let printed = '';
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    // The look before a first agreement has tests of its own; in the others one command agrees.
    env: { PATH: process.env.PATH, PORT: '0', TMPDIR: folder, DEJIREN_NOTICE_FIRST: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
    });
  return { child, folder, output: () => printed };
}
