import { type Check, runDoctor } from '../../src/cli/doctor';

async function see(...checks: readonly Check[]): Promise<{ well: boolean; lines: readonly string[] }> {
  const lines: string[] = [];
  return { well: await runDoctor(checks, (line) => lines.push(line)), lines };
}

const well: Check = { name: 'Node', run: async () => ({ well: true, found: '24.21.0', advice: 'not said' }) };
const ill: Check = { name: 'Settings', run: async () => ({ well: false, found: 'wrong', advice: 'Fix PORT.' }) };
const broken: Check = {
  name: 'Store',
  run: async () => {
    throw new TypeError('CANARY');
  },
};

describe('the doctor', () => {
  it('prints a line for each check, and is content when all are well', async () => {
    expect(await see(well, well)).toEqual({
      well: true,
      lines: ['✓ Node: 24.21.0', '✓ Node: 24.21.0', 'Everything is OK.'],
    });
  });

  it('says what to do about what is not well, and goes on', async () => {
    expect(await see(ill, well)).toEqual({
      well: false,
      lines: ['✗ Settings: wrong', '    Fix PORT.', '✓ Node: 24.21.0', 'Something needs attention: see ✗ above.'],
    });
  });

  it('takes a check that breaks for one that failed, and repeats nothing of the error but its class', async () => {
    expect((await see(broken, well)).lines[0]).toBe('✗ Store: failed (TypeError)');
    expect((await see(broken)).well).toBe(false);
  });
});
