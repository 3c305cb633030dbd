import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { BrokenLedger } from '../../consent/chain/fault';
import { createNotice, type Notice, STATEMENT_KEYS } from '../../consent/notice';
import { RecentMap } from '../../kit/recent-map';
import { toText } from './rows';

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
      brief: bilingual.optional(),
      source,
      quote: z.string().optional(),
      outdated: z.object({ said: bilingual, source }).optional(),
      checkedOn: z.string(),
      reviewBy: z.string(),
    }),
  ),
});

/** More were never in force in one installation; beyond, the one that was read longest ago is read again. */
const REMEMBERED = 1_000;

/** The notices that were served. */
export interface SqliteNotices {
  get(id: string): Notice | undefined;
  /**
   * The material id of a notice; empty where it is not on record. It follows from what the notice says, and is believed
   * no further: throws a `BrokenLedger` where the stored one is another.
   */
  materialOf(id: string): string;
  /** Every notice that an agreement rests on now, the newest served first. */
  agreedTo(): readonly Notice[];
  /** Puts a notice on record, within a transaction. `at`: milliseconds since the epoch. */
  serve(notice: Notice, at: number): void;
}

export function createSqliteNotices(database: DatabaseSync): SqliteNotices {
  const sql = {
    get: database.prepare('SELECT id, material_id, vendor, body FROM notices WHERE id = ?'),
    agreedTo: database.prepare(`
      SELECT id, material_id, vendor, body FROM notices
      WHERE id IN (SELECT notice_id FROM standings WHERE event = 'granted') ORDER BY first_served_at DESC`),
    serve: database.prepare(`
      INSERT OR IGNORE INTO notices (id, material_id, vendor, first_served_at, body) VALUES (?, ?, ?, ?, ?)`),
  };
  /** An id is a hash of what the notice says: what was read once stays right. */
  const materials = new RecentMap<string, string>(REMEMBERED);

  const get = (id: string): Notice | undefined => {
    const row = sql.get.get(id);
    return row === undefined ? undefined : readNotice(row);
  };

  return {
    get,
    materialOf(id) {
      const known = materials.get(id);
      if (known !== undefined) return known;
      const material = id === '' ? undefined : get(id)?.materialId;
      if (material === undefined) return '';
      materials.set(id, material);
      return material;
    },
    agreedTo: () => sql.agreedTo.all().map(readNotice),
    serve({ id, materialId, vendor, ...notice }, at) {
      sql.serve.run(id, materialId, vendor, at, noticeBody(notice));
    },
  };
}

/** What is stored of a notice beside its ids. */
function noticeBody({ vendorName, route, statements }: Pick<Notice, 'vendorName' | 'route' | 'statements'>): string {
  return JSON.stringify({ vendorName, route, statements });
}

/**
 * Reads a notice as it was served. Throws a `BrokenLedger` where it does not give the ids that it is stored under:
 * grants are judged by them.
 */
export function readNotice(row: Readonly<Record<string, SQLOutputValue>>): Notice {
  const vendor = toText(row.vendor);
  const notice = createNotice({ vendor, ...parseBody(toText(row.body)) });
  if (notice.id !== toText(row.id) || notice.materialId !== toText(row.material_id))
    throw new BrokenLedger('notice-changed', 0);
  return notice;
}

function parseBody(source: string): z.output<typeof body> {
  try {
    return body.parse(JSON.parse(source));
  } catch {
    throw new BrokenLedger('notice-changed', 0);
  }
}
