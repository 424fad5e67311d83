import type { MediaState } from '../../shared/contract/media.ts'
import { defaultSettings, type Settings } from '../../shared/contract/settings.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { administrator } from '../fakes/crm-pages-data.ts'
import type { AttemptId, LegId, UserId } from '../../shared/std/ids.ts'
import { offerOfCallBack, offerOfCaller, operatorPages } from '../fakes/desktop-callers.ts'
import { users } from '../fakes/desktop-data.ts'
import { desktopHost, type DesktopHost } from '../fakes/desktop-host.ts'
import { pagesOf, showBoard, superviseOn } from './supervisor.ts'

/** States of the page that can be asked for by name: `?scene=talking`. */
export const scenes: Readonly<Record<string, (fake: DesktopHost) => void>> = {
  'signed-out': () => {},
  'signed-out-away': (fake) => fake.serverAway(true),
  'change-password': () => {},
  start: () => {},
  'start-away': (fake) => fake.serverAway(true),
  coffee: (fake) => fake.desk.takeBreak('coffee'),
  ready: (fake) => fake.desk.ready(),
  preview: (fake) => fake.desk.stage('preview', 4000),
  refused: (fake) => {
    fake.desk.stage('preview', 4000)
    fake.desk.refuseNextDial('law-hours', Date.now() + 3_600_000)
  },
  ringing: (fake) => fake.desk.stage('ringing', 4000),
  talking: (fake) =>
    fake.desk.stage('talking', 83_000, { page: 'presentation', answers: { connection: 'adsl' } }),
  held: (fake) => fake.desk.stage('held', 83_000, { page: 'needs' }),
  'wrap-up': (fake) =>
    fake.desk.stage('wrap-up', 9000, {
      page: 'offer',
      answers: { connection: 'adsl', people: 4, spend: 35 },
      note: 'Marito decide, chiamare di mattina',
    }),
  'undo-too-late': (fake) => {
    fake.desk.stage('wrap-up', 9000)
    const undo = () => Promise.reject(new AppError('not-in-this-state', 'the next call came first'))
    Object.assign(fake.host.call, { undo })
  },
  'wrap-up-late': (fake) => fake.desk.stage('wrap-up', 41_000, { page: 'closing' }),
  'wrap-up-callback': (fake) =>
    fake.desk.stage('wrap-up', 9000, { page: 'offer', outcome: 'callback' as never, callbackText: 'd10' }),
  'wrap-up-away': (fake) => {
    fake.desk.stage('wrap-up', 9000, { page: 'offer', note: 'Marito decide, chiamare di mattina' })
    fake.serverAway(true, Date.now() - 40_000)
    fake.desk.setWaiting(2)
  },
  'nothing-left': (fake) => fake.desk.ready(),
  prefixed: (fake) => fake.desk.stage('preview', 4000, {}, { dialPrefix: '0*9', line: 'pbx' }),
  recorded: (fake) =>
    fake.desk.stage('talking', 83_000, { page: 'presentation' }, { line: 'pbx', recording: 'always' }),
  'on-demand': (fake) =>
    fake.desk.stage('talking', 83_000, { page: 'presentation' }, { line: 'pbx', recording: 'on-demand' }),
  consult: (fake) => {
    fake.desk.stage('talking', 83_000, { page: 'presentation' }, { line: 'pbx', recording: 'always' })
    fake.desk.consult('attempt-1', { kind: 'operator', user: 'u7' as UserId })
  },
  ...Object.fromEntries(
    (['known', 'several', 'unknown', 'withheld'] as const).map((kind) => [
      `inbound-${kind}`,
      (fake: DesktopHost) => fake.desk.ringIn(offerOfCaller(kind, 'in-1' as AttemptId, Date.now())),
    ]),
  ),
  missed: (fake) => {
    fake.desk.ringIn(offerOfCaller('known', 'in-1' as AttemptId, Date.now()))
    fake.desk.ringOut()
  },
  asked: (fake) => {
    fake.desk.ready()
    fake.desk.ask({
      leg: 'asked-1' as LegId,
      from: 'Luca Bruni',
      peer: '+393398765432',
      state: 'ringing',
      since: Date.now() - 3000,
    })
  },
  supervised: (fake) => {
    fake.desk.stage('talking', 83_000, { page: 'presentation' }, { line: 'pbx' })
    fake.desk.setSupervisors([{ by: 'Sara Conti', mode: 'listen' }])
  },
  phone: (fake) => fake.desk.setPhone({ needed: true, kind: 'web', state: 'registered', problem: null }),
  'phone-away': (fake) =>
    fake.desk.setPhone({ needed: true, kind: 'web', state: 'provisioned', problem: 'no-answer' }),
  'phone-lost': (fake) => {
    fake.desk.setPhone({ needed: true, kind: 'web', state: 'up', problem: null })
    fake.desk.stage('talking', 83_000, { page: 'presentation' })
  },
}

/** Phone and microphone of the page in a scene. */
export function mediaOf(query: URLSearchParams): Partial<MediaState> {
  const well = { registration: 'registered', microphone: 'live', echoNumber: '600' } as const
  const scene = query.get('scene')
  if (scene === 'phone') return { ...well, microphone: query.get('mic') === 'silent' ? 'silent' : 'live' }
  return scene === 'phone-lost' ? { ...well, leg: 'up', microphone: 'missing' } : {}
}

/** The host of one scene, as asked for by the address: scene, user, lang, theme, text (percent). */
export function hostOf(query: URLSearchParams, clock: Clock) {
  const scene = query.get('scene') ?? 'start'
  const name = scene === 'change-password' ? 'nuova' : (query.get('user') ?? 'anna')
  const user = scene.startsWith('signed-out')
    ? undefined
    : [...users, administrator].find(({ username }) => username === name)
  const settings: Settings = {
    ...defaultSettings,
    language: query.get('lang') === 'en' ? 'en' : 'it',
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
    textSize: Number(query.get('text') ?? 100),
    singleKeys: query.get('single-keys') !== 'off',
    keys: {},
  }
  const pages = pagesOf(scene, clock)
  let supervision: ReturnType<typeof superviseOn> | null = null
  const fake: DesktopHost = desktopHost({
    clock,
    crm: async (name, input) => {
      if (name === 'supervision.listen') return supervision?.listen(input as never)
      if (name === 'supervision.stop') return supervision?.stop()
      if (name === 'callers.callBack') return fake.desk.put(offerOfCallBack(input, clock.now()))
      return operatorPages(name, scene === 'empty', clock.now()) ?? pages.request(name, input)
    },
    settings,
    ...(user && { user }),
    ...((scene === 'nothing-left' || scene === 'asked') && { records: 0 }),
  })
  scenes[scene]?.(fake)
  if (user?.role === 'supervisor') {
    showBoard(fake, scene, clock)
    supervision = superviseOn(fake, scene, clock)
  }
  return { ...fake, pages }
}
