import { campaign, type Campaign } from '../contract/campaign';
import { servedParts } from '../contract/reward-model';
import { rewardModelsOf } from '../contract/reward-models-of';
import { checkEndpoint } from '../model-server';
import { CampaignFileError } from './campaign-file-error';
import { describeIssue } from './describe-issue';

/** A value as a campaign: by the schema, and with addresses and patterns that are good. @throws CampaignFileError */
export function checkCampaign(file: string, value: unknown): Campaign {
  const parsed = campaign.safeParse(value);
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

/** Addresses that no model server has: link-local and metadata hosts, passwords in the address, a trailing /v1. */
function endpointProblems(campaign: Campaign): string[] {
  const { policy } = campaign;
  const endpoints: [string, string | undefined][] = [
    ['policy.server', policy.server],
    ['policy.contextServer', policy.contextServer],
    ...rewardModelsOf(campaign).flatMap(({ place, rewardModel }) =>
      servedParts(rewardModel).map(({ prefix, server }): [string, string] => [`${place}.${prefix}server`, server]),
    ),
  ];
  return endpoints.flatMap(([path, endpoint]) =>
    endpoint === undefined || endpoint === 'embedded' ? [] : problemsOf(path, () => checkEndpoint(endpoint)),
  );
}

function patternProblems(campaign: Campaign): string[] {
  const { data, evaluation } = campaign;
  const rules = rewardModelsOf(campaign).flatMap(({ place, rewardModel: model }) => {
    if (model.kind !== 'verifier' || model.rule.type === 'mathEquivalence') return [];
    const { pattern, flags = '' } = { flags: undefined, ...model.rule };
    return problemsOf(`${place}.rule.pattern`, () => new RegExp(pattern, flags));
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
