/**
 * Puts verdicts of the simulator to the judge. What `npm test` runs is Chromium;
 * CDK_CORS_ENGINE=firefox asks a second opinion.
 */
import type { BrowserRequest } from '../../src/verify/verdict';
import { launchChromium } from './chromium';
import { launchFirefox } from './firefox';
import { Judge } from './judge';
import { type Case, Trial } from './trial';

/** For tests of other rooms: whatever the verdicts are, the browser has to say the same. */
export async function expectBrowserToAgree(template: object, requests: BrowserRequest[]): Promise<void> {
  await expectAgreement(requests.map((request) => ({ why: 'browser and verdict agree', template, request })));
}

export async function expectAgreement(cases: Case[]): Promise<void> {
  const trials = cases.map((each) => new Trial(each));
  const observations = await (await theJudge()).observe(trials.flatMap((trial) => trial.attempts));
  const faults = trials.flatMap((trial, i) => trial.disagreement(observations[2 * i], observations[2 * i + 1]) ?? []);
  if (faults.length > 0) throw new Error(`${faults.length} of ${cases.length} cases:\n\n${faults.join('\n\n')}\n`);
}

/**
 * One API that is written down in several ways: all that was said above, and no page could tell
 * which one it asks.
 */
export async function expectNoDifference({ name, template, apis, requests }: Spellings): Promise<void> {
  const [first, ...others] = await Promise.all(
    apis.map(async (api) => {
      const trials = requests.map(
        (request) => new Trial({ why: `${name}: ${api}`, template, request: { ...request, api } }),
      );
      const observations = await (await theJudge()).observe(trials.flatMap((trial) => trial.attempts));
      const faults = trials.flatMap(
        (trial, i) => trial.disagreement(observations[2 * i], observations[2 * i + 1]) ?? [],
      );
      return { faults, seen: observations.map(({ allowed, status, headers }) => ({ allowed, status, headers })) };
    }),
  );
  expect([first, ...others].flatMap(({ faults }) => faults)).toEqual([]);
  for (const { seen } of others) expect(seen).toEqual(first.seen);
}

export interface Spellings {
  readonly name: string;
  readonly template: object;
  /** Logical ids. */
  readonly apis: string[];
  readonly requests: BrowserRequest[];
}

let judge: Promise<Judge> | undefined;

/** One browser a test file. */
export function theJudge(): Promise<Judge> {
  judge ??= Judge.call(process.env.CDK_CORS_ENGINE === 'firefox' ? launchFirefox : launchChromium);
  return judge;
}

afterAll(async () => {
  const called = await judge?.catch(() => undefined); // whoever called in vain has been told
  await called?.dismiss();
});
