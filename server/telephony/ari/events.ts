import { z } from 'zod'

/** Of Asterisk's events and resources only what we use; everything else passes unread (22, rest-api/api-docs). */
const Caller = z.object({ name: z.string(), number: z.string() })
export const AriChannel = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  caller: Caller,
  dialplan: z.object({ exten: z.string() }).partial().optional(),
})
export type AriChannel = z.infer<typeof AriChannel>
export const AriBridge = z.object({ id: z.string(), channels: z.array(z.string()) })
export const AriEndpoint = z.object({
  technology: z.string(),
  resource: z.string(),
  state: z.string().optional(),
})
export const AriInfo = z.object({
  status: z.object({ startup_time: z.string() }),
  config: z.object({ name: z.string().optional() }).optional(),
})

const withChannel = { channel: AriChannel }
const withBridge = { bridge: AriBridge, channel: AriChannel }
const Playback = z.object({ id: z.string(), state: z.string() })
const Recording = z.object({
  name: z.string(),
  duration: z.number().optional(),
  cause: z.string().optional(),
})

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
  z.object({ type: z.literal('EndpointStateChange'), endpoint: AriEndpoint }),
  z.object({ type: z.literal('ApplicationReplaced') }),
])
export type AriEvent = z.infer<typeof AriEvent>
