import { valueOfAlways } from '../../algorithm';
import type { CampaignReport } from '../../contract/campaign-report';
import type { ReportInputs } from '../report-inputs';
import { loggedChoices, type LoggedDecision } from './logged-choices';

/**
 * What always asking one reward model would have been worth, for each of the campaign's: from the choices in which it could
 * have been chosen, with the propensities that were logged. null where the reward models are not chosen by chance or bandit.
 */
export function valueRewardModels({
  campaign,
  rounds,
  rewardModels,
  contexts,
}: ReportInputs): CampaignReport['offPolicy'] {
  const { selection } = campaign;
  if (selection.type !== 'laser' && selection.type !== 'random') return null;
  const logged = loggedChoices(rounds);
  return {
    exploration: selection.type === 'laser' ? selection.exploration : 1,
    choices: logged.length,
    choicesLeftOut: rounds.reduce((sum, { outcomes }) => sum + outcomes.length, 0) - logged.length,
    logged: logged.length === 0 ? null : logged.reduce((sum, { reward }) => sum + reward, 0) / logged.length,
    values: rewardModels.map(({ id }) => valueOf(id, logged, contexts)),
  };
}

type Value = NonNullable<CampaignReport['offPolicy']>['values'][number];

function valueOf(rewardModelId: string, logged: readonly LoggedDecision[], contexts: ReportInputs['contexts']): Value {
  const log = logged
    .filter(({ decision }) => decision.arms.some(({ armId, available }) => armId === rewardModelId && available))
    .map(({ decision, reward }) => ({
      context: decision.context === null ? [] : contexts.get(decision.context)!,
      arm: decision.rewardModelId,
      propensity: decision.propensity,
      reward,
    }));
  if (log.length === 0) {
    const reason = 'no rewarded choice could have been for it; run more rounds.';
    return { rewardModelId, status: 'tooLittleData', pulls: 0, reason };
  }
  const value = valueOfAlways(log, rewardModelId);
  const pulls = log.filter(({ arm }) => arm === rewardModelId).length;
  if (value.status !== 'estimated') return { rewardModelId, status: value.status, pulls, reason: value.reason };
  const { effectiveSampleSize, snipw, doublyRobust } = value;
  return { rewardModelId, status: 'estimated', pulls, effectiveSampleSize, snipw, doublyRobust };
}
