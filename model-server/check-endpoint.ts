import { isIP } from 'node:net';
import { ModelServerConfigError } from './errors';
import { isLinkLocalAddress } from './is-link-local-address';

const metadataHosts = new Set(['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data']);

/**
 * A model server's base URL as an operator may configure it: http or https, a host, an optional port and path prefix.
 * Returns it without a closing slash; throws ModelServerConfigError for anything else. Never repeats a password it was given.
 */
export function checkEndpoint(endpoint: string): string {
  const url = parse(endpoint);
  if (url.username !== '' || url.password !== '') {
    throw new ModelServerConfigError(
      `Endpoint with host '${url.host}' contains a user name or password; remove it and name the key's environment variable in apiKeyEnv.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ModelServerConfigError(
      `Endpoint '${endpoint}' uses ${url.protocol}; give an http:// or https:// URL such as http://127.0.0.1:8000.`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ModelServerConfigError(`Endpoint '${endpoint}' has a query or fragment; give the bare base URL.`);
  }
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (metadataHosts.has(host) || (isIP(host) !== 0 && isLinkLocalAddress(host))) {
    throw new ModelServerConfigError(
      `Endpoint '${endpoint}' is a link-local or cloud metadata address; give the address of a model server.`,
    );
  }
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  if (base.endsWith('/v1')) {
    throw new ModelServerConfigError(`Endpoint '${endpoint}' ends in /v1; leave it out, the routes add it themselves.`);
  }
  return base;
}

function parse(endpoint: string): URL {
  try {
    return new URL(endpoint);
  } catch {
    throw new ModelServerConfigError('Endpoint is not a URL; give one such as http://127.0.0.1:8000.');
  }
}
