import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { campaign, type Campaign } from '../contract/campaign';
import { servedParts } from '../contract/reward-model';
import { checkEndpoint } from '../model-server';
import { CampaignFileError } from './campaign-file-error';
import { describeIssue } from './describe-issue';

/** Reads and checks a campaign file; nothing but the file itself is looked at. @throws CampaignFileError */
export async function loadCampaign(file: string, overrides: { seed?: number } = {}): Promise<Campaign> {
  const value = parseYaml(file, await readText(file));
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parsed = campaign.safeParse(isMapping ? { ...value, ...overrides } : value);
  if (!parsed.success) {
    throw new CampaignFileError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(campaign, issue, value)),
    );
  }
  const problems = [...endpointProblems(parsed.data), ...patternProblems(parsed.data)];
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  return parsed.data;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = missing ? 'there is no such file; give the path of a campaign file' : (error as Error).message;
    throw new CampaignFileError(file, [problem]);
  }
}

function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const errors: Error[] = [...document.errors];
  if (errors.length === 0) {
    try {
      return document.toJS();
    } catch (error) {
      errors.push(error as Error);
    }
  }
  throw new CampaignFileError(
    file,
    errors.map(({ message }) => `is not YAML: ${message.replace(/:?\n.*/s, '')}`),
  );
}

/** Addresses that no model server has: link-local and metadata hosts, passwords in the address, a trailing /v1. */
function endpointProblems({ policy, rewardModels }: Campaign): string[] {
  const endpoints: [string, string | undefined][] = [
    ['policy.server', policy.server],
    ['policy.contextServer', policy.contextServer],
    ...rewardModels.flatMap((rewardModel, index) =>
      servedParts(rewardModel).map(({ prefix, server }): [string, string] => [
        `rewardModels[${index}].${prefix}server`,
        server,
      ]),
    ),
  ];
  return endpoints.flatMap(([path, endpoint]) =>
    endpoint === undefined || endpoint === 'embedded' ? [] : problemsOf(path, () => checkEndpoint(endpoint)),
  );
}

function patternProblems({ data, evaluation, rewardModels }: Campaign): string[] {
  const rules = rewardModels.flatMap((model, index) => {
    if (model.kind !== 'verifier' || model.rule.type === 'mathEquivalence') return [];
    const { pattern, flags = '' } = { flags: undefined, ...model.rule };
    return problemsOf(`rewardModels[${index}].rule.pattern`, () => new RegExp(pattern, flags));
  });
  return [
    ...rules,
    ...problemsOf('data.answerPattern', () => new RegExp(data.answerPattern ?? '')),
    ...problemsOf('evaluation.answerPattern', () => new RegExp(evaluation.answerPattern)),
  ];
}

function problemsOf(path: string, check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [`${path}: ${(error as Error).message}`];
  }
}
