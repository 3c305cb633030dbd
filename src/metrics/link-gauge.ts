import { Gauge, type Registry } from 'prom-client';

/** One way of an adapter to its platform. */
export interface LinkReading {
  readonly platform: string;
  readonly name: string;
  readonly lost: string | undefined;
}

/** `1` for each way to a platform that works, `0` for one that is lost. */
export function registerLinkGauge(registry: Registry, links: () => readonly LinkReading[]): void {
  new Gauge({
    name: 'dejiren_platform_up',
    help: 'Whether a way to a chat platform works, by platform and link.',
    labelNames: ['platform', 'link'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { platform, name, lost } of links()) this.set({ platform, link: name }, lost === undefined ? 1 : 0);
    },
  });
}
