import { settingsPart } from '../../model/settings-part';
import { readDataHandling } from '../kit/data-handling';
import type { VendorModule, VendorSettings } from '../vendor-module';
import { PREVIEW_ARTICLE } from './article';
import { createPreviewConnector, PREVIEW_ROUTE } from './connector';
import notice from './notice.json';

/** Shows what a vendor would have been sent. It needs no settings, and is always there. */
export const preview: VendorModule<'preview', VendorSettings> = {
  id: 'preview',
  name: 'Preview',
  aliases: ['プレビュー'],
  settings: settingsPart({ names: {}, addresses: [], read: (): VendorSettings => ({ models: [PREVIEW_ROUTE.model] }) }),
  firstSetting: undefined,
  knownHosts: [],
  routeOf: () => PREVIEW_ROUTE,
  proofOf: () => ({ setting: 'DEJIREN_VENDOR', example: 'preview' }),
  connect: () => ({ ...createPreviewConnector(), warm: async () => {} }),
  errors: { codes: {} },
  notice: readDataHandling(notice),
  article: PREVIEW_ARTICLE,
  sendsNothing: true,
};
