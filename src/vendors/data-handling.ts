import { z } from 'zod';
import openai from './notices/openai.json';
import openaiCompatible from './notices/openai-compatible.json';
import preview from './notices/preview.json';

const sentence = z.string().min(1).max(600);

const statement = z.strictObject({
  key: z.enum(['training', 'retention', 'human-review', 'third-parties', 'residency', 'zero-retention']),
  value: z.string().regex(/^[a-z0-9-]+$/),
  text: z.strictObject({ en: sentence, ja: sentence }),
  source: z.strictObject({ title: z.string().min(1), url: z.union([z.url({ protocol: /^https$/ }), z.literal('')]) }),
  checkedOn: z.iso.date(),
  reviewBy: z.iso.date(),
});

const dataHandling = z.strictObject({
  vendor: z.enum(['openai', 'openai-compatible', 'preview']),
  vendorName: z.string().min(1).max(40),
  statements: z
    .array(statement)
    .min(1)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'a key stands twice'),
});

/** How a vendor handles data, as its own pages say, with the sources: `notices/*.json`. */
export type DataHandling = Readonly<z.infer<typeof dataHandling>>;

/** Throws at start when a file does not fit the schema: a fault of the release. */
export const DATA_HANDLING: ReadonlyMap<string, DataHandling> = new Map(
  [openai, openaiCompatible, preview].map((file) => {
    const parsed = dataHandling.parse(file);
    return [parsed.vendor, parsed];
  }),
);
