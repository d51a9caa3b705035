import type { CallOptions, ModelServer } from './http';
import { classifyReplySchema, readScores } from './read-scores';
import { scoreOrBisect } from './score-or-bisect';

export interface ClassifyTextsRequest {
  readonly model: string;
  /** Whole texts, prompt and completion as the reward model was trained to see them; or their token ids. */
  readonly texts: readonly (readonly number[])[] | readonly string[];
  /** Whether the server adds BOS and the like to strings; false for texts rendered with a chat template. */
  readonly addSpecialTokens: boolean;
}

/** POST /classify: the raw logit of each text in one request, in their order; null where it is not finite. */
export function classifyTexts(
  server: ModelServer,
  { model, texts, addSpecialTokens }: ClassifyTextsRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  return scoreOrBisect<readonly number[] | string, number>(texts, async (input) => {
    const { reply, site } = await server.callJson(
      {
        method: 'POST',
        path: '/classify',
        body: { model, input, use_activation: false, add_special_tokens: addSpecialTokens },
        ...options,
      },
      classifyReplySchema,
    );
    return readScores(reply, input.length, model, site);
  });
}
