/** What is built into `dist/dejiren.js`: the program, with every way shut by which words could be printed. */
import './log/quiet';
import { main } from './main';

main();
