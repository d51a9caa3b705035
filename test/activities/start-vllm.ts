import type { ServerResponse } from 'node:http';
import { sendJson, startFakeServer, type FakeServer, type ReceivedRequest } from '../model-server/start-fake-server';

export interface Vllm extends FakeServer {
  /** Answers in place of the usual one while it is set and returns true. */
  override: ((response: ServerResponse, request: ReceivedRequest) => boolean) | null;
  /** Adapter names that are loaded, with the folder of each; cleared as by a restart. */
  readonly adapters: Map<string, string>;
  /** Requests of a route so far. */
  calls(path: string): ReceivedRequest[];
}

type Body = Record<string, unknown> & { model: string };

/**
 * A server that answers with vLLM's shapes over HTTP, by rules a test can compute: a token is the code of a character,
 * its log-probability −code/1000, the hidden state of a text (length, first code), the score of a text its length,
 * and completion i of a prompt the number seed + i. Only π0 (`policy`) and loaded adapters are served.
 */
export async function startVllm(): Promise<Vllm> {
  const adapters = new Map<string, string>();
  const server = await startFakeServer((response, request) => {
    if (vllm.override?.(response, request) === true) return;
    const answer = routes[request.path];
    if (!answer) return sendJson(response, 404, { detail: 'Not Found' });
    const body = (request.body ?? {}) as Body;
    const isKnown = body.model === undefined || ['policy', 'rm'].includes(body.model) || adapters.has(body.model);
    if (!isKnown) return sendJson(response, 404, { error: { message: `The model \`${body.model}\` does not exist.` } });
    const reply = answer(body);
    if (typeof reply === 'string') response.writeHead(200, { 'content-type': 'text/plain' }).end(reply);
    else sendJson(response, 200, reply);
  });

  const routes: Record<string, (body: Body) => object | string> = {
    '/v1/models': () => ({
      data: [{ id: 'policy' }, ...[...adapters].map(([id, root]) => ({ id, root, parent: 'policy' }))],
    }),
    '/v1/load_lora_adapter': ({ lora_name: name, lora_path: path }) => {
      adapters.set(name as string, path as string);
      return 'Success';
    },
    '/v1/completions': (body) => (body['echo'] === true ? echo(body) : complete(body)),
    '/v1/embeddings': ({ input }) => ({
      data: (input as (string | number[])[]).map((text, index) => {
        const ids = tokensOf(text);
        return { index, embedding: [ids.length, ids[0]] };
      }),
    }),
    '/tokenize': ({ prompt, messages }) => {
      const [message] = (messages ?? []) as { content: string }[];
      const tokens = tokensOf(message ? `<${message.content}>` : (prompt as string));
      return { count: tokens.length, max_model_len: 4096, tokens };
    },
    '/classify': ({ input, messages }) => {
      const texts = (input as string[] | undefined) ?? [
        (messages as { content: string }[]).map(({ content }) => content).join('|'),
      ];
      return { data: texts.map((text, index) => ({ index, probs: [text.length] })) };
    },
  };
  const vllm: Vllm = Object.assign(server, {
    override: null,
    adapters,
    calls: (path: string) => server.requests.filter((request) => request.path === path),
  });
  return vllm;
}

export function tokensOf(text: string | readonly number[]): number[] {
  return typeof text === 'string' ? [...text].map((character) => character.charCodeAt(0)) : [...text];
}

function complete({ prompt, n, seed }: Body): object {
  const choices = (prompt as (string | number[])[]).flatMap((one) =>
    Array.from({ length: n as number }, (_, i) => {
      const text = String((seed as number) + i);
      return { text, token_ids: tokensOf(text), prompt_token_ids: tokensOf(one), finish_reason: 'stop' };
    }),
  );
  return { choices: choices.map((choice, index) => ({ index, ...choice })) };
}

function echo({ prompt }: Body): object {
  const choices = (prompt as number[][]).map((ids, index) => ({
    index,
    prompt_token_ids: ids,
    logprobs: { token_logprobs: ids.map((id, place) => (place === 0 ? null : -id / 1000)) },
  }));
  return { choices };
}

/** Σ of the log-probabilities of all tokens but the first, as this server has them. */
export function logprobOf(ids: readonly number[]): number {
  return ids.slice(1).reduce((sum, id) => sum - id / 1000, 0);
}
