import { createNotice, type Notice, type NoticeRoute } from '../consent/notice';

/** What the settings decide of all notices alike: what goes along, what stays in memory, what is replaced. */
export type Practice = Pick<NoticeRoute, 'context' | 'memory' | 'redaction'>;

/**
 * The notice in force of each vendor that is connected: its statements and the route. `handling` has the statements
 * by the vendor's id; a vendor without any has no notice, and nobody can agree to it.
 * `page` is the address of the public article, where it is known.
 */
export function noticesInForce(
  routes: Iterable<Omit<NoticeRoute, keyof Practice>>,
  handling: ReadonlyMap<string, Pick<Notice, 'vendor' | 'vendorName' | 'statements'>>,
  practice: Practice,
  page?: string,
): ReadonlyMap<string, Notice> {
  return new Map(
    [...routes].flatMap((route): [string, Notice][] => {
      const stated = handling.get(route.vendor);
      return stated === undefined
        ? []
        : [[route.vendor, { ...createNotice({ ...stated, route: { ...route, ...practice } }), page }]];
    }),
  );
}
