import { join } from 'node:path';
import { kindCases, tokenizeReply } from '../activities/scorers/kind-cases';
import { sendJson, startFakeServer, type FakeServer } from '../model-server/start-fake-server';
import { projectRoot } from '../../workers/embedded/project-root';

const embedded = ['classify', 'tokenClassify'];
const model = (name: string) => join(projectRoot, 'models', 'quickstart', name);

/**
 * A campaign that asks, in every round, all kinds of reward model that strategies.ts does not ask, so all but classify and
 * loglik: on the embedded server what it serves, at `server` the rest. A judge's question does not fit the tiny policy's
 * window, and of an implicitDpo there is no second policy to be had, so they are at `server` too.
 */
export function rewardModelKinds(server: string): Record<string, object> {
  const models: Record<string, object> = {
    'token-classify': {
      ...{ kind: 'tokenClassify', input: 'text', model: model('rm-reverse') },
      ...{ stepDelimiter: '=', stepSeparator: '~' },
    },
    'implicit-dpo': { kind: 'implicitDpo', server, servedModel: 'rm', reference: { server, servedModel: 'ref' } },
    judge: { kind: 'judge', server, canaries: 0 },
    'verifier-exact': { kind: 'verifier', rule: { type: 'exact', pattern: '([^=]+)$' } },
    'verifier-math': { kind: 'verifier', rule: { type: 'mathEquivalence' } },
    'tei-predict': { kind: 'tei', server },
    'tei-rerank': { kind: 'tei', server, route: 'rerank' },
    sglang: { kind: 'sglang', server },
    openrlhf: { kind: 'openrlhf', server },
    slime: { kind: 'slime', server, path: '/reward' },
    llamafactory: { kind: 'llamafactory', server },
  };
  const rewardModels = Object.entries(models).map(([name, config]) => ({ id: `kind-${name}`, ...config }));
  return { 'every-kind': { rewardModels, selection: { type: 'scoreEnsemble' } } };
}

const elsewhere = kindCases.filter(({ model: { kind } }) => !embedded.includes(kind));

/** Answers as each server elsewhere does, with scores that depend on the text alone. */
export function startRewardServer(): Promise<FakeServer> {
  return startFakeServer((response, request) => {
    if (request.path === '/tokenize') return sendJson(response, 200, tokenizeReply(request));
    const { rows, wrap } = elsewhere.find(({ path }) => path === request.path)!;
    sendJson(response, 200, wrap(rows(request, scoreOf)));
  });
}

/** A whole number from 1 to 10, which a judge may say too. */
function scoreOf(text: string): string {
  const sum = [...text].reduce((total, letter, place) => total + letter.charCodeAt(0) * (place + 1), 0);
  return String(1 + (sum % 10));
}
