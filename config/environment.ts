import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const wholeNumber = 'must be a whole number above 0';

const schema = z.object({
  /** Where everything a run writes goes. */
  LASER_HOME: z
    .string()
    .default('.laser')
    .transform((path) => resolve(path)),
  /** Folder of the artifact store; shared by all workers. Default: store/ under LASER_HOME. */
  LASER_STORE: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  /** host:port of a Temporal server. Unset: the embedded server of this machine. */
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.stringbool('must be true or false').optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  /** What `server: embedded` in a campaign file means to this worker. */
  LASER_MODEL_SERVER: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  /** Name of the variable that holds the API key of model servers, where they ask for one. */
  LASER_MODEL_SERVER_KEY_VARIABLE: z.string().optional(),
  /** Largest LoRA rank that the embedded model server takes; 64 if unset. */
  LASER_MAX_LORA_RANK: z.coerce.number(wholeNumber).int(wholeNumber).positive(wholeNumber).optional(),
  /** The temporal binary to run as the embedded server. */
  LASER_TEMPORAL_CLI: z.string().optional(),
  XDG_CACHE_HOME: z.string().default(join(homedir(), '.cache')),
});

export interface Environment extends Omit<z.infer<typeof schema>, 'LASER_STORE'> {
  LASER_STORE: string;
}

/** Environment variables that cannot be used; the message names each. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** The process environment, read once and checked; an empty variable counts as unset. @throws EnvironmentError */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new EnvironmentError(`The environment is not usable: ${problems.join('; ')}. Correct or unset it.`);
  }
  return { ...parsed.data, LASER_STORE: parsed.data.LASER_STORE ?? join(parsed.data.LASER_HOME, 'store') };
}
