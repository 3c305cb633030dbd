import { createEgress } from '../../egress/egress';
import { checkSources, sourceHosts } from '../../notices/check-sources';
import { openProxy } from '../../settings/proxies';
import { readSettings } from '../../settings/read-settings';
import { defineCommand } from '../command';
import { checkJson, checkLines, checkStatus, overdueLines } from '../notices';
import { noticesHere } from '../notices-here';

export const noticesCheck = defineCommand({
  usage: ['dejiren notices check', 'check whether the sources of the notices have changed (--json)'],
  takes: ['json'],
  read: ({ json = false }) => ({ json }),
  async run({ json }, { print }) {
    const settings = readSettings();
    const notices = [...(await noticesHere(settings)).values()];
    const egress = createEgress({ hosts: sourceHosts(notices), redirects: 3, proxy: openProxy(settings) });
    const findings = await checkSources(notices, { fetch: egress.fetch, signal: new AbortController().signal });
    egress.close();
    const today = new Date().toISOString().slice(0, 10);
    if (json) print(checkJson(findings, today));
    else print(...overdueLines(notices, today), ...checkLines(findings, today));
    return checkStatus(findings);
  },
});
