import { z } from 'zod';
import { plainHash } from '../../kit/plain-words';

const sentence = z.string().min(1).max(600);
const bilingual = z.strictObject({ en: sentence, ja: sentence });
const source = z.strictObject({
  title: z.string().min(1),
  url: z.union([z.url({ protocol: /^https$/ }), z.literal('')]),
});

const statement = z
  .strictObject({
    key: z.enum([
      'training',
      'retention',
      'human-review',
      'third-parties',
      'residency',
      'zero-retention',
      'cross-border',
    ]),
    value: z.string().regex(/^[a-z0-9-]+$/),
    text: bilingual,
    brief: bilingual.optional(),
    source,
    quote: sentence.optional(),
    /** Of the quote, as its source was read: whoever changes the words has to change it as well. */
    hash: z.string().optional(),
    checkedOn: z.iso.date(),
    reviewBy: z.iso.date(),
  })
  .refine(
    ({ quote, hash }) => hash === (quote === undefined ? undefined : plainHash(quote)),
    'the hash is not that of the quote',
  )
  .transform(({ hash: _, ...stated }) => stated);

/** One statement of a file. */
export const statementSchema = statement;

/** What everybody is told in a few words before they agree. */
const ON_LABEL = ['training', 'retention', 'residency'] as const;

const dataHandling = z.strictObject({
  vendor: z.string().min(1),
  vendorName: z.string().min(1).max(40),
  statements: z
    .array(statement)
    .min(1)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'a key stands twice')
    .refine(
      (all) => ON_LABEL.every((key) => all.some((stated) => stated.key === key && stated.brief !== undefined)),
      'what stands on the label has no brief form',
    ),
});

/** How a vendor handles data, as its own pages say, with the sources: its folder's `notice.json`. */
export type DataHandling = Readonly<z.infer<typeof dataHandling>>;

/** Throws at start when a file does not fit the schema: a fault of the release. */
export function readDataHandling(file: unknown): DataHandling {
  return dataHandling.parse(file);
}
