import { createBot } from '../../../adapters/teams/bot';
import { itKeepsTheBotContract } from '../../contracts/bot.contract';

describe('botbuilder', () => {
  itKeepsTheBotContract(createBot);
});
