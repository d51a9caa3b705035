import { adjustableSettings, type AdjustableSettings } from '../../contract/steering';
import { CommandError, exitCodes } from '../command-error';
import { suggest } from '../suggest';

/** `alpha=0.5 learningRate=1e-5` as settings. @throws CommandError that names what may be set, and within which bounds. */
export function parseSettings(assignments: readonly string[]): AdjustableSettings {
  const known = Object.keys(adjustableSettings.shape);
  const values: Record<string, number> = {};
  for (const assignment of assignments) {
    const [, name = '', text = ''] = /^([^=]*)=(.+)$/.exec(assignment) ?? [];
    if (!known.includes(name)) {
      const hint = suggest(name || assignment, known);
      throw refusal(`"${assignment}" sets nothing that can change.${hint} Give name=value, with ${known.join(', ')}.`);
    }
    if (name in values) throw refusal(`${name} is set twice; leave one out.`);
    values[name] = Number(text);
  }
  const parsed = adjustableSettings.safeParse(values);
  if (!parsed.success) {
    throw refusal(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  return parsed.data;
}

function refusal(message: string): CommandError {
  return new CommandError(message, exitCodes.usage);
}
