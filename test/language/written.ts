import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** Words that stand in a file for people to read, and where. */
export interface Written {
  readonly place: string;
  readonly words: string;
}

/** Files below a folder whose names end so, by their paths from the root. */
export function filesIn(folder: string, ends: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

export function readFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every string and template of a TypeScript file that reads like words; what is put into a template stands as `…`. */
export function writtenIn(path: string): readonly Written[] {
  const source = ts.createSourceFile(path, readFile(path), ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const note = (node: ts.Node, words: string): void => {
    if (!readsLikeWords(words)) return;
    found.push({ place: `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, words });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) note(node, node.text);
    if (ts.isTemplateExpression(node))
      note(node, node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Prose of a Markdown file, or of comments in a settings file, a line each: code is left out. */
export function proseIn(path: string): readonly Written[] {
  const lines = readFile(path).split('\n');
  let inCode = false;
  return lines.flatMap((line, index): Written[] => {
    if (/^\s*```/u.test(line)) inCode = !inCode;
    if (inCode || /^\s*```/u.test(line)) return [];
    if (!path.endsWith('.md') && !/^\s*#/u.test(line)) return [];
    const words = line.replace(/`[^`]*`/gu, '…').replace(/\]\([^)]*\)/gu, ']');
    return [{ place: `${path}:${index + 1}`, words }];
  });
}

export const isJapanese = (words: string): boolean => /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(words);

/** The sentences of some words: what people read in one breath. Parts of a list and lines are sentences as well. */
export function sentencesOf(words: string): readonly string[] {
  const ends = isJapanese(words) ? /(?<=[。？！])|\n|・(?=.{0,40}：)/u : /(?<=[.!?]”?)\s+(?=[A-Z“…]|dejiren)|\n| · /u;
  return words
    .split(ends)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function readsLikeWords(words: string): boolean {
  return isJapanese(words) || /\p{L}+[,:;]? \p{L}+/u.test(words);
}
