import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { LedgerError } from '../consent/ledger';
import { createNotice, type Notice, STATEMENT_KEYS } from '../consent/notice';
import { toText } from './sqlite-rows';

const bilingual = z.object({ en: z.string(), ja: z.string() });
const source = z.object({ title: z.string(), url: z.string() });
/** Strict: what is not read back would give the notice another id. */
const body = z.strictObject({
  vendorName: z.string(),
  route: z.strictObject({
    vendor: z.string(),
    endpoint: z.string(),
    region: z.string(),
    model: z.string(),
    sharesForTraining: z.boolean(),
    context: z.enum(['consented', 'none']).optional(),
    memory: z
      .strictObject({ turns: z.number(), minutes: z.number(), where: z.literal('unreadable').optional() })
      .optional(),
    redaction: z
      .object({
        mode: z.enum(['off', 'mask', 'block']),
        without: z.array(z.string()),
        detector: z.string().optional(),
      })
      .optional(),
  }),
  statements: z.array(
    z.strictObject({
      key: z.enum(STATEMENT_KEYS),
      value: z.string(),
      text: bilingual,
      source,
      quote: z.string().optional(),
      outdated: z.object({ said: bilingual, source }).optional(),
      checkedOn: z.string(),
      reviewBy: z.string(),
    }),
  ),
});

/** What is stored of a notice beside its ids. */
export function noticeBody({ vendorName, route, statements }: Notice): string {
  return JSON.stringify({ vendorName, route, statements });
}

/**
 * Reads a notice as it was served. Throws a `LedgerError` where it does not give the ids that it is stored under:
 * grants are judged by them.
 */
export function readNotice(row: Readonly<Record<string, SQLOutputValue>>): Notice {
  const vendor = toText(row.vendor);
  const notice = createNotice({ vendor, ...parseBody(toText(row.body)) });
  if (notice.id !== toText(row.id) || notice.materialId !== toText(row.material_id)) throw new LedgerError('broken');
  return notice;
}

function parseBody(source: string): z.output<typeof body> {
  try {
    return body.parse(JSON.parse(source));
  } catch {
    throw new LedgerError('broken');
  }
}
