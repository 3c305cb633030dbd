import type { VendorArticle } from '../model/article';
import { anthropic } from './anthropic/module';
import { azureOpenAi } from './azure-openai/module';
import { bedrock } from './bedrock/module';
import type { Route } from './connector';
import type { DataHandling } from './kit/data-handling';
import { mistral } from './mistral/module';
import { openAi } from './openai/module';
import { openAiCompatible } from './openai-compatible/module';
import { preview } from './preview/module';
import type { VendorModule, VendorSettings } from './vendor-module';
import { vertexAi } from './vertex-ai/module';

/** Every vendor, in the order in which people are told of them. */
const MODULES = [openAi, azureOpenAi, vertexAi, bedrock, anthropic, mistral, openAiCompatible, preview] as const;

type Module = (typeof MODULES)[number];

/** The id of a vendor. */
export type Vendor = Module['id'];

/** What the settings say of each vendor that is set up. `preview` always is. */
export type SetUpVendors = {
  readonly [One in Module as One['id']]?: One extends VendorModule<string, infer Settings> ? Settings : never;
};

/** {@link SetUpVendors} for whoever goes through them by the registry. */
export type SetUp = Readonly<Partial<Record<Vendor, VendorSettings>>>;

export const VENDOR_MODULES: readonly VendorModule<Vendor>[] = MODULES;

/** The ids of all vendors. */
export const VENDORS = MODULES.map(({ id }) => id) as [Vendor, ...Vendor[]];

/** A vendor that is set up, and its settings. */
export interface SetUpVendor {
  readonly module: VendorModule<Vendor>;
  readonly settings: VendorSettings;
}

/** The vendors that are set up, in the registry's order. */
export function vendorsIn(setUp: SetUp): readonly SetUpVendor[] {
  return VENDOR_MODULES.flatMap((module) => {
    const settings = setUp[module.id];
    return settings === undefined ? [] : [{ module, settings }];
  });
}

/** Where the settings send prompts: nothing of `preview`'s goes anywhere. */
export function routesOf(setUp: SetUp): readonly Route[] {
  return vendorsIn(setUp)
    .filter(({ module }) => module.sendsNothing !== true)
    .map(({ module, settings }) => module.routeOf(settings));
}

/** How each vendor handles data, by its id. */
export const DATA_HANDLING: ReadonlyMap<string, DataHandling> = new Map(
  VENDOR_MODULES.map(({ id, notice }) => [id, notice]),
);

/** What the public article says of each vendor, by its id. */
export const ARTICLES: ReadonlyMap<string, VendorArticle> = new Map(
  VENDOR_MODULES.map(({ id, article }) => [id, article]),
);

/** The words that mean a vendor in `/dejiren-optin`: its id, its name, and its aliases. Several words have `-` between. */
export const VENDOR_WORDS: ReadonlyMap<string, Vendor> = new Map(
  VENDOR_MODULES.flatMap(({ id, name, aliases }) =>
    [id, name.toLowerCase().replaceAll(' ', '-'), ...aliases].map((word) => [word, id] as const),
  ),
);
