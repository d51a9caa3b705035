import type { z } from 'zod';
import { campaign, type Campaign } from '../contract/campaign';
import { checkEndpoint } from '../model-server';
import { CampaignFileError } from './campaign-file-error';
import { describeIssue } from './describe-issue';

/** The campaign that the schema found, once addresses and patterns are good too. @throws CampaignFileError */
export function checkCampaign(file: string, parsed: z.ZodSafeParseResult<Campaign>): Campaign {
  if (!parsed.success) {
    throw new CampaignFileError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(campaign, issue)),
    );
  }
  const problems = [...endpointProblems(parsed.data), ...patternProblems(parsed.data)];
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  return parsed.data;
}

/** Addresses that no model server has: link-local and metadata hosts, passwords in the address, a trailing /v1. */
function endpointProblems({ policy, rewardModels }: Campaign): string[] {
  const endpoints: [string, string | undefined][] = [
    ['policy.server', policy.server],
    ['policy.contextServer', policy.contextServer],
    ...rewardModels.map(({ server }, index): [string, string] => [`rewardModels[${index}].server`, server]),
  ];
  return endpoints.flatMap(([path, endpoint]) =>
    endpoint === undefined || endpoint === 'embedded' ? [] : problemsOf(path, () => checkEndpoint(endpoint)),
  );
}

function patternProblems({ data, evaluation }: Campaign): string[] {
  return [
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
