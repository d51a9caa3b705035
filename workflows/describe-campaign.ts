import { isWinRate, measuredShare } from '../algorithm/evaluation/measured-share';
import type { CampaignState } from '../contract/campaign-run';
import { tellFailure } from '../contract/tell-failure';

/** Markdown for the Temporal UI: what happens now, when it will be over, its arms, its accuracy, what happened last. */
export function describeCampaign(state: CampaignState): string {
  const sections = [
    headline(state),
    failureParagraph(state),
    accuracyTable(state),
    armTable(state),
    pickTable(state),
    eventList(state),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function headline(state: CampaignState): string {
  const { phase, iteration, iterations, runningIteration, totals, expectedEnd, settings } = state;
  const now = phase === 'training' && runningIteration !== null ? `training policy ${runningIteration}` : phase;
  const skipped = totals.skippedRounds > 0 ? `, ${totals.skippedRounds} of them without pairs` : '';
  const changed = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return [
    `**${now}** · ${iteration} of ${iterations} iterations done, ${totals.rounds} rounds${skipped}`,
    ...(expectedEnd === null ? [] : [`Expected end **${expectedEnd.slice(0, 16).replace('T', ' ')} UTC**`]),
    ...(totals.lastLoss === null ? [] : [`Newest loss ${totals.lastLoss.toFixed(4)}`]),
    ...(changed.length === 0 ? [] : [`Changed while running: ${changed.join(', ')}`]),
  ].join('  \n');
}

function failureParagraph({ campaignId, failure }: CampaignState): string {
  return failure === null ? '' : tellFailure(campaignId, failure);
}

function accuracyTable({ evaluations }: CampaignState): string {
  const judged = evaluations.some(({ byCategory }) => isWinRate(byCategory));
  const rows = evaluations.map(({ iteration, byCategory }) => {
    const { value, low, high, total, verdicts } = measuredShare(byCategory);
    const counts = verdicts ? ` ${verdicts.wins} / ${verdicts.ties} / ${verdicts.losses} |` : '';
    return `| ${iteration} | ${percent(value)} | ${percent(low)} to ${percent(high)} | ${total} |${counts}`;
  });
  const head = judged
    ? ['| policy | win rate | 95 % interval | judged | wins / ties / losses |', '|---|---|---|---|---|']
    : ['| policy | held-out accuracy | 95 % interval | prompts |', '|---|---|---|---|'];
  return table(head, rows);
}

function armTable({ rewardModels, totals }: CampaignState): string {
  const all = Object.values(totals.arms).reduce((sum, { picks }) => sum + picks, 0);
  const rows = rewardModels.map(({ id, kind, status }) => {
    const arm = totals.arms[id];
    const mean = arm && arm.rewardedPicks > 0 ? (arm.rewardSum / arm.rewardedPicks).toFixed(2) : '–';
    const width = arm?.lastWidth?.toFixed(2) ?? '–';
    const asked = (arm?.scored ?? 0) + (arm?.missing ?? 0);
    const health = status !== 'active' ? status : asked === 0 ? '–' : `${percent((arm?.scored ?? 0) / asked)} scored`;
    const share = arm && all > 0 ? percent(arm.picks / all) : '–';
    return `| ${id} | ${kind} | ${arm?.picks ?? 0} | ${share} | ${mean} | ${width} | ${health} |`;
  });
  const head = '| reward model | kind | picks | share | mean bandit reward | width | health |';
  return table([head, '|---|---|---|---|---|---|---|'], rows);
}

function pickTable({ totals }: CampaignState): string {
  const rows = Object.entries(totals.picks).map(([category, picks]) => {
    const shares = Object.entries(picks).sort(([, left], [, right]) => right - left);
    return `| ${category} | ${shares.map(([arm, count]) => `${arm} ${count}`).join(', ')} |`;
  });
  return table(['| category | rounds by reward model |', '|---|---|'], rows);
}

function eventList({ recentEvents }: CampaignState): string {
  const lines = [...recentEvents].reverse().map(({ at, message, by, why }) => {
    const who = by === null ? '' : ` (${by}${why === null ? '' : `: ${why}`})`;
    return `- ${at.slice(0, 19).replace('T', ' ')} ${message}${who}`;
  });
  return lines.length === 0 ? '' : ['Last events, UTC', '', ...lines].join('\n');
}

function table(head: string[], rows: string[]): string {
  return rows.length === 0 ? '' : [...head, ...rows].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
