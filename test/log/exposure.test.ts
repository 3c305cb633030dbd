import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { exposuresOf } from '../../src/log/exposure';
import { ROOT } from '../support/sources';

const LOOK = "process.stdout.write(JSON.stringify(require('./src/log/exposure').exposuresHere()))";

const limits = (core: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax core file size        ${core}                    unlimited            bytes\n`;

describe('the memory of the process', () => {
  it.each([
    ['--inspect=0.0.0.0:9229', ['inspector']],
    ['--inspect-brk --heapsnapshot-signal=SIGUSR2', ['inspector', 'heap-snapshot']],
    ['--heapsnapshot-near-heap-limit=3 --heap-prof', ['heap-snapshot', 'heap-profile']],
    ['--abort-on-uncaught-exception', ['abort']],
    ['--max-old-space-size=512 --enable-source-maps', []],
  ])('is told to be exposed by the flags %s: %j', (flags, found) => {
    expect(exposuresOf({ flags, limits: limits('0') })).toEqual(found);
  });

  it('is told to be exposed where the system would write it to a file', () => {
    expect(exposuresOf({ flags: '', limits: limits('unlimited') })).toEqual(['core-dump']);
    expect(exposuresOf({ flags: '', limits: '' })).toEqual([]);
  });

  it('is looked at in the process that runs: its flags, what NODE_OPTIONS adds, and what the system would write', () => {
    const seen = (flags: readonly string[], options = ''): unknown => {
      const { stdout } = spawnSync(process.execPath, [...flags, '-r', 'ts-node/register/transpile-only', '-e', LOOK], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, NODE_OPTIONS: options },
        encoding: 'utf8',
      });
      return JSON.parse(stdout);
    };
    const core = existsSync('/proc/self/limits')
      ? exposuresOf({ flags: '', limits: readFileSync('/proc/self/limits', 'utf8') })
      : [];
    expect(seen([])).toEqual(core);
    expect(seen(['--abort-on-uncaught-exception'])).toEqual(['abort', ...core]);
    expect(seen([], '--heapsnapshot-near-heap-limit=1')).toEqual(['heap-snapshot', ...core]);
    expect(seen(['--abort-on-uncaught-exception'], '--heapsnapshot-near-heap-limit=1')).toEqual([
      'heap-snapshot',
      'abort',
      ...core,
    ]);
  });
});
