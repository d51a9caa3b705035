import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ServiceOptions {
  name: string;
  command: string;
  arguments: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Each attempt writes to <logFolder>/<name>-<attempt>.log. */
  logFolder: string;
  onRestart: (message: string) => void;
  /** The service has died too often; nothing will start it again. */
  onGiveUp: (error: Error) => void;
}

const restartDelayMs = 1000;
const maxDeathsInARow = 10;
const steadyAfterMs = 20_000;
const stopGraceMs = 10_000;

/** A child process that is started again when it dies, and stopped when the runtime stops. */
export class Service {
  readonly name: string;
  private readonly options: ServiceOptions;
  private child: ChildProcess | null = null;
  private attempt = 0;
  private deathsInARow = 0;
  private stopping = false;

  constructor(options: ServiceOptions) {
    this.name = options.name;
    this.options = options;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const { command, environment, logFolder, name } = this.options;
    this.attempt += 1;
    await mkdir(logFolder, { recursive: true });
    const log = createWriteStream(this.logFile);
    await new Promise((opened) => log.once('open', opened));
    const startedAt = Date.now();
    // In a process group of its own: Ctrl-C in the terminal is for us, and we stop our services in order.
    const child = spawn(command, this.options.arguments, {
      env: environment,
      stdio: ['pipe', log, log],
      detached: true,
    });
    this.child = child;
    child.once('error', (error) => this.options.onGiveUp(new Error(`${name} cannot be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      log.end();
      this.child = null;
      if (!this.stopping) void this.restart(signal ?? `exit code ${code}`, Date.now() - startedAt);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await gone;
    clearTimeout(force);
  }

  private async restart(reason: string, livedMs: number): Promise<void> {
    this.deathsInARow = livedMs > steadyAfterMs ? 1 : this.deathsInARow + 1;
    if (this.deathsInARow >= maxDeathsInARow) {
      const lastLines = (await readFile(this.logFile, 'utf8')).trimEnd().split('\n').slice(-10).join('\n');
      const message = `${this.name} ended ${this.deathsInARow} times in a row (${reason}). The end of ${this.logFile}:\n${lastLines}`;
      this.options.onGiveUp(new Error(message));
      return;
    }
    this.options.onRestart(`${this.name} ended (${reason}) and is started again; its log is ${this.logFile}`);
    await new Promise((resolve) => setTimeout(resolve, restartDelayMs));
    if (!this.stopping) await this.start();
  }

  private get logFile(): string {
    return join(this.options.logFolder, `${this.name}-${this.attempt}.log`);
  }
}
