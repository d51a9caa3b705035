import { eventLogLink, type CampaignEvent } from '../../contract/campaign-event';
import type { ArtifactRef } from '../../contract/artifact';
import { readLog } from '../../report';
import { useTemporaryStore } from '../artifact-store/temporary-store';
import { madeUpCampaign, refOf } from './made-up-campaign';

const store = useTemporaryStore();

async function write(events: readonly CampaignEvent[]): Promise<ArtifactRef | null> {
  let newest: ArtifactRef | null = null;
  for (const event of events) newest = await store().putJson({ event, previous: newest });
  return newest;
}

test('a log is read from its newest link back, and given oldest first', async () => {
  const { events } = madeUpCampaign();
  const links = await readLog(store(), await write(events), eventLogLink);
  expect(links.map(({ event }) => event)).toEqual(events);
});

test('no log has no links', async () => {
  expect(await readLog(store(), null, eventLogLink)).toEqual([]);
});

test('a link that the store lacks is named', async () => {
  const missing = refOf('gone');
  const [event] = madeUpCampaign().events;
  const newest = await store().putJson({ event, previous: missing });
  await expect(readLog(store(), newest, eventLogLink)).rejects.toThrow(missing.sha256);
});
