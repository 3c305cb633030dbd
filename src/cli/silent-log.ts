import { createLog } from '../log/pino-log';

/** For commands, whose words are their output alone. */
export const silentLog = createLog({ level: 'silent' });
