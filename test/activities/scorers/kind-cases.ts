import { resolvedRewardModel, type ResolvedRewardModel, type RewardModel } from '../../../contract/reward-model';
import type { ReceivedRequest } from '../../model-server/start-fake-server';
import { tokensOf } from '../start-vllm';

/**
 * A kind of reward model, and how its server writes a reply over HTTP. `rows` holds one JSON text an input; a value is put
 * into it as it is, so that NaN, strings and the like arrive as a broken server would send them.
 */
export interface KindCase {
  name: string;
  model: ResolvedRewardModel;
  /** Of the route that scores; everything else is /tokenize. */
  path: string;
  rows: (request: ReceivedRequest, valueOf: (text: string) => string) => string[];
  wrap: (rows: readonly string[]) => string;
  /** The score that a value becomes. */
  expected: (value: number) => number;
  /** Whether rows say which input they are for; one that does not cannot be put back in order. */
  indexed: boolean;
  /** Inputs a request, where it is always one. */
  single?: true;
}

/** The schema fills defaults in; servedModel and revision are what the activities' callers resolve. */
export function resolved(config: object): ResolvedRewardModel {
  return resolvedRewardModel.parse({ id: 'rm', revision: 'rev', ...config });
}

const vllm = { server: 'embedded', servedModel: 'rm' };
const elsewhere = { server: 'http://elsewhere:1', servedModel: 'rm' };
const textOf = (ids: readonly number[]) => String.fromCharCode(...ids);
const bodyOf = (request: ReceivedRequest) => request.body as Record<string, unknown>;
const list = (key: string) => (rows: readonly string[]) => `{"${key}":[${rows.join()}]}`;
const asArray = (rows: readonly string[]) => `[${rows.join()}]`;
const same = (value: number) => value;

const indexedRows = (texts: readonly string[], row: (text: string) => string) =>
  texts.map((text, index) => `{"index":${index},${row(text)}}`);

/** Echoed log-probabilities: −0.5 a token, the value at the last; 0 throughout under the model `ref`. */
function echoRows(request: ReceivedRequest, valueOf: (text: string) => string): string[] {
  const { prompt, model } = bodyOf(request) as { prompt: number[][]; model: string };
  return prompt.map((ids, index) => {
    const values = ids.map((_, place) => {
      if (place === 0) return 'null';
      if (model === 'ref') return '0';
      return place === ids.length - 1 ? valueOf(textOf(ids)) : '-0.5';
    });
    return `{"index":${index},"prompt_token_ids":[${ids.join()}],"logprobs":{"token_logprobs":[${values.join()}]}}`;
  });
}

export const kindCases: KindCase[] = [
  {
    name: 'classify, texts',
    model: resolved({ ...vllm, kind: 'classify', input: 'text' }),
    path: '/classify',
    rows: (request, valueOf) =>
      indexedRows(bodyOf(request)['input'] as string[], (text) => `"probs":[${valueOf(text)}]`),
    wrap: list('data'),
    expected: same,
    indexed: true,
  },
  {
    name: 'classify, messages',
    model: resolved({ ...vllm, kind: 'classify' }),
    path: '/classify',
    rows: (request, valueOf) => {
      const { messages } = bodyOf(request) as { messages: { content: string }[] };
      return indexedRows([messages.at(-1)!.content], (text) => `"probs":[${valueOf(text)}]`);
    },
    wrap: list('data'),
    expected: same,
    indexed: true,
    single: true,
  },
  {
    name: 'tokenClassify',
    model: resolved({ ...vllm, kind: 'tokenClassify', input: 'text', stepSeparator: '#' }),
    path: '/pooling',
    rows: (request, valueOf) => {
      const { input } = bodyOf(request) as { input: number[][] };
      const texts = input.map(textOf);
      return indexedRows(texts, (text) => {
        const row = `[0.25,${valueOf(text)}]`;
        return `"object":"pooling","data":[${[...text].map((one) => (one === '#' ? row : '[9,9]')).join()}]`;
      });
    },
    wrap: list('data'),
    expected: same,
    indexed: true,
  },
  {
    name: 'loglik',
    model: resolved({ ...vllm, kind: 'loglik' }),
    path: '/v1/completions',
    rows: echoRows,
    wrap: list('choices'),
    expected: (value) => (value - 0.5) / 2,
    indexed: true,
  },
  {
    name: 'implicitDpo',
    model: resolved({
      ...vllm,
      kind: 'implicitDpo',
      beta: 0.5,
      reference: { server: 'embedded', servedModel: 'ref', revision: 'ref-rev' },
    }),
    path: '/v1/completions',
    rows: echoRows,
    wrap: list('choices'),
    expected: (value) => 0.5 * (value - 0.5),
    indexed: true,
  },
  {
    name: 'judge',
    model: resolved({ ...vllm, kind: 'judge', canaries: 0, lowestScore: 0 }),
    path: '/v1/chat/completions',
    rows: (request, valueOf) => {
      const { messages } = bodyOf(request) as { messages: { content: string }[] };
      const content = `{"score":${valueOf(messages[1]!.content)}}`;
      return [`{"index":0,"message":{"role":"assistant","content":${JSON.stringify(content)}}}`];
    },
    wrap: list('choices'),
    expected: same,
    indexed: true,
    single: true,
  },
  {
    name: 'tei, predict',
    model: resolved({ ...elsewhere, kind: 'tei' }),
    path: '/predict',
    rows: (request, valueOf) =>
      (bodyOf(request)['inputs'] as [string][]).map(([text]) => `[{"score":${valueOf(text)},"label":"LABEL_0"}]`),
    wrap: asArray,
    expected: same,
    indexed: false,
  },
  {
    name: 'tei, rerank',
    model: resolved({ ...elsewhere, kind: 'tei', route: 'rerank' }),
    path: '/rerank',
    rows: (request, valueOf) => indexedRows(bodyOf(request)['texts'] as string[], (text) => `"score":${valueOf(text)}`),
    wrap: asArray,
    expected: same,
    indexed: true,
  },
  {
    name: 'sglang',
    model: resolved({ ...elsewhere, kind: 'sglang' }),
    path: '/classify',
    rows: (request, valueOf) =>
      (bodyOf(request)['text'] as string[]).map((text) => `{"embedding":[${valueOf(text)}],"meta_info":{}}`),
    wrap: asArray,
    expected: same,
    indexed: false,
  },
  {
    name: 'openrlhf',
    model: resolved({ ...elsewhere, kind: 'openrlhf' }),
    path: '/get_reward',
    rows: (request, valueOf) => (bodyOf(request)['query'] as string[]).map(valueOf),
    wrap: list('rewards'),
    expected: same,
    indexed: false,
  },
  {
    name: 'slime',
    model: resolved({ ...elsewhere, kind: 'slime', path: '/reward' }),
    path: '/reward',
    rows: (request, valueOf) => [valueOf(bodyOf(request)['response'] as string)],
    wrap: ([row]) => row!,
    expected: same,
    indexed: false,
    single: true,
  },
  {
    name: 'llamafactory',
    model: resolved({ ...elsewhere, kind: 'llamafactory' }),
    path: '/v1/score/evaluation',
    rows: (request, valueOf) => (bodyOf(request)['messages'] as string[]).map(valueOf),
    wrap: list('scores'),
    expected: same,
    indexed: false,
  },
];

/** Every kind but the one that asks no server, once: the compiler notices a new kind, this list must too. */
export const servedKinds: Exclude<RewardModel['kind'], 'verifier'>[] = [
  'classify',
  'tokenClassify',
  'loglik',
  'implicitDpo',
  'judge',
  'tei',
  'sglang',
  'openrlhf',
  'slime',
  'llamafactory',
];

/** The reply of /tokenize: a token is the code of a character. */
export function tokenizeReply(request: ReceivedRequest): object {
  const tokens = tokensOf(bodyOf(request)['prompt'] as string);
  return { count: tokens.length, max_model_len: 4096, tokens };
}
