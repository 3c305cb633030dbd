import { createRequire, enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * What `npm start` runs: the program, whose compiled code is kept beside it for the next start. Where that folder
 * cannot be written it starts all the same. Source: "Module compile cache", nodejs.org/api/module.
 */
enableCompileCache({ directory: join(__dirname, 'compiled'), portable: true });
createRequire(__filename)('./dejiren.js');
