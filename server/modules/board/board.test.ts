import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Board } from '../../../shared/crm-api/board.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { StreamMessage } from '../../../shared/crm-api/stream.ts'
import { callFloor } from '../../../tests/support/call-floor.ts'
import type { CallFloor } from '../../../tests/support/call-floor.ts'

let floor: CallFloor

beforeAll(async () => {
  floor = await callFloor()
})
afterAll(() => floor.close())

it('shows operators, records, outcomes and calls as they are, and sends a new board when they change', async () => {
  const boards: Board[] = []
  const { user } = await floor.createUser('supervisor')
  const seat = floor.hub.join({
    user: { ...user, displayName: 'Sara', sessionId: user.id },
    send: (message: StreamMessage) => {
      if (message.type === 'board') boards.push(message.board)
    },
    close: () => {},
  })
  const campaign = await floor.campaign({ contacts: 2, wrapUpSeconds: 10 })
  const anna = await floor.operator(campaign)
  expect(boards).toEqual([])
  seat.received({ type: 'watch-board' })
  await floor.settled()
  expect(boards).toHaveLength(1)
  await anna.ready()
  await anna.start()
  await anna.progress('answered')
  await floor.pass(60_000)
  await anna.progress('ended')
  for (let second = 0; second < 60; second += 5) await floor.pass(5_000)
  const board = boards.at(-1)
  expect(board?.operators).toMatchObject([{ id: anna.user.id, state: 'wrap-up' }])
  expect(board?.calls).toMatchObject([{ state: 'wrap-up', contact: 'Contatto 1' }])
  expect(board?.alarms).toMatchObject([{ code: 'long-wrap-up', operator: anna.user.id }])
  await anna.wrapUp('interested', {
    answers: { name: 'Rossi' },
  })
  await floor.pass(2_000)
  const last = boards.at(-1)
  expect(last?.campaigns[0]).toMatchObject({ records: { total: 2, reserved: 1, closed: { positive: 1 } } })
  expect(last?.campaigns[0]?.outcomes.find(({ code }) => code === 'interested')?.count).toBe(1)
  expect(last?.campaigns[0]?.pace.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(last?.operators[0]).toMatchObject({ calls: 1, positive: 1, state: 'reserved' })
  expect(last?.alarms).toEqual([])
  const revs = boards.map(({ rev }) => rev)
  expect(revs).toEqual(revs.toSorted((left, right) => left - right))
  const sent = boards.length
  await floor.pass(30_000)
  expect(boards).toHaveLength(sent)
  seat.received({ type: 'unwatch-board' })
  await anna.takeBreak('lunch')
  await floor.pass(25 * 60_000)
  expect(boards).toHaveLength(sent)
  const now = await floor.asSupervisor<Board>('board.get', {})
  expect(now.alarms.map(({ code }) => code).toSorted()).toEqual(['long-break', 'nobody-ready'])
})

it('shows who waits in a queue, for whom it rings, and how many were not answered today', async () => {
  const campaign = await floor.campaign({ contacts: 1, inbound: { numbers: ['+390815550000'] } })
  const { user } = await floor.operator(campaign)
  const now = floor.clock.now()
  const caller = (name: string, more: Record<string, unknown>) => ({
    id: name,
    channel: name,
    campaign_id: campaign,
    number: '+390815520001',
    name: '',
    called: '+390815550000',
    came_at: now,
    contact_id: null,
    handed_from: null,
    ...more,
  })
  const ringing = 'rings' as AttemptId
  await floor.db
    .insertInto('callers')
    .values([
      caller('waits', { came_at: now - 60_000 }),
      caller('rings', { ring_operator: user.id, ring_attempt: ringing }),
      caller('gone', { gone_at: now, gone_reason: 'hung-up' }),
      caller('long-gone', { gone_at: now - 48 * 3_600_000, gone_reason: 'hung-up' }),
      caller('served', { answered_at: now }),
    ] as never)
    .execute()
  await floor.db
    .updateTable('operators')
    .set({ state: 'ringing', attempt: ringing })
    .where('user_id', '=', user.id)
    .execute()
  const board = await floor.asSupervisor<Board>('board.get', {})
  expect(board.alarms.filter((alarm) => alarm.campaign === campaign)).toEqual([])
  expect(board.campaigns.find(({ id }) => id === campaign)?.queue).toEqual({
    waiting: 2,
    since: now - 60_000,
    abandonedToday: 1,
  })
  expect(board.calls).toMatchObject([{ attempt: ringing, state: 'ringing', contact: '+390815520001' }])
  expect(board.operators.find(({ id }) => id === user.id)).toMatchObject({ campaign: 'A campaign' })
  // Nobody is there any more, and no record is left: what is to be decided is who answers.
  await floor.db
    .updateTable('operators')
    .set({ state: 'missed', attempt: null })
    .where('user_id', '=', user.id)
    .execute()
  await floor.db
    .updateTable('campaign_records')
    .set({ state: 'closed', closed_as: 'removed' })
    .where('campaign_id', '=', campaign)
    .execute()
  const later = await floor.asSupervisor<Board>('board.get', {})
  expect(later.alarms.filter((alarm) => alarm.campaign === campaign)).toMatchObject([
    { code: 'nobody-ready' },
  ])
})
