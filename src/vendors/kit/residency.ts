/** Where a vendor may process and store what it is sent. `global`: nothing narrower can be proven. */
export const ALL_RESIDENCIES = [
  'jp',
  'eu',
  'us',
  'uk',
  'ch',
  'ca',
  'au',
  'in',
  'kr',
  'sg',
  'br',
  'ae',
  'apac',
  'global',
  'own-servers',
  'this-machine',
] as const;
export type Residency = (typeof ALL_RESIDENCIES)[number];

/** Whether what is processed in a place stays within another. */
export function isWithin(place: Residency, wanted: Residency): boolean {
  if (place === wanted) return true;
  if (wanted === 'apac') return isAsiaPacific(place);
  return wanted === 'own-servers' && place === 'this-machine';
}

export function isAsiaPacific(place: Residency): boolean {
  return ['jp', 'au', 'in', 'kr', 'sg'].includes(place);
}

/** Names of regions by pattern, and the place that each pattern stands for. The first that fits counts. */
export type Regions = readonly (readonly [regions: RegExp, place: Residency])[];

/**
 * The place that a vendor's own name of a region stands for; `global` where the table does not have it.
 *
 * @example
 * ```ts
 * const ACME_REGIONS: Regions = [[/^tokyo-\d$/u, 'jp']];
 * residencyIn(ACME_REGIONS, 'tokyo-1'); // 'jp'
 * ```
 */
export function residencyIn(regions: Regions, name: string): Residency {
  return regions.find(([pattern]) => pattern.test(name))?.[1] ?? 'global';
}
