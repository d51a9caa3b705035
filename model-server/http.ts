import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { checkEndpoint } from './check-endpoint';
import { startDeadline } from './deadline';
import { ModelServerConfigError, type CallSite } from './errors';
import { lookupSafely } from './lookup-safely';
import { parseReply } from './parse-reply';
import { toModelServerError } from './to-model-server-error';

/** vLLM's uvicorn closes an idle connection after 5 s; ours go before that. Milliseconds. */
const idleSocketMs = 4_000;
const maxRequestBytes = 64 * 1024 * 1024;

export interface ModelServerOptions {
  /** http(s)://host[:port][/prefix], without /v1. */
  readonly baseUrl: string;
  /** Longest a whole call may take, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Largest reply body, decompressed. */
  readonly maxResponseBytes: number;
  /** Name of the environment variable that holds the server's API key. */
  readonly apiKeyEnv?: string | undefined;
}

export interface CallOptions {
  /** Aborting closes the socket, which makes vLLM abort the request. The call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Sent as X-Request-Id and named in errors; a random one by default. */
  readonly requestId?: string | undefined;
}

export interface Call extends CallOptions {
  readonly method: 'GET' | 'POST';
  readonly path: `/${string}`;
  readonly body?: unknown;
}

/** One model server. Retries nothing (Temporal does), but for an idle socket that the server closed under us. */
export interface ModelServer {
  readonly baseUrl: string;
  /** A JSON reply, checked against the schema. `site` is for complaints about its content. */
  callJson<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<{ reply: z.output<Schema>; site: CallSite }>;
  /** A plain-text reply (adapter routes, /health). */
  callText(call: Call): Promise<string>;
  /** Closes idle sockets. */
  close(): void;
}

export function createModelServer(options: ModelServerOptions): ModelServer {
  const baseUrl = checkEndpoint(options.baseUrl);
  const apiKey = readApiKey(options.apiKeyEnv);
  const agents = createAgents({ keepAlive: true, timeout: idleSocketMs });
  const client = createClient(baseUrl, options, apiKey);

  async function send(call: Call, site: CallSite): Promise<string> {
    const deadline = startDeadline(options.timeoutMs, call.signal);
    const config: AxiosRequestConfig = {
      method: call.method,
      url: call.path,
      headers: { 'X-Request-Id': site.requestId },
      signal: deadline.signal,
      ...(call.body === undefined ? {} : { data: call.body }),
    };
    try {
      return (await requestOnLiveSocket(client, { ...config, ...agents })).data;
    } catch (error) {
      call.signal?.throwIfAborted();
      throw toModelServerError(error, { site, path: call.path, timedOut: deadline.passed(), apiKey, ...options });
    } finally {
      deadline.stop();
    }
  }

  const siteOf = (call: Call): CallSite => ({
    method: call.method,
    url: `${baseUrl}${call.path}`,
    requestId: call.requestId ?? randomUUID(),
  });

  return {
    baseUrl,
    callJson: async (call, schema) => {
      const site = siteOf(call);
      return { reply: parseReply(await send(call, site), schema, site), site };
    },
    callText: (call) => send(call, siteOf(call)),
    close: () => {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

function createClient(baseURL: string, options: ModelServerOptions, apiKey: string | null): AxiosInstance {
  return axios.create({
    baseURL,
    allowAbsoluteUrls: false,
    proxy: false,
    maxRedirects: 0,
    timeout: options.timeoutMs,
    maxContentLength: options.maxResponseBytes,
    maxBodyLength: maxRequestBytes,
    responseType: 'text',
    headers: apiKey === null ? {} : { Authorization: `Bearer ${apiKey}` },
  });
}

function createAgents(options: { keepAlive: boolean; timeout?: number }): {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
} {
  const shared = { ...options, lookup: lookupSafely };
  return { httpAgent: new HttpAgent(shared), httpsAgent: new HttpsAgent(shared) };
}

/** Sends again, once and on a new socket, when a kept-alive socket turned out closed before any byte of the reply. */
async function requestOnLiveSocket(client: AxiosInstance, config: AxiosRequestConfig): Promise<AxiosResponse<string>> {
  try {
    return await client.request<string>(config);
  } catch (error) {
    if (!foundIdleSocketClosed(error)) throw error;
    return client.request<string>({ ...config, ...createAgents({ keepAlive: false }) });
  }
}

function foundIdleSocketClosed(error: unknown): boolean {
  if (!axios.isAxiosError(error) || error.response !== undefined) return false;
  const reused = (error.request as { reusedSocket?: boolean } | undefined)?.reusedSocket === true;
  return reused && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function readApiKey(variable: string | undefined): string | null {
  if (variable === undefined) return null;
  const key = process.env[variable];
  if (key === undefined || key === '') {
    throw new ModelServerConfigError(
      `Environment variable ${variable} is not set; put the model server's API key there.`,
    );
  }
  return key;
}
