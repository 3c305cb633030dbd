import type { ChatAdapter } from '../src/model/adapter';
import { local } from './local/module';
import type { MemoryBounds, NoticeMemory, PlatformModule, PlatformParts } from './platform-module';
import { slack } from './slack/module';
import { teams } from './teams/module';

/** Every chat platform, in the order in which operators are told of them. */
const MODULES = [local, slack, teams] as const;

type Module = (typeof MODULES)[number];

/** The id of a platform. */
export type PlatformId = Module['id'];

/** What the settings say of each platform that is set up. */
export type SetUpPlatforms = {
  readonly [One in Module as One['id']]?: One extends PlatformModule<string, infer Settings> ? Settings : never;
};

/** {@link SetUpPlatforms} for whoever goes through them by the registry. */
type SetUp = Readonly<Partial<Record<string, unknown>>>;

export const PLATFORM_MODULES: readonly PlatformModule[] = MODULES;

/** A platform that is set up, and its settings. */
interface SetUpPlatform {
  readonly module: PlatformModule;
  readonly settings: unknown;
}

/** The platforms that are set up, in the registry's order. */
export function platformsIn(setUp: SetUp): readonly SetUpPlatform[] {
  return PLATFORM_MODULES.flatMap((module) => {
    const settings = setUp[module.id];
    return settings === undefined ? [] : [{ module, settings }];
  });
}

/** An adapter for each platform that is set up. None of them has begun. */
export function createAdapters(setUp: SetUp, parts: PlatformParts): readonly ChatAdapter[] {
  return platformsIn(setUp).map(({ module, settings }) => module.fromSettings(settings, parts));
}

/** What is kept of chats in memory on any platform: where one keeps more than another, the more. */
export function memoryIn(setUp: SetUp, bounds: MemoryBounds): NoticeMemory {
  if (bounds.turns === 0) return undefined;
  const kept = platformsIn(setUp).flatMap(({ module, settings }) => module.memoryOf?.(settings, bounds) ?? []);
  return kept.find(({ where }) => where === undefined) ?? kept[0];
}
