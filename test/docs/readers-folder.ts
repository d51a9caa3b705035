import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../../workers/embedded/project-root';

const execute = promisify(execFile);

/** Numbers of a campaign that ends within seconds; the pages ask for a twelfth round. */
const small = {
  iterations: 1,
  roundsPerIteration: 12,
  promptBatchSize: 4,
  sampling: { completionsPerPrompt: 8, temperature: 0.8, maxTokens: 24 },
};

/**
 * A folder of a reader of the docs, and a shell in it. All commands share what `laser up` runs there. A file that takes
 * minutes in the project is a small campaign here, so that the commands stand as they are in the docs.
 */
export class ReadersFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'laser-docs-'));
  private readonly environment: NodeJS.ProcessEnv;
  private up: ChildProcess | null = null;
  private seed = 100;

  constructor() {
    const { TEMPORAL_ADDRESS: _, ...inherited } = process.env;
    this.environment = { ...inherited, LASER_HOME: join(this.path, '.laser'), NO_COLOR: '1', OMP_NUM_THREADS: '1' };
    symlinkSync(join(projectRoot, 'bin'), join(this.path, 'bin'));
    this.makeSmall('config/campaigns/quickstart.yaml');
  }

  /** A command as it stands in the docs; what it printed on stdout and stderr. */
  async run(command: string): Promise<string> {
    if (command.startsWith('bin/laser up ')) return this.keepUp(command);
    if (/^bin\/laser (pause|set)\b.*<campaign>/.test(command)) await this.startCampaign();
    const printed: string[] = [];
    for (const each of alternatives(command)) printed.push(await this.shell(this.filledIn(each)));
    if (command.startsWith('bin/laser init my-campaign.yaml ')) this.makeSmall('my-campaign.yaml');
    return printed.join('');
  }

  /** A paper's campaign file and data in the form that `laser data prepare` writes. */
  putPaperSetting(set: string): void {
    const file = join('config', 'campaigns', `paper-${set}.yaml`);
    copyFileSync(join(projectRoot, file), join(this.path, file));
    const folder = join(this.path, '.laser', 'data', set);
    mkdirSync(folder, { recursive: true });
    const line = (index: number) =>
      `{"promptId":"${index}","prompt":"What is ${index} + 1?","answer":"${index + 1}"}\n`;
    const content = Array.from({ length: 16 }, (_, index) => line(index)).join('');
    for (const name of ['train.jsonl', 'held-out.jsonl']) writeFileSync(join(folder, name), content);
  }

  async remove(): Promise<void> {
    if (this.up) {
      this.up.kill('SIGTERM');
      if (this.up.exitCode === null) await once(this.up, 'exit');
    }
    rmSync(this.path, { recursive: true, force: true });
  }

  private async shell(command: string): Promise<string> {
    const { stdout, stderr } = await execute('bash', ['-c', command], { cwd: this.path, env: this.environment });
    return stdout + stderr;
  }

  /** Starts it and waits until there is something to talk to. A second one must be told that it is up. */
  private async keepUp(command: string): Promise<string> {
    if (this.up) {
      const refused = await this.shell(command).catch((error: { code: number; stderr: string }) => error);
      expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/^It is up already/) });
      return '';
    }
    this.up = spawn('bash', ['-c', `exec ${command}`], { cwd: this.path, env: this.environment, stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.shell('bin/laser status');
      } catch (error) {
        if (tries === 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  /** The reader's campaign that is steered. */
  private async startCampaign(): Promise<void> {
    this.seed += 1;
    await this.shell(`bin/laser run config/campaigns/quickstart.yaml --seed ${this.seed} --detach`);
  }

  private filledIn(command: string): string {
    const steered = /^bin\/laser (pause|resume|stop|set) /.test(command);
    const filled = command
      .replace('<campaign>', steered ? `quickstart-seed-${this.seed}` : 'quickstart-seed-7')
      .replace('[file]', 'my-campaign.yaml');
    if (/<\w+>|\[\w+\]/.test(filled)) throw new Error(`${filled}: nobody knows what to fill in; extend filledIn`);
    return filled;
  }

  /** The ci campaign with fewer prompts, under the name of the file's preset; its models are what runs already. */
  private makeSmall(name: string): void {
    const preset = join(projectRoot, 'config', 'campaigns', 'ci.yaml');
    const campaign = parse(readFileSync(preset, 'utf8')) as { policy: object; data: object; rewardModels: object[] };
    const text = stringify({ ...campaign, ...small, name: 'quickstart' });
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll('../../models/', join(projectRoot, 'models', '/')));
  }
}

/** `pause|resume <campaign>` are two commands. */
function alternatives(command: string): string[] {
  const [program = '', verbs = '', ...rest] = command.split(' ');
  return /^[a-z-]+(\|[a-z-]+)+$/.test(verbs)
    ? verbs.split('|').map((verb) => [program, verb, ...rest].join(' '))
    : [command];
}
