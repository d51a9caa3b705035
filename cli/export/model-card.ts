import { stringify } from 'yaml';
import { measuredShare, type MeasuredShare } from '../../algorithm';
import type { ResolvedCampaign } from '../../contract/campaign-run';
import type { EvaluationSummary } from '../../contract/evaluation';
import type { ResolvedEvaluation } from '../../contract/evaluation-options';
import type { Lineage } from '../../contract/campaign-start';
import type { FoundPolicy } from './find-policy';

type WinRateOptions = Extract<ResolvedEvaluation, { type: 'winRate' }>;

interface CardContent extends FoundPolicy {
  campaignId: string;
  configuration: ResolvedCampaign;
  lineage: Lineage | null;
  /** As the adapter's configuration names it. */
  baseModel: string;
  merged: boolean;
}

/** README.md of an exported policy: the hub's front matter, and what the campaign measured. */
export function modelCard(content: CardContent): string {
  const { campaignId, configuration, lineage, policy, baseModel, merged, totals } = content;
  const { training, selection, lora, seed } = configuration;
  // A checkpoint is written before its policy is measured, and the campaign's end knows all.
  const evaluations = content.evaluations.filter(({ iteration }) => iteration <= policy.iteration);
  const picks = Object.entries(totals.picks).flatMap(([category, counts]) =>
    Object.entries(counts).map(([id, count]) => `| ${category} | ${id} | ${count} |`),
  );
  return [
    '---',
    stringify(frontMatter(content, evaluations.at(-1))).trimEnd(),
    '---',
    '',
    `# ${campaignId}, policy ${policy.iteration}`,
    '',
    `${merged ? 'Weights' : 'A LoRA adapter'} trained from \`${baseModel}\` (revision \`${configuration.serving.baseModel.revision}\`) with LASeR ` +
      '([arXiv 2410.01735](https://arxiv.org/abs/2410.01735)): preference pairs ranked by reward models, which a bandit chose round by round.',
    ...(lineage ? ['', `It went on from campaign \`${lineage.campaignId}\`.`] : []),
    '',
    ...(configuration.evaluation.type === 'winRate'
      ? winRateSection(configuration.evaluation, evaluations)
      : accuracySection(evaluations)),
    '',
    '## Reward models asked',
    '',
    `${totals.rounds} rounds, ${totals.skippedRounds} without preference pairs; selection \`${selection.type}\`.`,
    '',
    '| prompts | reward model | rounds |',
    '|---|---|---|',
    ...picks,
    '',
    '## Training',
    '',
    `Preference loss \`${training.lossType}\`, β ${training.beta}, plus ${training.nllWeight} × NLL of the chosen a token; learning rate ` +
      `${training.learningRate}${scheduleOf(training)}, mini-batches of ${training.miniBatchSize} pairs, LoRA rank ${lora.rank}, α ${lora.loraAlpha} on ${lora.targetModules.join(', ')}. ` +
      `${configuration.sampling.completionsPerPrompt} completions a prompt at temperature ${configuration.sampling.temperature}; seed ${seed}.`,
    '',
    `Adapter \`${policy.adapter.sha256}\` of the artifact store.`,
    '',
    '## Use',
    '',
    ...(merged ? mergedUse : adapterUse(lora.rank)),
    '',
  ].join('\n');
}

function scheduleOf({ learningRateSchedule, warmupRounds }: ResolvedCampaign['training']): string {
  const parts = [
    ...(learningRateSchedule ? [learningRateSchedule] : []),
    ...(warmupRounds ? [`${warmupRounds} rounds of warm-up`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function frontMatter({ campaignId, baseModel, merged, policy }: CardContent, newest: EvaluationSummary | undefined) {
  const results = newest?.byCategory.map(({ category, correct, total, verdicts }) => ({
    task: { type: 'text-generation' },
    dataset: { name: category, type: 'held-out' },
    metrics: [{ type: verdicts ? 'win_rate' : 'accuracy', value: correct / total }],
  }));
  return {
    base_model: baseModel,
    base_model_relation: merged ? 'finetune' : 'adapter',
    library_name: merged ? 'transformers' : 'peft',
    pipeline_tag: 'text-generation',
    tags: ['laser', 'preference-optimization', 'dpo', 'lora', 'contextual-bandit'],
    ...(results && { 'model-index': [{ name: `${campaignId}-${policy.iteration}`, results }] }),
  };
}

function accuracySection(evaluations: readonly EvaluationSummary[]): string[] {
  return [
    '## Held-out accuracy',
    '',
    'Greedy answers, with 95 % intervals (Wilson). Policy 0 is what the campaign began with.',
    '',
    '| policy | prompts | accuracy |',
    '|---|---|---|',
    ...evaluations.map(({ iteration, byCategory }) => {
      const share = measuredShare(byCategory);
      return `| ${iteration} | ${share.total} | ${shareText(share)} |`;
    }),
  ];
}

function winRateSection({ judge, baseline }: WinRateOptions, evaluations: readonly EvaluationSummary[]): string[] {
  const against = baseline === 'firstPolicy' ? 'policy 0, with which the campaign began' : 'the reference answers';
  return [
    '## Win rate',
    '',
    `Held-out prompts; \`${judge.id}\` (kind \`${judge.kind}\`) compares the answers with those of ${against}. A tie counts half; ` +
      'intervals are 95 % (adjusted Wald). Lengths are mean characters of the policy’s and the baseline’s answers.',
    '',
    '| policy | judged | win rate | wins | ties | losses | missing | lengths |',
    '|---|---|---|---|---|---|---|---|',
    ...evaluations.map(({ iteration, byCategory }) => {
      const share = measuredShare(byCategory);
      const { wins, ties, losses, missing, meanLength } = share.verdicts!;
      const lengths = `${meanLength.policy.toFixed(1)} / ${meanLength.baseline.toFixed(1)}`;
      return `| ${iteration} | ${share.total} | ${shareText(share)} | ${wins} | ${ties} | ${losses} | ${missing} | ${lengths} |`;
    }),
  ];
}

function shareText({ value, low, high }: MeasuredShare): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(value)} % [${percent(low)}, ${percent(high)}]`;
}

const mergedUse = [
  '```python',
  'from transformers import AutoModelForCausalLM, AutoTokenizer',
  '',
  'model = AutoModelForCausalLM.from_pretrained("this folder")',
  'tokenizer = AutoTokenizer.from_pretrained("this folder")',
  '```',
];

function adapterUse(rank: number): string[] {
  return [
    '```python',
    'from peft import AutoPeftModelForCausalLM',
    'from transformers import AutoTokenizer',
    '',
    'model = AutoPeftModelForCausalLM.from_pretrained("this folder")',
    'tokenizer = AutoTokenizer.from_pretrained("this folder")',
    '```',
    '',
    `With vLLM: \`vllm serve <base model> --enable-lora --max-lora-rank ${rank} --lora-modules policy=<this folder>\`.`,
  ];
}
