import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { End } from './plan/matrix';

/** The program under trial: started as an operator starts it, in folders of its own. */
export interface Tried {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly folders: Folders;
  /** Everything that it wrote to its two streams so far. */
  output(): { readonly stdout: Buffer; readonly stderr: Buffer };
  /** Whether it has ended by itself. */
  readonly ended: boolean;
  /** Sends the signal, and resolves once it is gone and every system call was told. */
  end(signal: End): Promise<void>;
}

/** Where the program works, and may write. */
export interface Folders {
  readonly whole: string;
  readonly work: string;
  readonly home: string;
  readonly temporary: string;
}

export interface ProgramWish {
  /** `dist/main.js`. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folders: Folders;
  /** Modules that Node loads before the program. */
  readonly preload?: readonly string[];
  /** Told of every line that strace writes; without it the program runs by itself. */
  readonly onSystemCall?: (line: string) => void;
  readonly nodeFlags?: readonly string[];
}

/** The program refused to start, or ended before it was ready. Its words are the operator's own. */
export class NotStarted extends Error {
  constructor(output: string) {
    super(output);
    this.name = 'NotStarted';
  }
}

/** What is there now, to be taken away when the trial is broken off. */
const children = new Set<ChildProcess>();
const standing = new Set<Folders>();

/** Ends every program that is being tried, and removes its folders. */
export function breakOff(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const folders of standing) removeFolders(folders);
}

export function makeFolders(): Folders {
  const whole = mkdtempSync(join(tmpdir(), 'dejiren-prove-'));
  const [work, home, temporary] = [join(whole, 'work'), join(whole, 'home'), join(whole, 'tmp')];
  for (const folder of [work, home, temporary]) mkdirSync(folder);
  const folders = { whole, work, home, temporary };
  standing.add(folders);
  return folders;
}

export function removeFolders(folders: Folders): void {
  standing.delete(folders);
  rmSync(folders.whole, { recursive: true, force: true });
}

/** What is traced: calls that write, send, name, ask for, make, map, take away, start, listen or connect. */
const CALLS = [
  'write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,sendfile,splice,tee,vmsplice,copy_file_range',
  'open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat',
  'setxattr,lsetxattr,fsetxattr,memfd_create,mmap,mremap,execve,execveat,connect,io_uring_setup,process_vm_writev',
  'msgsnd,mq_timedsend,shmat,add_key,keyctl,prctl,sethostname,ptrace,bind,listen',
  'stat,lstat,newfstatat,statx,statfs,access,faccessat,faccessat2,readlink,readlinkat,chdir,chmod,fchmodat,fchownat',
  'unlink,unlinkat,rmdir,truncate,utimensat,getxattr,lgetxattr,removexattr,inotify_add_watch',
].join(',');

const READY_MS = 60_000;

/** Resolves once the program says that it is ready. Rejects with `NotStarted`. */
export async function startTried(wish: ProgramWish): Promise<Tried> {
  const { folders, main } = wish;
  const child = launch(wish);
  children.add(child);
  child.once('close', () => children.delete(child));
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const traced = wish.onSystemCall === undefined ? Promise.resolve() : follow(child.stdio[3], wish.onSystemCall);
  const gone = once(child, 'close');
  const words = (): string => Buffer.concat([...stdout, ...stderr]).toString('utf8');
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => fail(), READY_MS);
    const fail = (): void => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new NotStarted(words() || `${main} could not be started`));
    };
    const look = (): void => {
      const found = /dejiren is ready(?:: open| at) (http:\S+)|(http:\/\/127\.0\.0\.1:\d+)/u.exec(words())?.[0];
      const address = found === undefined ? undefined : /http:\/\/[\w.[\]:-]+/u.exec(found)?.[0];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('exit', fail);
    child.once('error', fail);
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    folders,
    output: () => ({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }),
    get ended() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await gone;
      await traced;
    },
  };
}

function launch({ main, env, folders, preload = [], onSystemCall, nodeFlags = [] }: ProgramWish): ChildProcess {
  const node = [process.execPath, ...nodeFlags, ...preload.flatMap((path) => ['--require', path]), main];
  const place = {
    cwd: folders.work,
    env: { PATH: process.env.PATH, HOME: folders.home, TMPDIR: folders.temporary, PORT: '0', ...env },
  };
  if (onSystemCall === undefined)
    return spawn(node[0] ?? '', node.slice(1), { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  // strace stands aside (-D), so that signals and the exit are the program's own; it writes to a pipe, not to a file.
  const quiet = ['-D', '-f', '--seccomp-bpf', '-q', '-yy', '-s', '4194304', '-o', '|exec cat >&3'];
  // What goes through io_uring, strace does not see: it is refused, and Node goes on without it.
  const strace = [...quiet, '-e', `trace=${CALLS}`, '-e', 'signal=none', '-e', 'inject=io_uring_setup:error=ENOSYS'];
  const without = ['sh', '-c', 'exec "$@" 3>&-', 'sh', ...node];
  return spawn('strace', [...strace, '--', ...without], { ...place, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
}

function collect(stream: Readable | null): Buffer[] {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return chunks;
}

/** Resolves when strace has told everything. */
async function follow(stream: unknown, take: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream as Readable, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', take);
  await once(lines, 'close');
}
