import { completeChat } from '../../../model-server';
import type { ScorerWorld } from '../scorer';
import type { JudgeModel, Question } from './judge-prompts';

/** The judge's verdict; null where its reply is not the JSON that was asked for. A verdict is never guessed from text. */
export async function askJudge<Verdict>(
  { modelServer }: ScorerWorld,
  rewardModel: JudgeModel,
  { messages, schema, verdict }: Question<Verdict>,
  signal: AbortSignal,
): Promise<Verdict | null> {
  const { servedModel: model, maxTokens, temperature, chatTemplateKwargs } = rewardModel;
  const request = { model, messages, schema, maxTokens, temperature, seed: 0, chatTemplateKwargs };
  const reply = await completeChat(modelServer(rewardModel.server), request, { signal });
  try {
    const parsed = verdict.safeParse(JSON.parse(reply ?? ''));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
