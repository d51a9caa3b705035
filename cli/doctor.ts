import colours from 'picocolors';
import { readEnvironment } from '../config/environment';
import { exitCodes, type ExitCode } from './command-error';
import { checkCampaign } from './doctor/check-campaign';
import { checkMachine } from './doctor/check-machine';
import type { Finding } from './doctor/finding';

/** `laser doctor [file]`: each part in a line, and how to mend what is wrong. */
export async function doctor(file: string | undefined, { json }: { json?: boolean }): Promise<ExitCode> {
  const environment = readEnvironment();
  const findings: Finding[] = [];
  const show = (finding: Finding) => {
    findings.push(finding);
    if (json === true) return;
    const mark = finding.ok ? colours.green('ok   ') : colours.red('WRONG');
    const mend = finding.ok || finding.mend === undefined ? '' : `\n      ${colours.bold('mend:')} ${finding.mend}`;
    process.stdout.write(`${mark} ${finding.part}: ${finding.detail}${mend}\n`);
  };
  for await (const finding of checkMachine(environment)) show(finding);
  if (file !== undefined) for await (const finding of checkCampaign(file, environment)) show(finding);
  if (json === true) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  return findings.every(({ ok }) => ok) ? exitCodes.done : exitCodes.environment;
}
