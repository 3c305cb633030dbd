import { createNotice, type Notice, type NoticeRoute } from '../../src/consent/notice';
import { createDataHandlingPage } from '../../src/http/data-handling';
import type { Language } from '../../src/model/turn';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';
import { ARTICLES, DATA_HANDLING } from '../../src/vendors/registry';

export function noticeOf(vendor: string, route: Partial<NoticeRoute> = {}): Notice {
  const handling = DATA_HANDLING.get(vendor);
  if (handling === undefined) throw new Error(vendor);
  const usual = { vendor, endpoint: 'jp.api.openai.com', region: 'jp', model: 'a-model', sharesForTraining: false };
  return createNotice({ ...handling, route: { ...usual, ...route } });
}

/** Serves the page with these notices in force. */
export function servePage(notices: readonly Notice[], language: Language = 'en'): Promise<WebServer> {
  const inForce = new Map(notices.map((notice) => [notice.vendor, notice]));
  const { handle } = createDataHandlingPage({ articles: ARTICLES, notices: inForce, language });
  return startWebServer((request, response) => void handle(request, response));
}
