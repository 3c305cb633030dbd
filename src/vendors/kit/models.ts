import { z } from 'zod';
import { word } from '../../model/setting-schemas';

/** The models that may answer, the first by default. */
export type Models = readonly [string, ...string[]];

/** Comma-separated names of models, at most twenty. */
export const models = word
  .transform((value) => value.split(',').map((model) => model.trim()))
  .pipe(z.tuple([z.string().min(1).max(200)], z.string().min(1).max(200)).refine(({ length }) => length <= 20))
  .transform((all): Models => all);

export const MODELS_MUST = 'must be the name of a model, or several separated by commas (the first is the default)';
