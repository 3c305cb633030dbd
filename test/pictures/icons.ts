import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { markSvg } from '../../src/kit/brand';
import { packPng } from './png';
import type { Studio } from './studio';

const MANIFESTS = join(__dirname, '../../manifests');

/** A file of the mark, drawn from its SVG. */
export interface Icon {
  readonly path: string;
  readonly form: Parameters<typeof markSvg>[0];
  /** Of the square, in dots. */
  readonly side: number;
}

/** The mark as it is, for whoever needs it in another size. */
export const MARK_FILE = join(MANIFESTS, 'mark.svg');
export const MARK_CONTENT = `${markSvg('tile').replace('>', '><title>dejiren</title>')}\n`;

/**
 * Sources of the sizes: "Slack App Directory Checklist" (512 by 512 or larger), and "App icons", learn.microsoft.com/
 * microsoftteams (192 by 192 with the mark in the middle 120; 32 by 32, white on nothing).
 */
export const ICONS: readonly Icon[] = [
  { path: join(MANIFESTS, 'slack/icon.png'), form: 'app', side: 512 },
  { path: join(MANIFESTS, 'teams/color.png'), form: 'app', side: 192 },
  { path: join(MANIFESTS, 'teams/outline.png'), form: 'outline', side: 32 },
];

const FROM = 'Drawn-From';

export function iconFrom({ form, side }: Icon): string {
  return createHash('sha256')
    .update(`${side}\n${markSvg(form)}`)
    .digest('hex');
}

export async function drawIcon(icon: Icon, studio: Studio): Promise<Buffer> {
  return packPng(await studio.drawSvg(markSvg(icon.form), icon.side), { [FROM]: iconFrom(icon) });
}
