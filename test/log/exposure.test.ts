import { exposuresHere, exposuresOf } from '../../src/log/exposure';

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
    expect(exposuresHere()).toEqual(expect.any(Array));
  });
});
