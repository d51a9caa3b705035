import type { Client } from '@temporalio/client';
import type { ComparisonInput } from '../../contract/comparison-run';
import type { comparisonWorkflow } from '../../workflows';
import { searchAttributes } from '../../workflows/search-attributes';
import { startOrJoin } from '../start-or-join';

/** Starts a comparison, or joins it if the very same one runs. */
export function startComparison(client: Client, input: Omit<ComparisonInput, 'searchable' | 'progress'>) {
  const { comparisonId, plan, strategies, seeds } = input;
  return startOrJoin<typeof comparisonWorkflow>(client, {
    ...{ id: comparisonId, type: 'comparisonWorkflow', what: 'comparison', configuration: plan.sha256 },
    input: (searchable) => ({ ...input, searchable }),
    attributes: [{ key: searchAttributes.comparison, value: comparisonId }],
    summary: `comparison of ${strategies.length} strategies × ${seeds.length} seeds`,
  });
}
