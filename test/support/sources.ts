import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '..', '..');

/** Every file of the program, as syntax. What runs in the browser is no part of it, nor the prover, which is another. */
export function programFiles(): readonly { readonly file: string; readonly source: ts.SourceFile }[] {
  return ['src', 'adapters']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/u.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.startsWith('adapters/local/page/') && !file.startsWith('src/prove/'))
    .map((file) => ({ file, source: parse(file, readFileSync(join(ROOT, file), 'utf8')) }));
}

export function parse(file: string, words: string): ts.SourceFile {
  return ts.createSourceFile(file, words, ts.ScriptTarget.Latest, true);
}

/** Every node of a file, the outer ones first, but its comments. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** The modules that a file loads, in whichever way (types are none), and what it takes of each; `*` is all of it. */
export function loadsOf(
  source: ts.SourceFile,
): readonly { readonly module: string; readonly names: readonly string[] }[] {
  const loads: { module: string; names: readonly string[] }[] = [];
  for (const node of nodesOf(source)) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { importClause } = node;
      if (importClause?.isTypeOnly) continue;
      const bound = importClause?.namedBindings;
      const named =
        bound === undefined
          ? []
          : ts.isNamespaceImport(bound)
            ? ['*']
            : bound.elements
                .filter(({ isTypeOnly }) => !isTypeOnly)
                .map(({ name, propertyName }) =>
                  propertyName === undefined ? name.text : `${propertyName.text} as ${name.text}`,
                );
      const names = [...(importClause?.name ? ['default'] : []), ...named];
      if (names.length > 0 || importClause === undefined) loads.push({ module: node.moduleSpecifier.text, names });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      loads.push({ module: node.moduleSpecifier.text, names: ['*'] });
    else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      const [first] = node.arguments;
      loads.push({
        module: first !== undefined && ts.isStringLiteralLike(first) ? first.text : '(computed)',
        names: ['*'],
      });
    }
  }
  return loads;
}

function isLoader(called: ts.Expression): boolean {
  return (
    called.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(called) && /^(?:require|createRequire)$/u.test(called.text))
  );
}
