import { Gauge, type Registry } from 'prom-client';
import type { SourceFinding } from '../notices/check-sources';

/** `1` for the state in which each source of a notice was found last. */
export function registerNoticeGauge(registry: Registry, findings: () => readonly SourceFinding[]): void {
  new Gauge({
    name: 'dejiren_notice_source',
    help: 'State of the sources of the notices, as found last: unchanged, changed, unreachable, no-quote.',
    labelNames: ['vendor', 'statement', 'state'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { vendor, key, state } of findings()) this.set({ vendor, statement: key, state }, 1);
    },
  });
}
