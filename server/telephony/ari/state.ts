import { z } from 'zod'
import type { Unfinished, WireState } from '../wire.ts'
import { AriBridge, AriChannel, AriEndpoint, AriInfo } from './events.ts'
import { snapshotOf } from './facts.ts'
import type { AriHttp } from './http.ts'
import { read } from './replies.ts'

/** All that is ours on the switch now, and of what is unfinished that which is still going on. */
export async function stateOf(http: AriHttp, app: string, unfinished: Unfinished): Promise<WireState> {
  const exists = async (path: string) => (await http.ask('GET', path)).status < 300
  const going = async (ids: readonly string[], path: string) => {
    const found = await Promise.all(ids.map((id) => exists(`${path}/${encodeURIComponent(id)}`)))
    return ids.filter((_id, index) => found[index])
  }
  const [info, channels, bridges, endpoints, playbacks, recordings] = await Promise.all([
    read(http, '/asterisk/info', AriInfo),
    read(http, '/channels', z.array(AriChannel)),
    read(http, '/bridges', z.array(AriBridge)),
    read(http, '/endpoints/PJSIP', z.array(AriEndpoint)),
    going(unfinished.playbacks, '/playbacks'),
    going(unfinished.recordings, '/recordings/live'),
  ])
  const bridgeOf = new Map(
    bridges.flatMap(({ id, channels: inside }) => inside.map((channel) => [channel, id] as const)),
  )
  return {
    startedAt: `${info.system.entity_id} ${info.status.startup_time}`,
    channels: channels.flatMap((each) => snapshotOf(each, app, bridgeOf.get(each.id) ?? null) ?? []),
    bridges: bridges
      .filter(({ creator }) => creator === 'Stasis')
      .map(({ id, channels: inside }) => ({ id, channels: inside })),
    phones: endpoints.filter(({ state }) => state === 'online').map(({ resource }) => resource),
    playbacks,
    recordings,
  }
}
