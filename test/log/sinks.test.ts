import ts from 'typescript';
import { loadsOf, nodesOf, programFiles } from '../support/sources';

/** What starts `dejiren prove`, which is a program of its own. */
const files = programFiles().filter(({ file }) => file !== 'src/cli/commands/prove.ts');

/** Where files, sockets and the database are reached, and what for. Types alone do not count. */
const REACHES: Readonly<Record<string, readonly (readonly [file: string, reason: string])[]>> = {
  'node:fs': [
    ['src/cli/commands/ledger-seal.ts', 'looks whether there is a ledger to seal'],
    ['src/cli/commands/version.ts', 'reads the version'],
    ['src/cli/input.ts', 'reads the receipts and heads that a command is given'],
    ['src/cli/output.ts', 'writes what a command exports, where the operator says'],
    ['src/cli/room.ts', 'looks whether there is room for the database'],
    ['src/kit/root-folder.ts', 'looks where package.json is'],
    ['src/log/exposure.ts', 'reads whether the system would write core dumps'],
    ['src/log/position.ts', 'reads the table of its own positions'],
    ['src/settings/data-key.ts', 'keeps the key of the data folder'],
    ['src/settings/read-settings.ts', 'reads the configuration file and .env'],
    ['src/settings/write-once.ts', 'puts the key in its place, whole or not at all'],
    ['src/store/sqlite/database-file.ts', 'looks whether the database is still there'],
    ['src/store/sqlite/open.ts', 'makes the database'],
    ['src/store/sqlite/read-only.ts', 'looks at a database without making or changing a file'],
  ],
  'node:fs/promises': [['adapters/local/page-files.ts', 'reads the files of the page']],
  'node:http': [
    ['src/egress/exchange.ts', 'is the way out'],
    ['src/http/server.ts', 'is the way in'],
  ],
  'node:https': [['src/egress/exchange.ts', 'is the way out']],
  'node:sqlite': [
    ['src/store/sqlite/open.ts', 'opens the database'],
    ['src/store/sqlite/presence.ts', 'holds a lock by which others see that it is in use'],
    ['src/store/sqlite/read-only.ts', 'opens it for commands that only look'],
    ['src/store/sqlite/schema.ts', 'makes an empty one in memory, to compare the schema with'],
  ],
};
/** They read the memory of the process, run code that is no part of the program, or open ways out past `src/egress`. */
const NOBODY =
  /^node:(?:child_process|cluster|dgram|diagnostics_channel|http2|inspector|net|repl|tls|trace_events|v8|vm|wasi|worker_threads)/u;

function filesThat(does: (source: ts.SourceFile) => boolean): readonly string[] {
  return files.filter(({ source }) => does(source)).map(({ file }) => file);
}

const loading = (module: string): readonly string[] =>
  filesThat((source) => loadsOf(source).some((load) => load.module === module || `node:${load.module}` === module));

const naming = (word: RegExp): readonly string[] =>
  filesThat((source) => [...nodesOf(source)].some((node) => ts.isIdentifier(node) && word.test(node.text)));

describe('what the program writes', () => {
  it.each(Object.entries(REACHES))('goes by %s in these files alone', (module, allowed) => {
    expect([...loading(module)].sort()).toEqual(allowed.map(([file]) => file));
  });

  it('reaches nothing by other modules of Node', () => {
    expect(filesThat((source) => loadsOf(source).some(({ module }) => NOBODY.test(module)))).toEqual([
      'src/log/stacks.ts',
    ]);
    const stacks = files.find(({ file }) => file === 'src/log/stacks.ts');
    expect(stacks && loadsOf(stacks.source).filter(({ module }) => NOBODY.test(module))).toEqual([
      { module: 'node:v8', names: ['setFlagsFromString'] },
    ]);
    const computed = filesThat((source) => loadsOf(source).some(({ module }) => module === '(computed)'));
    // The program itself, and the folder of a dictionary.
    expect([...computed].sort()).toEqual(['src/redact/find/values.ts', 'src/start.ts']);
  });

  it('is on standard output by the log and the commands, on standard error never, and never by the console', () => {
    expect([...naming(/^stdout$/u)].sort()).toEqual([
      'src/cli/terminal.ts',
      'src/log/pino-log.ts',
      'src/log/terminal-lines.ts',
    ]);
    // In development mode errors are shown; what is built does not hold that file.
    expect(naming(/^stderr$|^_rawDebug$/u)).toEqual(['src/log/loud.ts', 'src/log/quiet.ts']);
    expect(naming(/^showErrorsBy$/u)).toEqual(['src/log/error-fields.ts', 'src/log/loud.ts']);
    expect(filesThat((source) => loadsOf(source).some(({ module }) => /\/loud$/u.test(module)))).toEqual([
      'src/development.ts',
    ]);
    expect(naming(/^console$/u)).toEqual(['src/log/quiet.ts', 'src/vendors/kit/unannounced.ts']);
    expect(naming(/^(?:eval|Function)$/u)).toEqual([]);
  });

  it('is logged as an event that stands in the code, with fields by their names, and never as an error', () => {
    const odd: string[] = [];
    for (const { file, source } of files)
      for (const node of nodesOf(source)) {
        if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
        const { expression, name } = node.expression;
        if (!/^(?:debug|info|warn|error)$/u.test(name.text) || !/(?:^|\.)log$/u.test(expression.getText())) continue;
        const [event, fields] = node.arguments;
        const isPlain = event !== undefined && ts.isStringLiteral(event);
        const areNamed = fields === undefined || ts.isObjectLiteralExpression(fields);
        const holdsError =
          fields !== undefined &&
          /(?:^|[{,:(]\s*)(?:err|error|cause|reason)\s*[,})]/u.test(
            fields.getText().replace(/errorFields\(error\)/gu, 'class'),
          );
        if (!isPlain || !areNamed || holdsError) odd.push(`${file}: ${node.getText()}`);
      }
    expect(odd).toEqual([]);
  });

  it('holds no word of an error: these files look into one, to tell what it means', () => {
    const looking = filesThat((source) => /\berror\.(?:name|message|stack|cause)\b/u.test(source.text));
    expect([...looking].sort()).toEqual([
      'adapters/teams/bot.ts',
      'src/log/error-class.ts',
      'src/log/position.ts',
      'src/vendors/kit/openai/errors.ts',
      'src/vendors/vertex-ai/google-token.ts',
    ]);
  });
});
