import { basename, dirname, relative, resolve } from 'node:path';
import { bestOfN, type BestOfN } from '../contract/best-of-n';
import { bestOfNSelectionProblem } from '../contract/best-of-n-selection';
import type { Campaign } from '../contract/campaign';
import { CampaignFileError } from './campaign-file-error';
import { checkCampaign } from './check-campaign';
import { describeIssue } from './describe-issue';
import { layOver } from './lay-over';
import { readYaml } from './read-yaml';

export interface PromptFile {
  /** Seen from the working folder. */
  file: string;
  limit: number | undefined;
}

export interface LoadedBestOfN {
  bestOfN: BestOfN;
  /** The campaign file, seen from the working folder; paths in it are relative to it. */
  base: string;
  /** The campaign with the changes, one choice for each prompt. */
  campaign: Campaign;
  /** Id of the campaign whose policy and bandit are used. */
  run: string;
  learn: PromptFile | null;
  test: PromptFile;
}

/** What the command line says in place of the file. */
export interface BestOfNOverrides {
  completionsPerPrompt?: number | undefined;
  /** The test prompts, seen from the working folder. */
  prompts?: string | undefined;
  /** Of the test prompts. */
  limit?: number | undefined;
}

const longestName = 63;
const suffix = '-best-of-n';

/**
 * Reads a best-of-n file and its campaign file. A campaign file alone stands for the shortest best-of-n of it: its final
 * policy and its bandit, on its held-out prompts. @throws CampaignFileError
 */
export async function loadBestOfN(file: string, overrides: BestOfNOverrides = {}): Promise<LoadedBestOfN> {
  const read = asBestOfN(file, await readYaml(file, 'a best-of-n file or a campaign file'));
  const parsed = bestOfN.safeParse(read);
  if (!parsed.success) {
    throw new CampaignFileError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(bestOfN, issue, read)),
    );
  }
  const loaded = parsed.data;
  const base = beside(file, loaded.campaign);
  const baseValue = await readYaml(base, `the campaign file that ${file} names`);
  const { name, data } = checkCampaign(base, baseValue);
  const campaign = checkCampaign(`${file}: changes`, withChanges(baseValue, loaded, overrides));
  const problems = [selectionProblem(campaign), patternProblem(loaded)].filter((problem) => problem !== null);
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  const { learn, test } = loaded;
  return {
    ...{ bestOfN: loaded, base, campaign, run: loaded.run ?? name },
    learn: learn ? { file: beside(file, learn.prompts), limit: learn.limit } : null,
    test: testPrompts(),
  };

  function testPrompts(): PromptFile {
    const { prompts, limit } = overrides;
    if (prompts !== undefined) return { file: prompts, limit };
    if (test) return { file: beside(file, test.prompts), limit: limit ?? test.limit };
    return { file: beside(base, data.heldOut), limit: limit ?? data.heldOutLimit };
  }
}

function asBestOfN(file: string, read: unknown): unknown {
  if (typeof read !== 'object' || read === null || !('rewardModels' in read)) return read;
  const { name } = checkCampaign(file, read);
  return { name: `${name.slice(0, longestName - suffix.length)}${suffix}`, campaign: basename(file) };
}

function beside(file: string, path: string): string {
  return relative('.', resolve(dirname(file), path));
}

interface ChosenSelection {
  type?: string;
  granularity?: unknown;
}

/** Where a way of selecting can choose for each prompt, it does unless the changes say otherwise. */
function withChanges(baseValue: unknown, { changes }: BestOfN, { completionsPerPrompt }: BestOfNOverrides): unknown {
  const overridden = completionsPerPrompt === undefined ? {} : { sampling: { completionsPerPrompt } };
  const value = layOver(layOver(baseValue, changes), overridden) as { selection?: ChosenSelection };
  const { selection = { type: 'laser' } } = value;
  if (!['laser', 'random', 'oracle'].includes(selection.type ?? '')) return value;
  const ofBase = selection.granularity === 'promptInCategory' ? 'promptInCategory' : 'prompt';
  const { granularity = ofBase } = (changes['selection'] ?? {}) as ChosenSelection;
  return { ...value, selection: { ...selection, granularity } };
}

function selectionProblem({ selection }: Campaign): string | null {
  const problem = bestOfNSelectionProblem(selection);
  return problem === null ? null : `changes.selection: ${problem}`;
}

function patternProblem({ evaluation: { answerPattern } }: BestOfN): string | null {
  try {
    new RegExp(answerPattern ?? '');
    return null;
  } catch (error) {
    return `evaluation.answerPattern: ${(error as Error).message}`;
  }
}
