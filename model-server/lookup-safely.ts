import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isLinkLocalAddress } from './is-link-local-address';

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Code of the error for a name that resolves to a refused address. */
export const unsafeAddressCode = 'ERR_UNSAFE_ADDRESS';

/** dns.lookup for an agent, refusing names that resolve to a link-local or metadata address (DNS rebinding). */
export function lookupSafely(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, options, (error, address, family) => {
    const addresses = Array.isArray(address) ? address.map((entry) => entry.address) : [address];
    if (error === null && addresses.some(isLinkLocalAddress)) {
      callback(Object.assign(new Error(`${hostname} is a link-local address`), { code: unsafeAddressCode }), '', 0);
      return;
    }
    callback(error, address, family);
  });
}
