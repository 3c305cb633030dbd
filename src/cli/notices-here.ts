import type { Notice } from '../consent/notice';
import { createEgress } from '../egress/egress';
import { noticesInForce } from '../notices/in-force';
import { allowedHosts } from '../settings/allowed-hosts';
import { noticePracticeOf } from '../settings/notice-practice';
import { openProxy } from '../settings/proxies';
import type { Settings } from '../settings/settings';
import { vendorsWishOf } from '../settings/vendor-settings';
import { connectVendors } from '../vendors/connect';
import { DATA_HANDLING } from '../vendors/registry';
import { silentLog } from './silent-log';

/** The notice in force of every vendor that is set up, by the vendor's name. */
export async function noticesHere(settings: Settings): Promise<ReadonlyMap<string, Notice>> {
  const { fetch, close } = createEgress({ hosts: allowedHosts(settings), proxy: openProxy(settings) });
  const { routes } = await connectVendors({ ...vendorsWishOf(settings), fetch, log: silentLog });
  close();
  return noticesInForce(routes, DATA_HANDLING, noticePracticeOf(settings));
}
