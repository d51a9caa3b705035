import { z } from 'zod';
import { banditLogLink } from '../../contract/bandit-log';
import { eventLogLink } from '../../contract/campaign-event';
import { campaignCheckpoint } from '../../contract/campaign-run';
import { roundLogLink } from '../../contract/round-record';
import { bestOfN } from '../../contract/best-of-n';
import { bestOfNResult } from '../../contract/best-of-n-result';
import { bestOfNLine, pickLogLink } from '../../contract/best-of-n-run';
import { bundleManifest, stepRecord } from '../../contract/artifact';
import { campaign } from '../../contract/campaign';
import { comparison } from '../../contract/comparison';
import { comparisonResult } from '../../contract/comparison-result';
import { costLedger } from '../../contract/cost-ledger';
import { campaignFailure } from '../../contract/campaign-failure';
import { cliOutputs } from '../../contract/cli-output';
import { policyFingerprint } from '../../contract/policy';
import { preferencePair, promptCompletions, promptRecord, promptScores } from '../../contract/round';
import { fingerprintJob, fingerprintResult, trainingJob, trainingResult } from '../../contract/training';

const schemas = {
  'bandit-log-link': banditLogLink,
  'best-of-n': bestOfN,
  'best-of-n-line': bestOfNLine,
  'best-of-n-result': bestOfNResult,
  'bundle-manifest': bundleManifest,
  campaign,
  'campaign-checkpoint': campaignCheckpoint,
  'campaign-failure': campaignFailure,
  comparison,
  'comparison-result': comparisonResult,
  'cost-ledger': costLedger,
  'event-log-link': eventLogLink,
  'fingerprint-job': fingerprintJob,
  'fingerprint-result': fingerprintResult,
  'pick-log-link': pickLogLink,
  'policy-fingerprint': policyFingerprint,
  'preference-pair': preferencePair,
  'prompt-completions': promptCompletions,
  'prompt-record': promptRecord,
  'prompt-scores': promptScores,
  'round-log-link': roundLogLink,
  'step-record': stepRecord,
  'training-job': trainingJob,
  'training-result': trainingResult,
};

/**
 * Every shape that crosses a process boundary, as JSON Schema by file name; committed under contract/json-schema. Those
 * under cli/ are what the verbs print with --json.
 */
export function jsonSchemas(): Record<string, string> {
  const outputs = Object.entries(cliOutputs).map(([verb, schema]) => [`cli/${verb}`, schema] as const);
  const entries = [...Object.entries(schemas), ...outputs].map(([name, schema]) => {
    const document = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return [`${name}.json`, `${JSON.stringify(document, null, 2)}\n`] as const;
  });
  return Object.fromEntries(entries);
}
