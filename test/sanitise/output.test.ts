import { Output } from '../../src/sanitise/output';

describe('what the sanitiser gave out', () => {
  it('is given once, in order', () => {
    const output = new Output();
    output.put('one');
    output.newLine();
    output.put('two');
    expect([output.drain(), output.drain()]).toEqual(['one\ntwo', '']);
  });

  it('begins at the start of a line, after a blank one', () => {
    const output = new Output();
    expect([output.atLineStart, output.lineIsBlank, output.previousLineIsBlank]).toEqual([true, true, true]);
  });

  it('is at the start of its line until anything was put there, blank or not', () => {
    const output = new Output();
    output.put('');
    expect(output.atLineStart).toBe(true);
    output.put(' ');
    expect(output.atLineStart).toBe(false);
    output.newLine();
    expect(output.atLineStart).toBe(true);
  });

  it('has a blank line while nothing but blanks was put there, and knows the one before', () => {
    const output = new Output();
    output.put(' \t');
    expect(output.lineIsBlank).toBe(true);
    output.put('x');
    output.put(' ');
    expect(output.lineIsBlank).toBe(false);
    output.newLine();
    expect([output.lineIsBlank, output.previousLineIsBlank]).toEqual([true, false]);
    output.put(' ');
    output.newLine();
    expect([output.lineIsBlank, output.previousLineIsBlank]).toEqual([true, true]);
  });

  it('is remembered at its end, over what was drained: 80 characters, and the last of them', () => {
    const output = new Output();
    expect([output.recent, output.last]).toEqual(['', '']);
    output.put('a'.repeat(79));
    output.put('b');
    output.drain();
    expect([output.recent, output.last]).toEqual([`${'a'.repeat(79)}b`, 'b']);
    output.put('cd');
    expect([output.recent, output.last]).toEqual([`${'a'.repeat(77)}bcd`, 'd']);
    output.put('e'.repeat(100));
    expect(output.recent).toBe('e'.repeat(80));
  });
});
