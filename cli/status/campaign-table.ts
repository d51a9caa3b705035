import Table from 'cli-table3';
import type { CampaignList } from '../../contract/cli-output/campaign';

/** The list of campaigns for people. */
export function campaignTable(campaigns: CampaignList): string {
  if (campaigns.length === 0)
    return 'No such campaigns; `laser run <file>` starts one, `laser status --all` lists all.';
  const head = ['campaign', 'status', 'phase', 'iteration', 'rounds', 'accuracy', 'selection', 'started'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { campaignId, status, phase, iteration, rounds, accuracy, selection, started } of campaigns) {
    const percent = accuracy === null ? '' : `${(100 * accuracy).toFixed(1)} %`;
    const since = started.slice(0, 16).replace('T', ' ');
    table.push([campaignId, status, phase ?? '', iteration ?? '', rounds ?? '', percent, selection ?? '', since]);
  }
  return table.toString();
}
