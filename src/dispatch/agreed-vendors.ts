import type { ConsentGate, Pseudonyms, Verdict } from '../consent/consent';
import type { Notice } from '../consent/notice';
import type { Image } from '../model/image';
import type { Answerer } from '../model/reply';
import type { Turn } from '../model/turn';
import type { Connector } from '../vendors/connector';

/** A vendor that is set up and that the asker agreed to. */
export interface AgreedVendor {
  readonly name: string;
  readonly connector: Connector;
  readonly notice: Notice;
  readonly pseudonyms: Pseudonyms;
  /** The notice changed in wording only: it is shown after the answer. */
  readonly inform: boolean;
}

export interface OtherVendorsParts {
  readonly turn: Turn;
  /** The vendor in effect, which is not asked again. */
  readonly first: string;
  readonly gate: Pick<ConsentGate, 'check'>;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** The question's pictures: a vendor that does not take them is left out. */
  readonly images: readonly Image[];
  /** In the order in which they are asked. */
  readonly fallback: readonly string[];
}

/**
 * The vendors to ask where the one in effect cannot answer, each checked when it is its turn: it is left out where
 * the asker has not agreed to it, or may not any more.
 */
export async function* otherVendors(parts: OtherVendorsParts): AsyncGenerator<AgreedVendor, void, void> {
  const { turn, first, gate, connectors, fallback, images } = parts;
  for (const name of new Set(fallback)) {
    if (name === first) continue;
    const next = agreedVendorOf(await gate.check(turn.person, name, turn.conversation.id), connectors);
    const takes = next?.connector.imageTypes ?? [];
    if (next !== undefined && images.every(({ type }) => takes.includes(type))) yield next;
  }
}

/** Undefined where the verdict is no permission, or nothing is set up for it. */
export function agreedVendorOf(
  { decision, vendor, notice, pseudonyms }: Verdict,
  connectors: ReadonlyMap<string, Connector>,
): AgreedVendor | undefined {
  const connector = connectors.get(vendor);
  if (decision.kind !== 'allow' || connector === undefined || notice === undefined || pseudonyms === undefined)
    return undefined;
  return { name: vendor, connector, notice, pseudonyms, inform: decision.inform };
}

/** How people are told who answered. */
export function answererOf({ connector, notice, pseudonyms }: AgreedVendor): Answerer {
  const { region, model } = connector.route;
  return { vendor: notice.vendorName, region, model, noticeId: notice.id, asker: pseudonyms.asker };
}
