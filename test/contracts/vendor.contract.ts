import type { FakeVendor } from '../../src/prove/doubles/vendor-server';
import { type ConnectorCase, itKeepsTheConnectorContract } from './vendor-connector.contract';
import { type Connect, itReadsTheWire, type Wire } from './vendor-wire.contract';

/**
 * One way of a vendor's to answer, under the contracts that all vendors keep. `test/vendors/<id>/contract.ts` exports
 * `contracts`, a list of them: one for each protocol or package that the connector speaks by.
 */
export interface VendorContract {
  readonly name: string;
  /** On the vendor's double. */
  readonly connector: ConnectorCase<FakeVendor>;
  /** Makes a connector that asks `send`, for {@link VendorContract.wire}. */
  readonly connect: Connect;
  /** What the vendor's service, and servers that speak as it does, were seen to send. */
  readonly wire: Wire;
}

export function itKeepsTheContracts({ connector, connect, wire }: VendorContract): void {
  itKeepsTheConnectorContract(connector);
  describe('what it reads', () => itReadsTheWire(connect, wire));
}
