import type { StatusOutput } from '../../contract/cli-output/campaign';
import { tellFailure } from '../../contract/tell-failure';
import { accuracyLine } from '../lines';
import { resultTables } from '../result-tables';

/** Where one campaign stands, for people. */
export function campaignLines({ campaignId, status, state, result, failure }: StatusOutput): string {
  const ending = result?.regressed === true ? 'regressed' : result?.status;
  const detail = state?.phase ?? ending ?? 'no worker answers for it now; `laser up` starts one';
  const lines = [`${campaignId}: ${status}, ${detail}`];
  if (state) {
    const running = state.runningIteration === null ? '' : `, iteration ${state.runningIteration} runs`;
    lines.push(
      `${state.iteration} of ${state.iterations} iterations done${running}, ${state.totals.rounds} rounds trained`,
    );
    if (state.expectedEnd !== null) lines.push(`expected to end at ${state.expectedEnd}`);
    const asked = state.rewardModels.map(({ id, status: use }) => (use === 'active' ? id : `${id} (${use})`));
    lines.push(`reward models: ${asked.join(', ')}`);
    const settings = Object.entries(state.settings);
    if (settings.length > 0) lines.push(`set: ${settings.map(([name, value]) => `${name} ${value}`).join(', ')}`);
    lines.push(...state.evaluations.map(accuracyLine));
    lines.push(...state.recentEvents.map(({ at, by, message }) => `${at}  ${message}${by === null ? '' : ` (${by})`}`));
  }
  if (result?.lineage) lines.push(`went on from ${result.lineage.campaignId}`);
  if (result) lines.push(resultTables(result));
  if (failure) lines.push(tellFailure(campaignId, failure));
  return lines.join('\n');
}
