import type { WebAccount } from '../../shared/contract/media.ts'
import type { PhoneEvent } from './phone-state.ts'

/** What the phone needs of a SIP library; sip.js is behind it (`sip-user-agent.ts`), in tests a small one in memory. */
export interface UserAgent {
  /** Tells `connected` or `disconnected`; what is lost later is told as `disconnected` too. */
  connect(): void
  /** Tells `registered`, `refused` or `disconnected`, and goes on registering well before it runs out. */
  register(): void
  answer(leg: string): void
  decline(leg: string, code: 486 | 603): void
  hangUp(leg: string): void
  call(leg: string, number: string): void
  restartIce(leg: string): void
  /** Takes a fresh track for each leg in the place of what is sent, without asking the other side. */
  refreshTracks(): void
  /** Sends silence. Counts for legs to come too. */
  mute(on: boolean): void
  /** Withdraws the registration and closes the socket; legs end. */
  stop(): void
  /** Registers no more, and stops once its last leg has ended. */
  retire(): void
}

export interface UserAgentPorts {
  account: WebAccount
  /** A track that only this leg uses, so that it may end it. */
  takeTrack: () => MediaStreamTrack
  /** What the other side says on a leg; null when it ends. */
  heard: (leg: string, stream: MediaStream | null) => void
  on: (event: PhoneEvent) => void
}

export type MakeUserAgent = (ports: UserAgentPorts) => UserAgent
