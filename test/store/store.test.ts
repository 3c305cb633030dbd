import { storeContract } from '../contracts/store.contract';
import { STORES } from '../contracts/stores';

describe.each(STORES)('the store in %s', (_name, create) => {
  storeContract(create);
});
