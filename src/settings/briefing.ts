import { scopesOf } from './scope-settings';
import type { Settings } from './settings';

/**
 * What an administrator has the vendor told in a conversation: the organisation's instructions, the tenant's and
 * the conversation's, in this order, and the model that answers there, where one is named.
 */
export function briefingOf(
  settings: Pick<Settings, 'instructions' | 'tenants'>,
  tenant: string,
  conversation: string,
  vendor: string,
): { readonly instructions: readonly string[]; readonly model: string | undefined } {
  const places = scopesOf(settings, tenant, conversation);
  const instructions = [settings.instructions, ...places.map((place) => place.instructions).reverse()];
  const models = places.flatMap((place) => Object.entries(place.models));
  return {
    instructions: instructions.map((words) => words.trim()).filter((words) => words !== ''),
    model: models.find(([name]) => name === vendor)?.[1],
  };
}
