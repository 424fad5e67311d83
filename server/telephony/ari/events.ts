import { z } from 'zod'

/** Of Asterisk's events and resources only what we use; everything else passes unread (22, rest-api/api-docs). */
const Caller = z.object({ name: z.string(), number: z.string() })
export const AriChannel = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  caller: Caller,
  dialplan: z.object({ app_name: z.string(), app_data: z.string() }).partial(),
})
export type AriChannel = z.infer<typeof AriChannel>
export const AriBridge = z.object({ id: z.string(), creator: z.string(), channels: z.array(z.string()) })
export const AriEndpoint = z.object({ resource: z.string(), state: z.string().optional() })
/** Two runs of one switch differ in their start, two switches in their entity. */
export const AriInfo = z.object({
  status: z.object({ startup_time: z.string() }),
  system: z.object({ entity_id: z.string() }),
})

const withChannel = { channel: AriChannel }
const withBridge = { bridge: AriBridge, channel: AriChannel }
const Playback = z.object({ id: z.string(), state: z.string() })
const Recording = z.object({
  name: z.string(),
  duration: z.number().optional(),
  cause: z.string().optional(),
})
const Destination = z.object({ requested_destination: z.object({ destination: z.string().optional() }) })

export const AriEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), args: z.array(z.string()), ...withChannel }),
  z.object({ type: z.literal('ChannelStateChange'), ...withChannel }),
  z.object({
    type: z.literal('ChannelDestroyed'),
    cause: z.number(),
    cause_txt: z.string(),
    tech_cause: z.number().optional(),
    ...withChannel,
  }),
  z.object({ type: z.literal('ChannelDtmfReceived'), digit: z.string(), ...withChannel }),
  z.object({ type: z.literal('ChannelHold'), ...withChannel }),
  z.object({ type: z.literal('ChannelUnhold'), ...withChannel }),
  z.object({ type: z.literal('ChannelEnteredBridge'), ...withBridge }),
  z.object({ type: z.literal('ChannelLeftBridge'), ...withBridge }),
  z.object({ type: z.literal('BridgeDestroyed'), bridge: AriBridge }),
  z.object({ type: z.literal('PlaybackFinished'), playback: Playback }),
  z.object({ type: z.literal('RecordingFinished'), recording: Recording }),
  z.object({ type: z.literal('RecordingFailed'), recording: Recording }),
  z.object({ type: z.literal('PeerStatusChange'), endpoint: AriEndpoint }),
  z.object({
    type: z.literal('ContactStatusChange'),
    endpoint: AriEndpoint,
    contact_info: z.object({ contact_status: z.string() }),
  }),
  z.object({
    type: z.literal('ChannelTransfer'),
    refer_to: Destination,
    referred_by: z.object({ source_channel: AriChannel, bridge: AriBridge.optional() }),
  }),
  z.object({ type: z.literal('ApplicationReplaced') }),
])
export type AriEvent = z.infer<typeof AriEvent>

const used: ReadonlySet<string> = new Set(AriEvent.options.map(({ shape }) => shape.type.value))
const Typed = z.object({ type: z.string() })

/** `unused`: an event that we have no use for. `unreadable`: one that should be ours and is not as we know it. */
export function readEvent(text: string): AriEvent | 'unused' | 'unreadable' {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return 'unreadable'
  }
  const typed = Typed.safeParse(raw)
  if (!typed.success) return 'unreadable'
  if (!used.has(typed.data.type)) return 'unused'
  const event = AriEvent.safeParse(raw)
  return event.success ? event.data : 'unreadable'
}
