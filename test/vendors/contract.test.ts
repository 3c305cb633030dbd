import { VENDOR_MODULES } from '../../src/vendors/registry';
import { itKeepsTheContracts, type VendorContract } from '../contracts/vendor.contract';

const asking = VENDOR_MODULES.filter(({ sendsNothing }) => sendsNothing !== true);

describe.each(asking.map(({ id }) => id))('the connector of %s', (id) => {
  // A vendor without one fails here.
  const { contracts } = require(`./${id}/contract`) as { readonly contracts: readonly VendorContract[] };
  describe.each(contracts.map((contract) => [contract.name, contract] as const))('with %s', (_name, contract) => {
    itKeepsTheContracts(contract);
  });
});
