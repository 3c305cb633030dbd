/** What `npm run dev` runs, from the sources: the program, with its errors, its stacks and the console to be seen. */
import './log/loud';
import { main } from './main';

main();
