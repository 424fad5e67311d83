import type { Invitation, Session } from 'sip.js'
import {
  Inviter,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent as SipUserAgent,
  UserAgentState,
  Web,
} from 'sip.js'
import { answerHeader } from '../../shared/contract/media.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { MakeUserAgent, UserAgentPorts } from './user-agent.ts'

/** Registered anew after half of it: sip.js by itself waits until 99 %, and a lost answer is then a lost phone. */
const registrationSeconds = 60
const answerDeadlineMs = 3_000
const connectDeadlineMs = 6_000
/** Only where there are ICE servers; without any, gathering ends by itself at once. */
const iceGatheringMs = 500
/** Known to the switch and turned away (RFC 3261 section 21.4): only other credentials can help. */
const refusals = new Set([401, 403, 404, 407])

/** Our user agent on sip.js. It logs nothing: its lines hold whole SIP messages, and those hold credentials. */
export const sipUserAgent =
  (clock: Clock): MakeUserAgent =>
  (ports) => {
    const { account, on } = ports
    const legs = new Map<string, Session>()
    let state: 'live' | 'retired' | 'stopped' = 'live'
    let muted = false
    let stopRefresh = () => {}
    let stopDeadline = () => {}

    const agent = new SipUserAgent({
      uri: SipUserAgent.makeURI(`sip:${account.username}@${account.domain}`)!,
      authorizationUsername: account.username,
      authorizationPassword: account.password,
      userAgentString: 'Cuffia',
      transportOptions: { server: account.wsUrl, connectionTimeout: 5, keepAliveInterval: 15 },
      logBuiltinEnabled: false,
      logConfiguration: false,
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () => {
        const track = ports.takeTrack()
        track.enabled = !muted
        return new MediaStream([track])
      }),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: iceGatheringMs,
        peerConnectionConfiguration: { iceServers: account.iceServers, bundlePolicy: 'max-bundle' },
      },
      delegate: {
        onDisconnect: (error) => {
          if (error) lose()
        },
        onInvite: (invitation) => {
          const leg = invitation.request.callId
          follow(leg, invitation)
          on({ type: 'invited', id: leg, ours: isOurs(invitation, ports) })
        },
      },
    })
    const newRegisterer = () =>
      new Registerer(agent, { expires: registrationSeconds, logConfiguration: false })
    let registerer = newRegisterer()
    let isAsked = false

    /** A socket that does not answer is as good as none; told once. */
    function lose() {
      stopRefresh()
      stopDeadline()
      if (state !== 'live') return
      void quietly(agent.transport.disconnect())
      on({ type: 'disconnected' })
    }
    const register = () => {
      stopRefresh()
      stopDeadline()
      stopDeadline = clock.after(answerDeadlineMs, lose)
      // one whose question was never answered would ask no other for 32 s (RFC 3261 section 17.1.2.2: timer F)
      if (isAsked) registerer = newRegisterer()
      isAsked = true
      const settle = (then: () => void) => () => {
        isAsked = false
        stopDeadline()
        if (state === 'live') then()
      }
      registerer
        .register({
          requestDelegate: {
            onAccept: settle(() => {
              stopRefresh = clock.after((registrationSeconds * 1000) / 2, register)
              on({ type: 'registered' })
            }),
            onReject: ({ message }) =>
              settle(() => (refusals.has(message.statusCode ?? 0) ? on({ type: 'refused' }) : lose()))(),
          },
        })
        // the socket went meanwhile
        .catch(lose)
    }
    const follow = (leg: string, session: Session) => {
      legs.set(leg, session)
      session.stateChange.addListener((next) => {
        if (next === SessionState.Established) {
          watchSound(leg, session)
          ports.heard(leg, descriptionOf(session).remoteMediaStream)
          on({ type: 'leg-up', id: leg })
        } else if (next === SessionState.Terminated && legs.delete(leg)) {
          ports.heard(leg, null)
          on({ type: 'leg-ended', id: leg })
          if (state === 'retired' && legs.size === 0) stop()
        }
      })
    }
    const watchSound = (leg: string, session: Session) => {
      const { peerConnection } = descriptionOf(session)
      peerConnection?.addEventListener('connectionstatechange', () => {
        if (peerConnection.connectionState === 'disconnected') on({ type: 'network-changed' })
        // RFC 7675: consent to send is gone, so nobody is there; the switch may never have been able to say so
        if (peerConnection.connectionState === 'failed') hangUp(leg)
      })
    }
    const hangUp = (leg: string) => {
      const session = legs.get(leg)
      if (!session) return
      const { state: phase } = session
      if (phase === SessionState.Established) return void quietly(session.bye())
      if (session instanceof Inviter) return void quietly(session.cancel())
      void quietly((session as Invitation).reject({ statusCode: 480 }))
    }
    function stop() {
      state = 'stopped'
      stopRefresh()
      stopDeadline()
      void quietly(agent.stop())
    }
    return {
      connect: () => {
        if (state !== 'live') return
        const isStarted = agent.state === UserAgentState.Started
        const opening = agent.isConnected()
          ? Promise.resolve()
          : isStarted
            ? agent.reconnect()
            : agent.start()
        stopDeadline()
        // a socket that the page's policy forbids fails without ever closing, and sip.js waits for that (Chromium 156)
        let isOver = false
        const settle = (then: () => void) => () => {
          if (isOver) return
          isOver = true
          stopDeadline()
          then()
        }
        stopDeadline = clock.after(connectDeadlineMs, settle(lose))
        opening.then(
          settle(() => state === 'live' && on({ type: 'connected' })),
          settle(lose),
        )
      },
      register,
      answer: (leg) => {
        const invitation = legs.get(leg) as Invitation | undefined
        void invitation?.accept({ sessionDescriptionHandlerOptions: speech }).catch(() => hangUp(leg))
      },
      decline: (leg, statusCode) => {
        const invitation = legs.get(leg) as Invitation | undefined
        void quietly(invitation?.reject({ statusCode }))
      },
      hangUp,
      call: (leg, number) => {
        const target = SipUserAgent.makeURI(`sip:${number}@${account.domain}`)
        if (!target) return on({ type: 'leg-ended', id: leg })
        const inviter = new Inviter(agent, target, { sessionDescriptionHandlerOptions: speech })
        follow(leg, inviter)
        void inviter.invite().catch(() => hangUp(leg))
      },
      restartIce: (leg) => {
        const session = legs.get(leg)
        if (session?.state !== SessionState.Established) return
        const again = { ...speech, offerOptions: { iceRestart: true } }
        void quietly(session.invite({ sessionDescriptionHandlerOptions: again }))
      },
      refreshTracks: () => {
        for (const session of legs.values()) {
          const sender = senderOf(session)
          if (!sender) continue
          const before = sender.track
          const track = ports.takeTrack()
          track.enabled = !muted
          void quietly(sender.replaceTrack(track).then(() => before?.stop()))
        }
      },
      mute: (next) => {
        muted = next
        for (const session of legs.values()) {
          const track = senderOf(session)?.track
          if (track) track.enabled = !muted
        }
      },
      stop: () => {
        // sent in this very moment: a page that goes away has no other
        for (const leg of legs.keys()) hangUp(leg)
        if (registerer.state === RegistererState.Registered) void quietly(registerer.unregister())
        stop()
      },
      retire: () => {
        state = 'retired'
        stopRefresh()
        stopDeadline()
        if (legs.size === 0) stop()
      },
    }
  }

const speech = { constraints: { audio: true, video: false } }

const isOurs = ({ request }: Invitation, { account }: UserAgentPorts) =>
  account.answerToken !== '' && request.getHeader(answerHeader) === account.answerToken

const descriptionOf = (session: Session) => session.sessionDescriptionHandler as Web.SessionDescriptionHandler

/** The one that sends our sound; before the leg is up there may be none. */
const senderOf = (session: Session): RTCRtpSender | undefined => {
  const handler = session.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined
  return handler?.peerConnection?.getSenders().find(({ track }) => track?.kind === 'audio')
}

/** Whatever is asked of a leg or a socket that has just gone: the loss is told elsewhere. */
const quietly = (asked: Promise<unknown> | undefined) => Promise.resolve(asked).catch(() => undefined)
