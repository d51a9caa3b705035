import { BlockList, isIPv6 } from 'node:net';

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addAddress('100.100.100.200', 'ipv4');
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** True for link-local addresses and the fixed metadata addresses of the clouds, IPv4-mapped IPv6 included. */
export function isLinkLocalAddress(address: string): boolean {
  return linkLocal.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
