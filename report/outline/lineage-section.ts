import { artifactRef } from '../../contract/artifact';
import type { CampaignReport } from '../../contract/campaign-report';
import { formatCount, formatHash } from '../format-quantity';
import { codeCell, dataTable } from './data-table';
import type { Cell, Section } from './outline';

/** What the campaign was made of and what it made, by hash. */
export function lineageSection(report: CampaignReport): Section {
  const { lineage } = report;
  const origin = lineage.continuesFrom
    ? `It goes on from campaign ${lineage.continuesFrom.campaignId} (run ${lineage.continuesFrom.runId}): its policy and its bandit.`
    : 'It began with the base model and an empty bandit.';
  return {
    id: 'lineage',
    title: 'Configuration and lineage',
    paragraphs: [
      `Configuration ${lineage.configuration}. ${origin} Hashes are SHA-256; the first twelve digits are shown, all of them are in the JSON.`,
    ],
    figures: [],
    tables: [
      dataTable('What it was made of', ['Input', 'Name', 'Revision or hash'], ingredients(report), 3),
      ...(lineage.policies.length === 0
        ? []
        : [
            dataTable(
              'Policies',
              ['Policy', 'Adapter', 'Bytes', 'Fingerprint'],
              lineage.policies.map(({ iteration, adapter, fingerprint }): Cell[] => [
                String(iteration),
                adapter ? codeCell(formatHash(adapter.sha256)) : 'base model',
                adapter ? formatCount(adapter.bytes) : '–',
                fingerprint ? codeCell(formatHash(fingerprint.sha256)) : '–',
              ]),
              4,
            ),
          ]),
      dataTable('Logs', ['Log', 'Newest link'], logs(report), 2),
    ],
  };
}

function ingredients({ config, rewardModels }: CampaignReport): Cell[][] {
  const base = (config['serving'] as { baseModel?: { name: string; revision: string } } | undefined)?.baseModel;
  const file = (name: string, key: 'trainPrompts' | 'heldOutPrompts'): Cell[][] => {
    const ref = artifactRef.safeParse(config[key]);
    return ref.success ? [['prompts', name, codeCell(formatHash(ref.data.sha256))]] : [];
  };
  return [
    ...(base ? [['base model', base.name, revisionCell(base.revision)]] : []),
    ...rewardModels.map(({ rewardModelId, revision }): Cell[] => [
      'reward model',
      rewardModelId,
      revision === null ? '–' : revisionCell(revision),
    ]),
    ...file('train', 'trainPrompts'),
    ...file('held-out', 'heldOutPrompts'),
  ];
}

function revisionCell(revision: string): Cell {
  return codeCell(/^[0-9a-f]{64}$/.test(revision) ? formatHash(revision) : revision);
}

function logs({ lineage }: CampaignReport): Cell[][] {
  const refs = {
    rounds: lineage.roundLog,
    events: lineage.eventLog,
    checkpoints: lineage.checkpoints,
    bandit: lineage.banditLog,
  };
  return Object.entries(refs).map(([name, ref]) => [name, ref ? codeCell(ref.sha256) : '–']);
}
