import { join } from 'node:path';
import { kindCases } from '../activities/scorers/kind-cases';
import { sendJson, startFakeServer, type FakeServer } from '../model-server/start-fake-server';
import { projectRoot } from '../../workers/embedded/project-root';

const embedded = ['classify', 'tokenClassify', 'loglik', 'implicitDpo'];
const model = (name: string) => join(projectRoot, 'models', 'quickstart', name);

/**
 * Every kind of reward model, each alone in a campaign: on the embedded server what it serves, at `server` the rest. A
 * judge's question does not fit the tiny policy's window, so it is at `server` too.
 */
export function rewardModelKinds(server: string): Record<string, object> {
  const models: Record<string, object> = {
    classify: { kind: 'classify', model: model('rm-sum') },
    'classify-text': { kind: 'classify', input: 'text', model: model('rm-product') },
    'token-classify': {
      ...{ kind: 'tokenClassify', input: 'text', model: model('rm-reverse') },
      ...{ stepDelimiter: '=', stepSeparator: '~' },
    },
    loglik: { kind: 'loglik', servedModel: 'frozen', model: model('policy') },
    'implicit-dpo': {
      ...{ kind: 'implicitDpo', servedModel: 'frozen', model: model('policy') },
      reference: { servedModel: 'reference', model: model('policy') },
    },
    judge: { kind: 'judge', server, canaries: 0 },
    'verifier-exact': { kind: 'verifier', rule: { type: 'exact', pattern: '([^=]+)$' } },
    'verifier-math': { kind: 'verifier', rule: { type: 'mathEquivalence' } },
    'verifier-format': { kind: 'verifier', rule: { type: 'format', pattern: '=' } },
    'tei-predict': { kind: 'tei', server },
    'tei-rerank': { kind: 'tei', server, route: 'rerank' },
    sglang: { kind: 'sglang', server },
    openrlhf: { kind: 'openrlhf', server },
    slime: { kind: 'slime', server, path: '/reward' },
    llamafactory: { kind: 'llamafactory', server },
  };
  return Object.fromEntries(
    Object.entries(models).map(([name, config]) => {
      const id = `kind-${name}`;
      return [id, { rewardModels: [{ id, ...config }], selection: { type: 'fixed', rewardModelId: id } }];
    }),
  );
}

const elsewhere = kindCases.filter(({ model: { kind } }) => !embedded.includes(kind));

/** Answers as each server elsewhere does, with scores that depend on the text alone. */
export function startRewardServer(): Promise<FakeServer> {
  return startFakeServer((response, request) => {
    const { rows, wrap } = elsewhere.find(({ path }) => path === request.path)!;
    sendJson(response, 200, wrap(rows(request, scoreOf)));
  });
}

/** A whole number from 1 to 10, which a judge may say too. */
function scoreOf(text: string): string {
  const sum = [...text].reduce((total, letter, place) => total + letter.charCodeAt(0) * (place + 1), 0);
  return String(1 + (sum % 10));
}
