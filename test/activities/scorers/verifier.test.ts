import { join } from 'node:path';
import { createMathVerifier, scoreTexts, type MathVerifier, type ScoredText } from '../../../activities/scorers';
import { mathVerify } from '../../../config/resolve-models';
import { readFile } from 'node:fs/promises';
import { findPython } from '../../../workers/embedded/find-programs';
import { projectRoot } from '../../../workers/embedded/project-root';
import { rejection } from '../../model-server/against';
import { resolved } from './kind-cases';

const signal = new AbortController().signal;
const noServer = () => {
  throw new Error('a verifier asks no server');
};
const item = (completion: string, answer?: string): ScoredText => ({ prompt: 'Q', completion, answer });

function verify(rule: object, items: ScoredText[], mathVerifier?: MathVerifier, cancelled = signal) {
  const world = { modelServer: noServer, mathVerifier, signal: cancelled };
  return scoreTexts(world, resolved({ kind: 'verifier', rule }), items);
}

test('exact: the last answer equals the verified one; none to check against is missing, not 0', async () => {
  const items = [item('first 3, so 1,234.', '1234'), item('so 5', '6'), item('no number', '6'), item('so 6')];
  expect(await verify({ type: 'exact' }, items)).toEqual({ scores: [1, 0, 0, null], missingBy: { noAnswer: 1 } });
});

test('exact: by a pattern of the user’s', async () => {
  const rule = { type: 'exact', pattern: 'the answer is (yes|no)' };
  expect((await verify(rule, [item('yes? the answer is no', 'no')])).scores).toEqual([1]);
});

test('format: a match anywhere, anchors and flags as given; no answer needed', async () => {
  const rule = { type: 'format', pattern: '^<think>.*</think>\\s*\\S+$', flags: 's' };
  const items = [item('<think>a\nb</think> 5'), item('5'), item('<think>a</think>')];
  expect(await verify(rule, items)).toEqual({ scores: [1, 0, 0], missingBy: {} });
});

describe('mathEquivalence', () => {
  const environment = { ...process.env, PYTHONPATH: join(projectRoot, 'python', 'src'), OMP_NUM_THREADS: '1' };
  let started = 0;
  const verifier = createMathVerifier(async () => {
    started += 1;
    return { python: await findPython(), environment };
  });
  const rule = { type: 'mathEquivalence', timeoutSeconds: 20 };
  /** A tower of powers, which sympy would work out for longer than anyone waits. */
  const bomb = '$9^{9^{9^{9}}}$';

  test('equal in mathematics, whatever the spelling; one process for all', async () => {
    const items = [item('so \\boxed{\\frac12}', '0.5'), item('$x+1$', '1+x'), item('it is 4', '5'), item('none', '5')];
    expect(await verify(rule, items, verifier)).toEqual({ scores: [1, 1, 0, 0], missingBy: {} });
    expect(started).toBe(1);
  });

  test('no verified answer, or one that is no mathematics, is missing', async () => {
    const { scores, missingBy } = await verify(rule, [item('5'), item('5', '')], verifier);
    expect({ scores, missingBy }).toEqual({ scores: [null, null], missingBy: { noAnswer: 2 } });
  });

  test('over its limit an item is missing, the process is killed, and the next item is checked by another', async () => {
    const before = started;
    const quick = { ...rule, timeoutSeconds: 2 };
    const { scores, missingBy } = await verify(quick, [item('it is 5', '5'), item(`${bomb} + 1`, bomb)], verifier);
    expect(scores).toEqual([1, null]);
    expect(missingBy).toEqual({ unchecked: 1 });
    expect((await verify(rule, [item('it is 5', '5')], verifier)).scores).toEqual([1]);
    expect(started).toBe(before + 1);
  }, 120_000);

  test('cancelling ends a check at once', async () => {
    const controller = new AbortController();
    const running = verify({ ...rule, timeoutSeconds: 600 }, [item(`${bomb} + 1`, bomb)], verifier, controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled')), 200);
    expect(await rejection<Error>(running)).toMatchObject({ message: 'cancelled' });
  });

  test('a Python without math-verify says so', async () => {
    const bare = createMathVerifier(async () => ({
      python: await findPython(),
      environment: { PYTHONPATH: '/nowhere' },
    }));
    const error = await rejection<Error>(verify(rule, [item('5', '5')], bare));
    expect(error.message).toMatch(/did not start: .*No module named .*npm start/s);
    const none = createMathVerifier(() => Promise.resolve({ python: '/no/python', environment: {} }));
    expect((await rejection<Error>(verify(rule, [item('5', '5')], none))).message).toMatch(/did not start: .*ENOENT/);
  });

  test('the revision names the version that is installed', async () => {
    const requirements = await readFile(join(projectRoot, 'python', 'requirements.in'), 'utf8');
    const [, version] = /^math-verify\[\w+\]==(.*)$/m.exec(requirements)!;
    expect(mathVerify).toBe(`math-verify ${version}`);
  });
});
