import ts from 'typescript';
import { LedgerError } from '../../src/consent/ledger-error';
import { errorClassOf, isErrorClass } from '../../src/log/error-class';
import { DejirenError, isFailure, isOwnErrorName } from '../../src/model/errors';
import { StoreError } from '../../src/store/store-error';
import { nodesOf, programFiles } from '../support/sources';

describe('an error of dejiren’s own', () => {
  const full = new StoreError('disk-full', 'Make room.');

  it('is told by its family and its code, and its message holds nothing else', () => {
    expect(full).toBeInstanceOf(DejirenError);
    expect(full).toMatchObject({ name: 'StoreError', family: 'store', code: 'disk-full', advice: 'Make room.' });
    expect(full.message).toBe('store: disk-full');
    expect(new LedgerError('broken').advice).toBeUndefined();
  });

  it('is matched by its family, and by codes where they are given', () => {
    expect(isFailure(full, 'store')).toBe(true);
    expect(isFailure(full, 'store', 'locked', 'disk-full')).toBe(true);
    expect(isFailure(full, 'store', 'locked')).toBe(false);
    expect(isFailure(new LedgerError('unavailable'), 'store', 'unavailable')).toBe(false);
  });

  it.each([
    ['an object with the same fields', { name: 'StoreError', family: 'store', code: 'disk-full' }],
    ['another error with the same fields', Object.assign(new Error('x'), { family: 'store', code: 'disk-full' })],
    ['nothing', undefined],
  ])('is never %s', (_name, foreign) => {
    expect(isFailure(foreign, 'store')).toBe(false);
    expect(isFailure(foreign, 'store', 'disk-full')).toBe(false);
  });

  it('narrows by its code', () => {
    const advise = (error: LedgerError): string => {
      switch (error.code) {
        case 'broken':
          return 'restore';
        case 'unavailable':
          return 'wait';
      }
    };
    expect([advise(new LedgerError('broken')), advise(new LedgerError('unavailable'))]).toEqual(['restore', 'wait']);
  });

  it('is written to the log by the name of its class, which no other word can be', () => {
    class InventedError extends DejirenError<'invented', 'one'> {
      constructor() {
        super('InventedError', 'invented', 'one');
      }
    }
    expect([isErrorClass('InventedError'), isOwnErrorName('InventedError')]).toEqual([false, false]);
    expect(errorClassOf(new InventedError())).toBe('InventedError');
    expect(isErrorClass('InventedError')).toBe(true);
    expect(errorClassOf(Object.assign(new Error('x'), { name: 'CANARY' }))).toBe('other');
  });
});

describe('the program', () => {
  const files = programFiles();

  it('makes errors of its own of one family: each class below it has its name, its family and its codes written out', () => {
    const odd: string[] = [];
    let found = 0;
    for (const { file, source } of files)
      for (const node of nodesOf(source)) {
        if (!ts.isClassDeclaration(node)) continue;
        const [parent] = node.heritageClauses?.[0]?.types ?? [];
        if (!/Error$/u.test(parent?.expression.getText() ?? '')) continue;
        if (parent?.expression.getText() === 'Error') {
          if (file !== 'src/model/errors.ts') odd.push(`${file}: ${node.name?.text}`);
          continue;
        }
        if (parent?.expression.getText() !== 'DejirenError') continue;
        found += 1;
        const made = [...nodesOf(node)].find(
          (one): one is ts.CallExpression =>
            ts.isCallExpression(one) && one.expression.kind === ts.SyntaxKind.SuperKeyword,
        );
        const [name, family] = made?.arguments ?? [];
        const isWritten = name !== undefined && ts.isStringLiteral(name) && name.text === node.name?.text;
        if (!isWritten || family === undefined || !ts.isStringLiteral(family)) odd.push(`${file}: ${node.name?.text}`);
      }
    expect(odd).toEqual([]);
    expect(found).toBeGreaterThan(9);
  });
});
