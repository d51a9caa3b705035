import { readFile } from 'node:fs/promises';
import type { Environment } from '../config/environment';

export interface ConnectionSettings {
  address: string;
  apiKey?: string;
  tls?: true | { serverRootCACertificate?: Buffer; clientCertPair?: { crt: Buffer; key: Buffer } };
}

/** How to reach Temporal, as the environment says: plain, TLS, mutual TLS or an API key. */
export async function connectionSettings(environment: Environment): Promise<ConnectionSettings> {
  const {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_TLS: tls,
    TEMPORAL_TLS_CLIENT_CERT_PATH: certificate,
    TEMPORAL_TLS_CLIENT_KEY_PATH: key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority,
  } = environment;
  if (address === undefined) {
    throw new Error(
      'TEMPORAL_ADDRESS is not set; give the host:port of the Temporal server, or run `laser up` for an embedded one.',
    );
  }
  if ((certificate === undefined) !== (key === undefined)) {
    throw new Error('TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH belong together; one is not set.');
  }
  const files = {
    ...(authority !== undefined && { serverRootCACertificate: await readFile(authority) }),
    ...(certificate !== undefined &&
      key !== undefined && { clientCertPair: { crt: await readFile(certificate), key: await readFile(key) } }),
  };
  const secure = Object.keys(files).length > 0 ? files : tls === true || apiKey !== undefined ? true : undefined;
  return { address, ...(apiKey !== undefined && { apiKey }), ...(secure !== undefined && { tls: secure }) };
}
