import type { CampaignReport } from '../../contract/campaign-report';
import {
  formatCount,
  formatDuration,
  formatMany,
  formatNumber,
  formatPercent,
  formatPoints,
  formatProbability,
  formatTime,
} from '../format-quantity';
import { accuracySection } from './accuracy-section';
import { banditSection } from './bandit-section';
import { costSection } from './cost-section';
import { eventsSection } from './events-section';
import { lineageSection } from './lineage-section';
import { offPolicySection } from './off-policy-section';
import type { Outline, Tile } from './outline';
import { measureWords } from './measure-words';
import { picksSection } from './picks-section';
import { scoresSection } from './scores-section';
import { trainingSection } from './training-section';

/** A report in words, numbers and plots; what Markdown and HTML both say. */
export function outlineReport(report: CampaignReport): Outline {
  return {
    title: `Campaign ${report.campaignId}`,
    status: statusWords[report.status] ?? report.status,
    summary: summarise(report),
    failure: report.failure,
    notes: report.notes,
    tiles: tilesOf(report),
    sections: [
      accuracySection(report),
      picksSection(report),
      banditSection(report),
      ...offPolicySection(report),
      trainingSection(report),
      scoresSection(report),
      costSection(report),
      eventsSection(report),
      lineageSection(report),
    ],
    config: JSON.stringify(report.config, null, 2),
    madeAt: formatTime(report.madeAt),
  };
}

const statusWords: Partial<Record<CampaignReport['status'], string>> = {
  awaitingApproval: 'waiting for approval',
};

function summarise(report: CampaignReport): string {
  const { progress, startedAt, endedAt, expectedEnd, accuracy, rewardModels } = report;
  const when =
    endedAt === null ? `Started ${formatTime(startedAt)}` : `${formatTime(startedAt)} to ${formatTime(endedAt)}`;
  const done = `${progress.iterationsDone} of ${formatMany(progress.iterations, 'iteration')} and ${formatMany(progress.rounds, 'round')} done`;
  const how = `${formatMany(rewardModels.length, 'reward model')}, chosen by ${selectionOf(report)}`;
  const end = endedAt === null && expectedEnd !== null ? ` It will be over at about ${formatTime(expectedEnd)}.` : '';
  const all = accuracy.paired?.rows.at(-1);
  const verdict =
    all && accuracy.paired
      ? ` ${measureWords(report).title} ${direction(all.difference)}: ${formatPercent(all.before.value)} before, ${formatPercent(all.after.value)} at policy ${accuracy.paired.to}.`
      : '';
  return `${when}. ${done}, with ${how}.${verdict}${end}`;
}

function selectionOf({ config }: CampaignReport): string {
  const { selection, seed } = config as { selection: { type: string; bandit?: { type: string } }; seed: number };
  return `${[selection.type, selection.bandit?.type].filter(Boolean).join(' with ')} (seed ${seed})`;
}

function direction({ low, high }: { low: number; high: number }): string {
  return low > 0 ? 'rose' : high < 0 ? 'fell' : 'did not change beyond chance';
}

function tilesOf(report: CampaignReport): Tile[] {
  const { progress, calls, cost, retries, workflowTaskFaults } = report;
  const survived = retries.filter(({ outcome }) => outcome === 'survived').length;
  const open = retries.length - survived;
  return [
    accuracyTile(report),
    {
      label: 'Rounds',
      value: `${formatCount(progress.rounds)} of ${formatCount(progress.iterations * progress.roundsPerIteration)}`,
      detail: `${formatMany(progress.pairs, 'preference pair')}; ${roundsWithPairs(progress)}`,
    },
    leaderTile(report),
    {
      label: 'Reward model calls saved',
      value: calls.ensemble === 0 ? '–' : formatPercent(calls.saved / calls.ensemble, 0),
      detail: `${formatCount(calls.made)} completions scored; an ensemble of all would score ${formatCount(calls.ensemble)}`,
    },
    {
      label: report.endedAt === null ? 'Running for' : 'Took',
      value: formatDuration(cost.elapsedSeconds),
      detail: `${formatCount(cost.generatedTokens)} tokens generated, ${formatCount(cost.trainedTokens)} trained on`,
    },
    {
      label: 'Faults survived',
      value: formatCount(survived + workflowTaskFaults),
      detail:
        open === 0
          ? 'failed attempts and lost workers; no finished step was lost'
          : `${formatMany(open, 'further step')} failed, or waits for its next attempt`,
    },
  ];
}

function roundsWithPairs({ rounds, roundsWithoutPairs }: CampaignReport['progress']): string {
  if (roundsWithoutPairs === 0) return rounds === 0 ? 'none yet' : 'every round gave some';
  if (roundsWithoutPairs === rounds) return 'no round gave any';
  return `${formatMany(roundsWithoutPairs, 'round')} gave none`;
}

function leaderTile({ rewardModels, progress }: CampaignReport): Tile {
  const label = 'Asked most';
  const leader = rewardModels.toSorted((left, right) => right.picks - left.picks)[0];
  if (progress.rounds === 0) return { label, value: '–', detail: 'no round is finished yet' };
  if (!leader || leader.pickShare === null)
    return { label, value: 'all', detail: 'every reward model is asked in every round' };
  const reward =
    leader.meanBanditReward === null ? '' : `, mean bandit reward ${formatNumber(leader.meanBanditReward)}`;
  return { label, value: leader.rewardModelId, detail: `${formatPercent(leader.pickShare, 0)} of decisions${reward}` };
}

function accuracyTile(report: CampaignReport): Tile {
  const { policies, paired } = report.accuracy;
  const label = measureWords(report).title;
  const all = paired?.rows.at(-1);
  if (paired && all) {
    const { value, low, high } = all.difference;
    return {
      label,
      value: `${formatPercent(all.before.value)} → ${formatPercent(all.after.value)}`,
      detail: `${formatPoints(value)} points, 95 % interval ${formatPoints(low)} to ${formatPoints(high)}; p\u00a0${formatProbability(paired.pValue)}, ${formatCount(all.total)} prompts`,
    };
  }
  const only = policies.at(-1);
  return only
    ? {
        label,
        value: formatPercent(only.all.accuracy.value),
        detail: `policy ${only.iteration}, ${formatCount(only.all.total)} prompts; nothing to compare with yet`,
      }
    : { label, value: '–', detail: 'no policy measured yet' };
}
