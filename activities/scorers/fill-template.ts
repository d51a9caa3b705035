import type { ScoredText } from './scorer';

/** The text a reward model is given: each {prompt} and {completion} of the template filled, whatever they contain. */
export function fillTemplate(template: string, { prompt, completion }: ScoredText): string {
  return template.replace(/\{(prompt|completion)\}/g, (_, name: string) => (name === 'prompt' ? prompt : completion));
}
