import type {
  AccountId,
  BridgeId,
  ChannelId,
  Direction,
  IncomingCall,
  Place,
  PlaybackId,
  RecordingId,
  Sound,
  Target,
} from '../port.ts'

/** Everything that the switch in memory knows; the rules are in the files beside. */
export interface SwitchState {
  startedAt: string
  channels: Map<ChannelId, Channel>
  bridges: Set<BridgeId>
  playbacks: Map<PlaybackId, Playback>
  recordings: Map<RecordingId, Recording>
  /** Recorded files; they outlive a restart. */
  stored: Map<RecordingId, { ms: number }>
  /** Passwords by account. */
  accounts: Map<AccountId, string>
  phones: Map<AccountId, Phone>
}

export interface Channel {
  id: ChannelId
  kind: 'in' | 'out' | 'snoop'
  state: 'down' | 'ringing' | 'up'
  to: Target | null
  call: IncomingCall | null
  isDialed: boolean
  bridge: BridgeId | null
  hasMusic: boolean
  /** Silenced towards the switch, and towards the channel. */
  mutedIn: boolean
  mutedOut: boolean
  held: boolean
  snoop: { of: ChannelId; spy: Direction | 'none'; whisper: Direction | 'none' } | null
  /** Digits sent to the other side. */
  sent: string
  headers: Readonly<Record<string, string>>
  stopSteps: () => void
}

export interface Playback {
  id: PlaybackId
  on: Place
  sound: Sound
  stopTimer: () => void
}

export interface Recording {
  id: RecordingId
  bridge: BridgeId
  /** Milliseconds recorded before `since`; `since` is null while it is paused. */
  ms: number
  since: number | null
}

/** How a registered phone takes its calls. */
export interface Phone {
  account: AccountId
  /** Rings for so long, then is lifted; null: never. */
  answersAfterMs: number | null
}

export const emptySwitch = (startedAt: string): SwitchState => ({
  startedAt,
  channels: new Map(),
  bridges: new Set(),
  playbacks: new Map(),
  recordings: new Map(),
  stored: new Map(),
  accounts: new Map(),
  phones: new Map(),
})

export const newChannel = (channel: Pick<Channel, 'id' | 'kind' | 'state'> & Partial<Channel>): Channel => ({
  to: null,
  call: null,
  isDialed: false,
  bridge: null,
  hasMusic: false,
  mutedIn: false,
  mutedOut: false,
  held: false,
  snoop: null,
  sent: '',
  headers: {},
  stopSteps: () => {},
  ...channel,
})
