import process from 'node:process';
import { inspect } from 'node:util';
import { showErrorsBy } from './error-fields';

/**
 * Imported before anything else by `npm run dev`, in the place of `quiet.ts`: Node, libraries and the console print what
 * they like, and every error that is logged is shown whole. What people write can be among it. The program that is built
 * does not hold this file.
 */
process.stderr.write(
  'Development mode: errors, stacks and the console are shown, and with them whatever people write. Not for real people’s words; npm start is.\n',
);
showErrorsBy((error) => process.stderr.write(`${inspect(error)}\n`));
