import { Gauge, type Registry } from 'prom-client';
import type { LinkState } from '../model/link';

/** A platform and its ways to it; an adapter is one. */
export interface LinkedPlatform {
  readonly platform: string;
  readonly links: readonly LinkState[];
}

/** `1` for each way to a platform that works, `0` for one that is lost. */
export function registerLinkGauge(registry: Registry, platforms: () => readonly LinkedPlatform[]): void {
  new Gauge({
    name: 'dejiren_platform_up',
    help: 'Whether a way to a chat platform works, by platform and link.',
    labelNames: ['platform', 'link'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { platform, links } of platforms())
        for (const { name, lost } of links) this.set({ platform, link: name }, lost === undefined ? 1 : 0);
    },
  });
}
