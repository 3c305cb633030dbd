import { getSystemErrorMap } from 'node:util';
import { DejirenError, isOwnErrorCode } from '../model/errors';
import { errorClassOf } from './error-class';
import type { LogFields } from './log';
import { positionOf } from './position';

/** Of the system, e.g. `ECONNRESET`. */
const SYSTEM_CODES: ReadonlySet<string> = new Set([...getSystemErrorMap().values()].map(([name]) => name));
/** Of Node, of its HTTP parser and of undici. Source: "Errors", nodejs.org/api/errors. */
const NODE_CODE = /^(?:ERR|UND_ERR|HPE)(?:_[A-Z][A-Z0-9]{0,24}){1,8}$/u;

/** Whether a word is a code by which an error may be told: the system's, Node's, or of an error of ours. */
export function isErrorCode(word: string): boolean {
  return isOwnErrorCode(word) || SYSTEM_CODES.has(word) || NODE_CODE.test(word);
}

/** Shows a whole error to a developer. Unset in production: an error's words may be somebody's. */
let show: ((error: unknown) => void) | undefined;

/** For `npm run dev` alone: from now on every error that is logged is shown as well, with its words and its stack. */
export function showErrorsBy(by: (error: unknown) => void): void {
  show = by;
}

/**
 * What the log may tell of an error that was caught: its class, its code, and where in our own code it came from.
 *
 * @example
 * log.error('turn-broke', { ...errorFields(error) });
 */
export function errorFields(error: unknown): Pick<LogFields, 'errorClass' | 'errorCode' | 'position'> {
  show?.(error);
  const errorCode = codeOf(error);
  const position = positionOf(error);
  return {
    errorClass: errorClassOf(error),
    ...(errorCode !== undefined && { errorCode }),
    ...(position !== undefined && { position }),
  };
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof DejirenError) return error.code;
  try {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return typeof code === 'string' && isErrorCode(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
