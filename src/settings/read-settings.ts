import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { loadSettings } from './load-settings';
import type { Settings } from './settings';

/** The settings of this process: its environment, and the files of its working folder. Throws a `SettingsError`. */
export function readSettings(): Settings {
  return loadSettings({
    environment: process.env,
    workingDir: process.cwd(),
    readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
}
