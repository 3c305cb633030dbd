/** Who answers a person: shown beside the chat by a platform that has a place for it. */
export interface VendorLine {
  readonly vendor: string;
  readonly vendorName: string;
  /** As in a route: `this-machine`, `own-servers`, `jp`, `global`… */
  readonly region: string;
  readonly model: string;
}
