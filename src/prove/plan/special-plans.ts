import { VENDOR_DOUBLES } from '../doubles/vendors';
import { CHAT_KINDS, OPT_OUTS, type Outcome, type ProvenVendor, RESTARTS, type Scene, WAYS } from './matrix';
import { type Available, type Draft, type Row, reaches, STAND, USUAL, variantOf } from './stand-plan';

/** The runs beside the matrix: a restart with a changed notice, consent by a notice alone, a look into memory. */
export function specialPlans(available: Available): readonly Draft[] {
  const { vendors, scenes, mode } = available;
  const slack = available.doors.includes('slack-socket') && !available.doors.includes('slack-http') ? 'socket' : 'http';
  // The local page is its own chat platform: what is said there stays in memory, and is gone after a restart.
  const doors = reaches(available.doors, slack).filter((door) => door !== 'local');
  if (doors.length === 0) return [];
  const base = { ...STAND, surroundings: 'plain', slack, mode, cut: [] } as const;
  const rowsOf = (wanted: readonly Scene[]): readonly Row[] =>
    doors.flatMap((door, at) =>
      wanted
        .filter((scene) => scenes.includes(scene))
        .flatMap((scene, index): Row[] => {
          const place = CHAT_KINDS[(index + at) % CHAT_KINDS.length] ?? 'direct';
          const way = door.startsWith('slack') ? WAYS[index % WAYS.length] : WAYS[1 + (index % 2)];
          const vendor = vendorOf(scene, index, at, vendors);
          return vendor === undefined ? [] : [{ ...USUAL, scene, door, place, vendor, way: way ?? 'typed' }];
        }),
    );
  const remembered: readonly Outcome[] = ['answer', 'echo', 'reset', 'malformed', 'withdrawal', 'cut', 'retry'];
  const memory = doors.flatMap((door) => {
    // In a channel of Teams every thread has a window of its own, and `/new` empties one.
    const places = CHAT_KINDS.filter((place) => door !== 'teams' || place !== 'channel');
    return vendors.map((vendor, index): Row => {
      const scene = remembered.filter((one) => scenes.includes(one))[index % remembered.length] ?? 'answer';
      return {
        ...USUAL,
        ...variantOf(index),
        length: 'short',
        scene,
        vendor,
        door,
        place: places[index % places.length] ?? 'direct',
        way: door === 'teams' ? 'typed' : 'command',
      };
    });
  });
  const stands: readonly Draft[] = [
    { ...base, name: 'memory', rows: memory, look: 'memory' },
    { ...base, name: 'started again, SIGINT', rows: rowsOf(RESTARTS), restarts: true, end: 'SIGINT', settleMs: 500 },
    { ...base, name: 'opt-out', mode: 'opt-out', rows: rowsOf(OPT_OUTS), settleMs: 500 },
  ];
  return stands.filter(({ rows }) => rows.length > 0);
}

function vendorOf(
  scene: Scene,
  index: number,
  turn: number,
  vendors: readonly ProvenVendor[],
): ProvenVendor | undefined {
  const changing = vendors.filter(changes);
  switch (scene) {
    case 'training':
      return changing.find((vendor) => VENDOR_DOUBLES[vendor].mayTrain !== undefined);
    case 'notice-same':
      return vendors.find((vendor) => !changes(vendor));
    case 'notice-changed':
    case 'stale-card':
      return changing[(index + turn) % changing.length];
    default:
      return vendors[index % vendors.length];
  }
}

/** Whether its notice is another one where the program is started again. */
function changes(vendor: ProvenVendor): boolean {
  return VENDOR_DOUBLES[vendor].changed !== undefined;
}
